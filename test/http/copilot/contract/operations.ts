import { must } from "../../../../src-shared/domain/must.ts";
import { roles } from "../../../../src-shared/domain/roles.ts";
import type { Promised } from "../../contract-coverage.ts";
import {
	type DocumentedRoute,
	documented,
	documentedRoutes,
	fieldsOf,
} from "../copilot-document.ts";
import { analyticsOperations } from "./analytics-operations.ts";
import { type Details, done, paged } from "./details.ts";
import { hypothesisDetails } from "./hypothesis-details.ts";
import { monitoringDetails } from "./monitoring-details.ts";

export const listing = documented("GET /incidents");
export const creating = documented("POST /incidents");
export const moving = documented("PATCH /incidents/{id}/state");
export const registering = documented("POST /auth/register");
export const signingIn = documented("POST /auth/login");

export const severities = creating.words;
export const states = moving.words;

const incident = fieldsOf(listing.response);
const project = [
	"id",
	"tenant_id",
	"name",
	"slug",
	"description",
	"timezone",
	"is_active",
	"created_at",
	"updated_at",
	"member_count",
	"current_user_role",
];
const member = ["user_id", "user_email", "user_name", "role", "joined_at"];
const token = ["access_token", "token_type"];
const activity = [
	"id",
	"incident_id",
	"activity_type",
	"description",
	"user_id",
	"user_name",
	"metadata",
	"created_at",
];

/** What the document leaves out, as it was settled: routes that it does not list. */
export const ownRoutes: readonly DocumentedRoute[] = [
	["PATCH /incidents/{id}/severity", "Yes"],
	["GET /incidents/{id}/activities", "Yes"],
	["POST /incidents/{id}/comments", "Yes"],
	["GET /incidents-stats", "Yes"],
	["POST /incidents/{id}/hypotheses/{hid}/feedback", "Yes"],
].map(([name = "", needs]) => ({
	name,
	method: must(name.split(" ")[0], "a method"),
	path: must(name.split(" ")[1], "a path"),
	needs: needs as "Yes",
}));

/** Fields, statuses and more beside those that follow from the tables. */
const details: Details = {
	"POST /auth/register": {
		ok: registering.status,
		fields: fieldsOf(registering.response),
		errors: [409],
		more: cookies("access_token", "refresh_token"),
	},
	"POST /auth/login": {
		ok: signingIn.status,
		fields: fieldsOf(signingIn.response),
		errors: [400, 401],
		more: cookies("access_token", "refresh_token"),
	},
	"POST /auth/logout": { ok: 200, fields: ["message"] },
	"POST /auth/refresh": {
		ok: 200,
		fields: [...token, "message"],
		more: cookies("access_token", "refresh_token"),
	},
	"GET /auth/me": {
		ok: 200,
		fields: [
			"id",
			"email",
			"full_name",
			"role",
			"tenant_id",
			"tenant_name",
			"current_project_id",
			"current_project_role",
			"projects",
			...["id", "name", "slug", "role", "is_active"].map(
				(name) => `projects.${name}`,
			),
		],
	},
	"POST /auth/switch-project": {
		ok: 200,
		fields: [
			...token,
			"project",
			...["id", "name", "slug", "role"].map((name) => `project.${name}`),
		],
		errors: [403, 404, 409],
		more: cookies("access_token"),
	},
	"GET /auth/ws-token": {
		ok: 200,
		fields: ["token", "user_id", "tenant_id", "project_id"],
	},
	"GET /projects": { ok: 200, fields: project, more: paged() },
	"POST /projects": { ok: 201, fields: project, errors: [403, 409] },
	"GET /projects/{id}": { ok: 200, fields: project, errors: [403, 404] },
	"PATCH /projects/{id}": {
		ok: 200,
		fields: project,
		errors: [403, 404, 409],
	},
	"DELETE /projects/{id}": { ok: 200, fields: done, errors: [403, 404, 409] },
	"GET /projects/{id}/members": {
		ok: 200,
		fields: member,
		errors: [403, 404],
		more: paged(),
	},
	"POST /projects/{id}/members": {
		ok: 201,
		fields: member,
		errors: [403, 404, 409],
	},
	"PATCH /projects/{id}/members/{user_id}": {
		ok: 200,
		fields: member,
		errors: [403, 404, 409],
	},
	"DELETE /projects/{id}/members/{user_id}": {
		ok: 200,
		fields: done,
		errors: [403, 404, 409],
	},
	"GET /incidents": {
		ok: listing.status,
		fields: incident,
		more: [
			...paged(),
			...severities.map((word) => `filter severity=${word}`),
			...states.map((word) => `filter state=${word}`),
			"filter severity bad",
			"filter state bad",
		],
	},
	"POST /incidents": {
		ok: creating.status,
		fields: incident,
		errors: [403, 409],
		more: [
			...severities.map((word) => `input severity=${word}`),
			...Object.keys(creating.request ?? {}).map((name) => `bad ${name}`),
		],
	},
	"GET /incidents/{id}": { ok: 200, fields: incident, errors: [403, 404] },
	"PATCH /incidents/{id}/state": {
		ok: moving.status,
		fields: ["id", "state", ...Object.values(stamps())],
		errors: [403, 404, 409],
		more: states.flatMap((from) => states.map((to) => `edge ${from} -> ${to}`)),
	},
	"PATCH /incidents/{id}/severity": {
		ok: 200,
		fields: incident,
		errors: [403, 404, 409],
		more: severities.map((word) => `input severity=${word}`),
	},
	"GET /incidents/{id}/activities": {
		ok: 200,
		fields: activity,
		errors: [403, 404],
		more: paged(),
	},
	"POST /incidents/{id}/comments": {
		ok: 201,
		fields: activity,
		errors: [403, 404, 409],
	},
	"GET /incidents-stats": {
		ok: 200,
		fields: [
			"total",
			"open",
			"by_severity",
			...severities.map((word) => `by_severity.${word}`),
			"by_state",
			...states.map((word) => `by_state.${word}`),
		],
	},
	...hypothesisDetails,
	...analyticsOperations,
	...monitoringDetails,
};

