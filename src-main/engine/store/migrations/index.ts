import type { Migration } from "../migrate.ts";
import { foundation } from "./command-0001-foundation.ts";
import { identity } from "./command-0002-identity.ts";
import { incidents } from "./command-0003-incidents.ts";
import { drift } from "./command-0004-drift.ts";
import { jobs } from "./command-0005-jobs.ts";
import { incidentAttributes } from "./command-0006-incident-attributes.ts";
import { feed } from "./command-0007-feed.ts";
import { models } from "./command-0008-models.ts";
import { playbooks } from "./command-0009-playbooks.ts";
import { webhooks } from "./command-0010-webhooks.ts";
import { tenantSettings } from "./command-0011-tenant-settings.ts";
import { projects } from "./command-0012-projects.ts";
import { monitoring } from "./command-0013-monitoring.ts";
import { alerting } from "./command-0014-alerting.ts";
import { insight } from "./command-0015-insight.ts";
import { modelUse } from "./command-0016-model-use.ts";
import { polling } from "./command-0017-polling.ts";
import { alertSource } from "./command-0018-alert-source.ts";
import { actionProjects } from "./command-0019-action-projects.ts";
import { events } from "./predictions-0001-events.ts";
import { importedIds } from "./predictions-0002-imported-ids.ts";

/** The schema of `command.db`, oldest first. Never edit a released one; add another. */
export const commandMigrations: readonly Migration[] = [
	foundation,
	identity,
	incidents,
	drift,
	jobs,
	incidentAttributes,
	feed,
	models,
	playbooks,
	webhooks,
	tenantSettings,
	projects,
	monitoring,
	alerting,
	insight,
	modelUse,
	polling,
	alertSource,
	actionProjects,
];

/** The schema of `predictions.db`, oldest first. */
export const predictionsMigrations: readonly Migration[] = [
	events,
	importedIds,
];
