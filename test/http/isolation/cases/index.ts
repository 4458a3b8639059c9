import type { RouteCases } from "../route-case.ts";
import { copilotCases } from "./copilot.ts";
import { copilotAnalyticsCases } from "./copilot-analytics.ts";
import {
	copilotIncidentCases,
	copilotProjectCases,
} from "./copilot-incidents.ts";
import {
	copilotHypothesisCases,
	copilotMonitoringCases,
} from "./copilot-monitoring.ts";
import { interventionsCases } from "./interventions.ts";
import { modelCases } from "./models.ts";
import { intakeCases } from "./monitoring.ts";
import { pageCases } from "./pages.ts";
import { platformCases } from "./platform.ts";
import { playbookCases } from "./playbooks.ts";
import { sentrymlCases } from "./sentryml.ts";

/** A case or more for every route of every listener. */
export const routeCases: RouteCases = {
	...pageCases,
	...platformCases,
	...interventionsCases,
	...sentrymlCases,
	...copilotCases,
	...copilotIncidentCases,
	...copilotProjectCases,
	...copilotHypothesisCases,
	...copilotAnalyticsCases,
	...copilotMonitoringCases,
	...modelCases,
	...playbookCases,
	...intakeCases,
};