/** Those that take no body though they change something. */
const bodiless = [
	"POST /auth/logout",
	"POST /auth/refresh",
	"POST /projects/{id}/monitoring/integrations/{integration_id}/test",
];

export const allRoutes = [...documentedRoutes, ...ownRoutes];
/** The operations that are answered. */
export const answered = allRoutes.filter(({ name }) =>
	Object.hasOwn(details, name),
);
/** What the document has and nothing answers yet. */
export const awaited = allRoutes
	.filter(({ name }) => !Object.hasOwn(details, name))
	.map(({ name }) => name);

/** The status of success. */
export function okOf(name: string): number {
	return must(details[name], name).ok;
}

/** What the document promises, and what its gaps were settled to. */
export const promised: Promised = Object.fromEntries(
	answered.map(({ name, method, path, needs }) => {
		const { ok, fields, errors = [], more = [] } = must(details[name], name);
		const takesBody = method === "POST" || method === "PATCH";
		const hasBody = takesBody && !bodiless.includes(name);
		const hasInput =
			hasBody ||
			path.includes("{") ||
			more.some((item) => /^page bad|^bad /.test(item));
		const statuses = new Set([
			ok,
			...errors,
			429,
			...(needs === "No" ? [] : [401]),
			...(hasInput ? [422] : []),
			...(hasBody ? [400, 413, 415] : []),
		]);
		return [
			name,
			[
				...[...statuses].map((status) => `status ${status}`),
				"header X-RateLimit-Limit",
				"header X-RateLimit-Remaining",
				"header X-RateLimit-Reset",
				"header Retry-After",
				...[...new Set(fields)].map((field) => `field ${field}`),
				...(needs.startsWith("Yes")
					? ["nobody", ...roles].map((role) => `role ${role}`)
					: []),
				...more,
			],
		];
	}),
);

function cookies(...names: string[]): string[] {
	return names.map((name) => `cookie ${name}`);
}

/** The time in the answer to a change of state: `<state>_at`, but for the document's own example. */
export function stamps(): Readonly<Record<string, string>> {
	const example = Object.keys(Object(moving.response)).find((name) =>
		name.startsWith("investigating"),
	);
	return Object.fromEntries(
		states.map((state) => [
			state,
			state === "investigating"
				? must(example, "the document shows it")
				: `${state}_at`,
		]),
	);
}
