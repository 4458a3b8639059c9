import { must } from "../../../../src-shared/domain/must.ts";
import type { ContractCase, ContractCases } from "../contract-case.ts";
import {
	makeAlert,
	makeMute,
	makeRule,
	makeWindow,
} from "../seed-monitoring.ts";
import { ownProject } from "../seed-projects.ts";
import { inProject, type Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

type Maker = NonNullable<ContractCase["subject"]>;

const alert = (tenant: Tenant, world: World) => makeAlert(world, tenant);
const rule = (tenant: Tenant, world: World) => makeRule(world, tenant);
const mute = (tenant: Tenant, world: World) => makeMute(world, tenant);
const window = (tenant: Tenant, world: World) => makeWindow(world, tenant);

/** An alert, and the incident that it opened. */
const placed = async (tenant: Tenant, world: World) => {
	const made = await makeAlert(world, tenant);
	const { incidentId } = world.engine.monitoring.alerts.get(
		inProject(tenant, "viewer"),
		made.alertId,
	);
	return { ...made, incidentId: must(incidentId, "it opened one") };
};

/** In the other's project, and the other's thing in one's own project. */
function ofThing(subject: Maker, more: object = {}): readonly ContractCase[] {
	return [
		{
			subject,
			input: ({ projectId, thingId }) => ({ projectId, id: thingId, ...more }),
		},
		{
			name: "of one's own project",
			subject,
			own: ownProject,
			input: ({ thingId }, { projectId }) => ({
				projectId,
				id: thingId,
				...more,
			}),
		},
	];
}

function ofProject(
	more: object = {},
	subject: Maker = ownProject,
): readonly ContractCase[] {
	return [{ subject, input: ({ projectId }) => ({ projectId, ...more }) }];
}

const matchers = [{ on: "label", name: "team", operator: "=", value: "a" }];
const once = { kind: "once", startsAt: 0, endsAt: 4_000_000_000_000 };

/** What somebody may is told by their role in the project. */
export const alertRuleCalls: ContractCases = {
	"alertRules.list": ofProject({}, rule),
	"alertRules.create": ofProject({ name: "Mine" }),
	"alertRules.update": ofThing(rule, { description: "taken over" }),
	"alertRules.remove": ofThing(rule),
	"alertRules.reorder": [
		{
			subject: rule,
			input: ({ projectId }) => ({ projectId, ids: ["unknown"] }),
			outcome: "CONFLICT",
		},
	],
	"alertRules.preview": ofProject({ rule: { name: "Would be" } }, alert),
	"alertRules.matching": ofProject({ matchers: [] }, alert),
	"alertRules.mutes": ofProject({}, mute),
	"alertRules.addMute": ofProject({
		matchers,
		reason: "Work",
		endsAt: null,
	}),
	"alertRules.endMute": ofThing(mute),
	"alertRules.windows": ofProject({}, window),
	"alertRules.addWindow": ofProject({
		name: "Work",
		matchers,
		schedule: once,
	}),
	"alertRules.updateWindow": ofThing(window, {
		isEnabled: false,
	}),
	"alertRules.removeWindow": ofThing(window),
	"alertRules.forIncident": [
		{
			subject: placed,
			input: ({ projectId, incidentId }) => ({ projectId, incidentId }),
		},
		{
			name: "in one's own project",
			subject: placed,
			own: ownProject,
			input: ({ incidentId }, { projectId }) => ({ projectId, incidentId }),
		},
	],
	"alertRules.place": [
		{
			subject: placed,
			input: ({ projectId, alertId }) => ({
				projectId,
				ids: [alertId],
				to: { kind: "detach" },
			}),
		},
		{
			name: "another's in one's own project",
			subject: placed,
			own: ownProject,
			input: ({ alertId }, { projectId }) => ({
				projectId,
				ids: [alertId],
				to: { kind: "new" },
			}),
		},
		{
			// The incident is looked for before any alert.
			name: "to another's incident",
			subject: placed,
			own: ownProject,
			input: ({ incidentId }, { projectId }) => ({
				projectId,
				ids: ["unknown"],
				to: { kind: "incident", incidentId },
			}),
		},
	],
	"alertRules.undoPlace": [
		{
			input: () => ({ undoToken: "never-given" }),
			outcome: "GONE",
		},
		{
			name: "by whoever did it",
			acting: "owner",
			subject: async (tenant, world) => {
				const { alertId } = await placed(tenant, world);
				const { undoToken } = world.engine.correlation.placements.place(
					inProject(tenant, "owner"),
					[alertId],
					{ kind: "detach" },
				);
				return { undoToken: undoToken ?? "none" };
			},
			input: ({ undoToken }) => ({ undoToken }),
		},
	],
};
