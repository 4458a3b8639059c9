import { must } from "../../../../src-shared/domain/must.ts";
import type { ContractCase, ContractCases } from "../contract-case.ts";
import {
	makeAlert,
	makeMute,
	makeRule,
	makeWindow,
} from "../seed-monitoring.ts";
import { firstProject } from "../seed-projects.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

type Needs = ContractCase["needs"];
type Maker = NonNullable<ContractCase["subject"]>;

const project = (tenant: Tenant, world: World) => firstProject(world, tenant);
const alert = (tenant: Tenant, world: World) => makeAlert(world, tenant);
const rule = (tenant: Tenant, world: World) => makeRule(world, tenant);
const mute = (tenant: Tenant, world: World) => makeMute(world, tenant);
const window = (tenant: Tenant, world: World) => makeWindow(world, tenant);

/** An alert, and the incident that it opened. */
const placed = async (tenant: Tenant, world: World) => {
	const made = await makeAlert(world, tenant);
	const { incidentId } = world.engine.monitoring.alerts.get(
		tenant.key,
		made.projectId,
		made.alertId,
	);
	return { ...made, incidentId: must(incidentId, "it opened one") };
};

/** In the other's project, and the other's thing in one's own project. */
function ofThing(
	needs: Needs,
	subject: Maker,
	more: object = {},
): readonly ContractCase[] {
	return [
		{
			needs,
			subject,
			input: ({ projectId, thingId }) => ({ projectId, id: thingId, ...more }),
		},
		{
			name: "of one's own project",
			needs,
			subject,
			own: project,
			input: ({ thingId }, { projectId }) => ({
				projectId,
				id: thingId,
				...more,
			}),
		},
	];
}

function ofProject(
	needs: Needs,
	more: object = {},
	subject: Maker = project,
): readonly ContractCase[] {
	return [
		{ needs, subject, input: ({ projectId }) => ({ projectId, ...more }) },
	];
}

const matchers = [{ on: "label", name: "team", operator: "=", value: "a" }];
const once = { kind: "once", startsAt: 0, endsAt: 4_000_000_000_000 };

/** What somebody may is told by their role in the project. */
export const alertRuleCalls: ContractCases = {
	"alertRules.list": ofProject("viewer", {}, rule),
	"alertRules.create": ofProject("admin", { name: "Mine" }),
	"alertRules.update": ofThing("admin", rule, { description: "taken over" }),
	"alertRules.remove": ofThing("admin", rule),
	"alertRules.reorder": [
		{
			needs: "admin",
			subject: rule,
			input: ({ projectId }) => ({ projectId, ids: ["unknown"] }),
			outcome: "CONFLICT",
		},
	],
	"alertRules.preview": ofProject(
		"viewer",
		{ rule: { name: "Would be" } },
		alert,
	),
	"alertRules.matching": ofProject("viewer", { matchers: [] }, alert),
	"alertRules.mutes": ofProject("viewer", {}, mute),
	"alertRules.addMute": ofProject("engineer", {
		matchers,
		reason: "Work",
		endsAt: null,
	}),
	"alertRules.endMute": ofThing("engineer", mute),
	"alertRules.windows": ofProject("viewer", {}, window),
	"alertRules.addWindow": ofProject("engineer", {
		name: "Work",
		matchers,
		schedule: once,
	}),
	"alertRules.updateWindow": ofThing("engineer", window, {
		isEnabled: false,
	}),
	"alertRules.removeWindow": ofThing("engineer", window),
	"alertRules.forIncident": [
		{
			needs: "viewer",
			subject: placed,
			input: ({ projectId, incidentId }) => ({ projectId, incidentId }),
		},
		{
			name: "in one's own project",
			needs: "viewer",
			subject: placed,
			own: project,
			input: ({ incidentId }, { projectId }) => ({ projectId, incidentId }),
		},
	],
	"alertRules.place": [
		{
			needs: "engineer",
			subject: placed,
			input: ({ projectId, alertId }) => ({
				projectId,
				ids: [alertId],
				to: { kind: "detach" },
			}),
		},
		{
			name: "another's in one's own project",
			needs: "engineer",
			subject: placed,
			own: project,
			input: ({ alertId }, { projectId }) => ({
				projectId,
				ids: [alertId],
				to: { kind: "new" },
			}),
		},
		{
			// The incident is looked for before any alert.
			name: "to another's incident",
			needs: "engineer",
			subject: placed,
			own: project,
			input: ({ incidentId }, { projectId }) => ({
				projectId,
				ids: ["unknown"],
				to: { kind: "incident", incidentId },
			}),
		},
	],
	"alertRules.undoPlace": [
		{
			needs: "viewer",
			input: () => ({ undoToken: "never-given" }),
			outcome: "GONE",
		},
	],
};
