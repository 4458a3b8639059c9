import type { Playbook } from "../../../../src-shared/contract/index.ts";
import type { PlaybookCatalogue } from "../../../engine/playbooks/index.ts";
import { grantedMember } from "../../door.ts";
import { instantText } from "../../instant-text.ts";
import type { SchemaApp } from "../../openapi/index.ts";
import type { ServedEngine } from "../../served-engine.ts";
import type { ActionFinder } from "./action-finder.ts";
import { actionJson, dryRunJson, historyJson } from "./action-json.ts";
import { costWords, durationWords } from "./estimate-words.ts";
import {
	action,
	actionParams,
	availableActions,
	dryRun,
	dryRunBody,
	history,
	historyQuery,
	incidentParams,
	output,
	outputQuery,
} from "./playbook-schemas.ts";
import { needsApprovalByDefault } from "./same-params.ts";

const pageSize = 200;

/** API E, "Playbooks API", but for what runs something: the list, dry runs, the history; and one action, its output, its approval. */
export function playbookRoutes(
	app: SchemaApp,
	engine: Pick<ServedEngine, "playbooks" | "catalogue">,
	find: ActionFinder,
): void {
	const { playbooks, catalogue } = engine;

	app.get(
		"/playbooks/incidents/:id/actions",
		{
			schema: {
				summary: "What can be run for an incident",
				description: "What the incident suggests comes first.",
				params: incidentParams,
				response: { 200: availableActions },
				errors: [404],
			},
		},
		async (request) => {
			const by = grantedMember(request);
			const { id } = request.params;
			const { suggested, others } = playbooks.forIncident(
				by,
				find.incidentId(by, id),
			);
			return {
				incident_id: id,
				available_actions: [...suggested, ...others]
					.filter(({ kind }) => kind === "action")
					.map((playbook) => availableJson(playbook, catalogue)),
			};
		},
	);

	app.post(
		"/playbooks/incidents/:id/actions/dry-run",
		{
			schema: {
				summary: "See what an action would do",
				description: "Resolves everything and runs nothing.",
				params: incidentParams,
				body: dryRunBody,
				response: { 200: dryRun },
				errors: [400, 403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { action_type, params } = request.body;
			const incidentId = find.incidentId(by, request.params.id);
			const { id } = find.playbook(by, action_type);
			return dryRunJson(find.dryRun(by, incidentId, id, params));
		},
	);

	app.get(
		"/playbooks/incidents/:id/actions/history",
		{
			schema: {
				summary: "What was dry-run, executed and rolled back, oldest first",
				params: incidentParams,
				querystring: historyQuery,
				response: { 200: history },
				errors: [404],
				answerHeaders: {
					200: { "X-Total-Count": "How many actions the incident has." },
				},
			},
		},
		async (request, reply) => {
			const by = grantedMember(request);
			const { id } = request.params;
			const { limit } = request.query;
			const incidentId = find.incidentId(by, id);
			const place = find.place(request);
			const newest: ReturnType<typeof historyJson>[] = [];
			let before: number | null = request.query.before ?? null;
			for (;;) {
				const page = playbooks.actions(by, {
					incidentId,
					before,
					limit: Math.min(pageSize, limit - newest.length),
				});
				for (const item of page.items) newest.push(historyJson(item, place));
				reply.header("x-total-count", page.total);
				before = page.items.at(-1)?.number ?? null;
				if (page.items.length < pageSize || newest.length >= limit) break;
			}
			return { incident_id: id, actions: newest.reverse() };
		},
	);

	app.get(
		"/playbooks/incidents/:id/actions/:action_id",
		{
			schema: {
				summary: "One action",
				params: actionParams,
				response: { 200: action },
				errors: [404],
			},
		},
		async (request) =>
			actionJson(
				find.action(grantedMember(request), request.params),
				find.place(request),
			),
	);

	app.get(
		"/playbooks/incidents/:id/actions/:action_id/output",
		{
			schema: {
				summary: "What an action printed",
				params: actionParams,
				querystring: outputQuery,
				response: { 200: output },
				errors: [404],
			},
		},
		async (request) => {
			const by = grantedMember(request);
			const { id, number } = find.action(by, request.params);
			const { after, limit } = request.query;
			const { chunks, isCapped } = playbooks.output(by, id, after, limit);
			return {
				action_id: number,
				output: chunks.map(({ sequence, stepId, stream, text, at }) => ({
					sequence,
					step: stepId,
					stream,
					text,
					at: instantText(at),
				})),
				is_capped: isCapped,
			};
		},
	);

	app.post(
		"/playbooks/incidents/:id/actions/:action_id/approve",
		{
			schema: {
				summary: "Approve a dry run, or the rollback of an execution",
				description:
					"With the approver's own token. Of exactly what was dry-run, once, for an hour.",
				params: actionParams,
				response: { 200: action },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedMember(request, "admin");
			const { id } = find.action(by, request.params);
			return actionJson(playbooks.approve(by, id), find.place(request));
		},
	);

	app.post(
		"/playbooks/incidents/:id/actions/:action_id/cancel",
		{
			schema: {
				summary: "Stop a running action",
				description: "Answers when it has stopped, within about five seconds.",
				params: actionParams,
				response: { 200: action },
				errors: [403, 404, 409],
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { id } = find.action(by, request.params);
			return actionJson(await playbooks.cancel(by, id), find.place(request));
		},
	);
}

function availableJson(playbook: Playbook, catalogue: PlaybookCatalogue) {
	const { durationSeconds, costUsd } = playbook.estimate;
	return {
		action_type: playbook.id,
		display_name: playbook.name,
		description: playbook.description,
		params: { ...catalogue.find(playbook.id)?.parameterWords() },
		requires_approval: needsApprovalByDefault(playbook, catalogue),
		estimated_duration: durationWords(durationSeconds),
		estimated_cost: costWords(costUsd),
	};
}
