// API B, made from its document: every operation that is answered, with its fields, statuses,
// cookies, headers, filters and edges of the lifecycle; the whole matrix of roles; what is of
// another project or tenant; and what cannot be read. Every answer is also held against
// `/openapi.json`.
import { expect, test } from "vitest";
import { coverageFaults, coverageTable } from "../contract-coverage.ts";
import { accessContract } from "./contract/access-contract.ts";
import { analyticsContract } from "./contract/analytics-contract.ts";
import { authContract } from "./contract/auth-contract.ts";
import { bodyContract } from "./contract/body-contract.ts";
import { hypothesisContract } from "./contract/hypothesis-contract.ts";
import { incidentContract } from "./contract/incident-contract.ts";
import { integrationContract } from "./contract/integration-contract.ts";
import { monitoringContract } from "./contract/monitoring-contract.ts";
import { awaited, promised } from "./contract/operations.ts";
import { projectContract } from "./contract/project-contract.ts";
import { sharedCopilot } from "./open-copilot.ts";

const copilot = sharedCopilot();

authContract(copilot);
projectContract(copilot);
incidentContract(copilot);
hypothesisContract(copilot);
analyticsContract(copilot);
integrationContract(copilot);
monitoringContract(copilot);
bodyContract(copilot);
accessContract(copilot);

test("all that is promised was exercised, and nothing failed inside", () => {
	console.info(`\n${coverageTable("B", promised)}\n`);
	if (awaited.length > 0) {
		console.info(`not answered yet: ${awaited.join(", ")}\n`);
	}
	expect(coverageFaults("B", promised)).toEqual({ missing: [], unknown: [] });
	expect(copilot().faults).toEqual([]);
});
