import type { ZodType } from "zod";
import { must } from "../../../../src-shared/domain/must.ts";
import type { Principal } from "../../../engine/identity/index.ts";
import type { IncidentEntry } from "../../../engine/incidents/index.ts";
import { grantedMember } from "../../door.ts";
import { instantText } from "../../instant-text.ts";
import type { SchemaApp } from "../../openapi/index.ts";
import type { ServedEngine } from "../../served-engine.ts";
import { inItsWords } from "../field-names.ts";
import { severities, statuses } from "../words.ts";
import {
	acknowledgedAt,
	acknowledgedBy,
	incidentJson,
	itemJson,
} from "./incident-json.ts";
import {
	acknowledged,
	acknowledgement,
	assigned,
	assignment,
	closed,
	incident,
	incidentPage,
	incidentParams,
	incidentPatch,
	listQuery,
	mitigated,
	newIncident,
	notes,
	resolved,
} from "./incident-schemas.ts";
import { stateAfter, type Verb } from "./verbs.ts";

type Engine = Pick<ServedEngine, "identity" | "incidents">;

const changeErrors = [400, 403, 404, 409, 507] as const;

/** API E, "Incidents API", and what its summary counts and does not show: creating and changing. */
export function incidentRoutes(app: SchemaApp, engine: Engine): void {
	const { incidents } = engine;
	const find = ({ sight }: Principal, number: number) =>
		incidents.entryByNumber(sight, number);

	app.get(
		"/incidents",
		{
			schema: {
				summary: "Incidents, newest first",
				querystring: listQuery,
				response: { 200: incidentPage },
			},
		},
		async (request) => {
			const { status, severity, kind, limit, offset } = request.query;
			const { items, total } = incidents.listFiltered(
				grantedMember(request).sight,
				{
					...(status === "all" ? {} : { states: statuses.valuesOf(status) }),
					...(severity === "all"
						? {}
						: { severities: severities.valuesOf(severity) }),
					...(kind === "all" ? {} : { kinds: [kind] }),
				},
				{ limit, offset },
			);
			return { incidents: items.map(itemJson), total, limit, offset };
		},
	);

	app.post(
		"/incidents",
		{
			schema: {
				summary: "Open an incident",
				body: newIncident,
				response: { 201: incident },
				errors: [403, 507],
				answerHeaders: { 201: { Location: "The new incident." } },
			},
		},
		async (request, reply) => {
			const { body } = request;
			const made = inItsWords(() =>
				incidents.open(grantedMember(request, "engineer"), {
					title: body.summary,
					description: "",
					severity: severities.valueOf(body.severity),
					severityWord: body.severity,
					modelId: null,
					source: "api",
					kind: body.kind,
					externalKey: body.key,
					...(body.details === undefined ? {} : { details: body.details }),
					...(body.metadata === undefined ? {} : { metadata: body.metadata }),
					playbooks: body.playbooks ?? [],
					issueUrl: body.issue_url ?? null,
				}),
			);
			reply.code(201).header("location", `/api/incidents/${made.number}`);
			return incidentJson(made);
		},
	);

	app.get(
		"/incidents/:id",
		{
			schema: {
				summary: "One incident",
				params: incidentParams,
				response: { 200: incident },
				errors: [404],
			},
		},
		async (request) =>
			incidentJson(find(grantedMember(request), request.params.id)),
	);

	app.patch(
		"/incidents/:id",
		{
			schema: {
				summary: "Change an incident",
				params: incidentParams,
				body: incidentPatch,
				response: { 200: incident },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { summary, assigned_to, playbooks, metadata } = request.body;
			const { id } = find(by, request.params.id);
			const edited = inItsWords(() =>
				incidents.edit(by, id, {
					...(summary === undefined ? {} : { title: summary }),
					...(assigned_to === undefined ? {} : { assignedTo: assigned_to }),
					...(playbooks === undefined ? {} : { playbooks }),
					...(metadata === undefined ? {} : { metadata }),
				}),
			);
			return incidentJson(edited);
		},
	);

	const move = (
		by: Principal<"engineer">,
		number: number,
		verb: Verb,
		given: { notes?: string | undefined; claim?: string },
	): IncidentEntry => {
		const entry = find(by, number);
		const to = stateAfter(verb, entry);
		return inItsWords(() =>
			incidents.edit(
				by,
				entry.id,
				{ move: to },
				{ note: given.notes, acknowledgedByClaim: given.claim },
			),
		);
	};

	app.post(
		"/incidents/:id/acknowledge",
		{
			schema: {
				summary: "Acknowledge an incident",
				description:
					"From open. `acknowledged_by` is kept as it is written; the caller's address or name stands in for an absent one. Who really did it is in the timeline.",
				params: incidentParams,
				body: acknowledgement,
				response: { 200: acknowledged },
				errors: changeErrors,
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { acknowledged_by, notes } = request.body;
			const entry = move(by, request.params.id, "acknowledge", {
				notes,
				claim: acknowledged_by ?? nameOf(engine, by),
			});
			return {
				...movedJson(entry),
				acknowledged_by: must(acknowledgedBy(entry), "just acknowledged"),
				acknowledged_at: atText(acknowledgedAt(entry)),
			};
		},
	);

	/** The moves that take notes alone. */
	const moveRoute = (
		verb: Exclude<Verb, "acknowledge">,
		answer: {
			summary: string;
			description: string;
			schema: ZodType;
			stamp: (entry: IncidentEntry) => Record<string, string>;
		},
	) => {
		app.post(
			`/incidents/:id/${verb}`,
			{
				schema: {
					summary: answer.summary,
					description: answer.description,
					params: incidentParams,
					body: notes,
					response: { 200: answer.schema },
					errors: changeErrors,
				},
			},
			async (request) => {
				const entry = move(
					grantedMember(request, "engineer"),
					request.params.id,
					verb,
					request.body,
				);
				return { ...movedJson(entry), ...answer.stamp(entry) };
			},
		);
	};
	moveRoute("mitigate", {
		summary: "Mark an incident as mitigated",
		description: "From open or acknowledged.",
		schema: mitigated,
		stamp: ({ mitigatedAt }) => ({ mitigated_at: atText(mitigatedAt) }),
	});
	moveRoute("resolve", {
		summary: "Resolve an incident",
		description: "From acknowledged or mitigated.",
		schema: resolved,
		stamp: ({ resolvedAt }) => ({ resolved_at: atText(resolvedAt) }),
	});
	moveRoute("close", {
		summary: "Close an incident",
		description: "From mitigated or resolved.",
		schema: closed,
		stamp: ({ closedAt }) => ({ closed_at: atText(closedAt) }),
	});

	app.post(
		"/incidents/:id/assign",
		{
			schema: {
				summary: "Assign an incident",
				description:
					"To a person, by address, id or name, or to any other words, such as a rota's; null takes it from whoever has it.",
				params: incidentParams,
				body: assignment,
				response: { 200: assigned },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { id } = find(by, request.params.id);
			const entry = inItsWords(() =>
				incidents.edit(by, id, { assignedTo: request.body.assigned_to }),
			);
			return { ...movedJson(entry), assigned_to: entry.assignedTo };
		},
	);
}

function movedJson(entry: IncidentEntry) {
	return {
		id: entry.number,
		status: statuses.of(entry.state),
		updated_at: instantText(entry.updatedAt),
	};
}

function atText(at: number | null): string {
	return instantText(must(at, "a state that was entered has its time"));
}

/** What stands for the caller where a claim is left out: a person's address, a program's name. */
function nameOf({ identity }: Engine, by: Principal): string {
	const { id, name } = by.actor;
	return (id === null ? null : identity.person(by, id)?.email) ?? name;
}
