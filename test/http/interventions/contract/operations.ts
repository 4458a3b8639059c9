import { expect } from "vitest";
import { incidentStates } from "../../../../src-shared/domain/lifecycle.ts";
import { type Promised, recordCoverage } from "../../contract-coverage.ts";
import { checkedFetch } from "../../openapi/checked-fetch.ts";
import {
	type DocumentedOperation,
	documented,
	errorCodes,
	limitHeaders,
	streamEvents,
} from "../interventions-document.ts";
import type { Answer, OpenInterventions } from "../open-interventions.ts";
import { fieldsOf, shapeFaults } from "../shape.ts";

/** Every operation of API E: those of the document, and the two that it counts and does not show. */
export const operations = {
	list: "GET /incidents",
	one: "GET /incidents/{id}",
	create: "POST /incidents",
	patch: "PATCH /incidents/{id}",
	acknowledge: "POST /incidents/{id}/acknowledge",
	mitigate: "POST /incidents/{id}/mitigate",
	resolve: "POST /incidents/{id}/resolve",
	close: "POST /incidents/{id}/close",
	assign: "POST /incidents/{id}/assign",
	actions: "GET /playbooks/incidents/{id}/actions",
	dryRun: "POST /playbooks/incidents/{id}/actions/dry-run",
	execute: "POST /playbooks/incidents/{id}/actions/execute",
	rollback: "POST /playbooks/incidents/{id}/actions/{action_id}/rollback",
	history: "GET /playbooks/incidents/{id}/actions/history",
	stream: "GET /sse/events",
} as const;
export type Operation = keyof typeof operations;

export const verbs = ["acknowledge", "mitigate", "resolve", "close"] as const;
export type VerbOperation = (typeof verbs)[number];

const unwritten: readonly Operation[] = ["create", "patch"];
const listing = documented(operations.list);
export const filters = {
	status: listing.parameters.status ?? [],
	severity: listing.parameters.severity ?? [],
	kind: listing.parameters.kind ?? [],
};

/** What the document shows of an operation's answer; for what it leaves out, what was settled. */
export const answers: Readonly<Record<Operation, unknown>> = {
	...Object.fromEntries(
		Object.entries(operations).map(([name, heading]) => [
			name,
			unwritten.includes(name as Operation) ? null : documented(heading).answer,
		]),
	),
	create: documented(operations.one).answer,
	patch: documented(operations.one).answer,
	mitigate: moved("mitigated_at"),
	resolve: moved("resolved_at"),
	close: moved("closed_at"),
	assign: {
		id: 1,
		status: "open",
		assigned_to: "a",
		updated_at: "2025-10-17T10:00:00Z",
	},
	stream: null,
} as Record<Operation, unknown>;

/** What a request takes in. */
export const inputs: Readonly<Partial<Record<Operation, readonly string[]>>> = {
	create: [
		"kind",
		"key",
		"severity",
		"summary",
		"details",
		"playbooks",
		"issue_url",
		"metadata",
	],
	patch: ["summary", "assigned_to", "playbooks", "metadata"],
	...Object.fromEntries(
		(Object.entries(operations) as [Operation, string][]).flatMap(
			([name, heading]) => {
				if (unwritten.includes(name)) return [];
				const { request } = documented(heading);
				return request === null ? [] : [[name, Object.keys(request)]];
			},
		),
	),
};

/** What the document promises, and what the contradictions in it were settled to. */
export const promised: Promised = Object.fromEntries(
	(Object.entries(operations) as [Operation, string][]).map(
		([name, heading]) => [heading, promisesOf(name)],
	),
);

function promisesOf(name: Operation): string[] {
	const isWrite = !operations[name].startsWith("GET");
	const isNumbered = operations[name].includes("{id}");
	const shown = unwritten.includes(name)
		? []
		: documented(operations[name]).statuses;
	const statuses = new Set([
		...shown,
		name === "create" ? 201 : 200,
		401,
		429,
		...(isWrite ? [400, 403, 413, 415, 422] : []),
		...(isNumbered ? [404, 422] : []),
		...(name === "list" ? [422] : []),
		...(name === "execute" ? [202, 409, 504] : []),
		...(name === "rollback" ? [202, 409, 504] : []),
	]);
	// These take nothing that could be of a wrong form but for the body itself.
	return [
		...[...statuses].map((status) => `status ${status}`),
		...[...statuses]
			.filter((status) => errorCodes[status] !== undefined)
			.map((status) => `code ${errorCodes[status]}`),
		...limitHeaders.map((header) => `header ${header}`),
		"header Retry-After 429",
		...(name === "create" ? ["header Location 201"] : []),
		...(name === "execute" || name === "rollback"
			? ["header Location 202"]
			: []),
		...fieldsOf(answers[name]).map((field) => `field ${field}`),
		...(inputs[name] ?? []).flatMap((field) => [
			`input ${field}`,
			`bad ${field}`,
		]),
		...(name === "list" ? listPromises() : []),
		...(verbs.some((verb) => verb === name)
			? incidentStates.map((state) => `edge ${state}`)
			: []),
		...(name === "stream"
			? Object.entries(streamEvents).flatMap(([event, data]) =>
					Object.keys(data).map((field) => `event ${event}.${field}`),
				)
			: []),
	];
}

function listPromises(): string[] {
	return [
		...Object.entries(filters).flatMap(([name, words]) =>
			[...words, "all"].map((word) => `filter ${name}=${word}`),
		),
		...Object.keys(listing.parameters).flatMap((name) => [
			`filter ${name} good`,
			`filter ${name} bad`,
		]),
	];
}

/** What a call sends. */
export interface Sent {
	readonly id?: number | string;
	readonly actionId?: number | string;
	readonly query?: string;
	readonly json?: unknown;
	/** Sent as it is. */
	readonly text?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls an operation, holds the answer against `/openapi.json` and the document's own
 * examples, and records what was seen.
 */
export async function perform(
	{ listeners }: Pick<OpenInterventions, "listeners">,
	operation: Operation,
	sent: Sent = {},
): Promise<Answer> {
	const { id = "", actionId = "", query = "", json, text, headers } = sent;
	const [method = "", pattern = ""] = operations[operation].split(" ");
	const path = pattern
		.replace("{id}", String(id))
		.replace("{action_id}", String(actionId));
	const body = json === undefined ? text : JSON.stringify(json);
	const response = await checkedFetch(listeners, `/api${path}${query}`, {
		method,
		headers: {
			...(body === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		...(body === undefined ? {} : { body }),
	});
	const answer = {
		status: response.status,
		body: JSON.parse(await response.text()) as unknown,
		headers: response.headers,
	};
	record(operation, answer);
	return answer;
}

export function record(operation: Operation, answer: Answer): void {
	see(operation, `status ${answer.status}`);
	for (const name of limitHeaders) {
		expect(answer.headers.get(name)).toMatch(/^\d+$/);
		see(operation, `header ${name}`);
	}
	for (const name of ["Location", "Retry-After"]) {
		if (answer.headers.has(name)) {
			see(operation, `header ${name} ${answer.status}`);
		}
	}
	if (answer.status >= 400) {
		seeRefusal(operation, answer);
		return;
	}
	expect(shapeFaults(answers[operation], answer.body)).toEqual([]);
	for (const field of fieldsOf(answer.body)) {
		see(operation, `field ${field}`);
	}
}

export function see(operation: Operation, item: string): void {
	recordCoverage("E", operations[operation], item);
}

function seeRefusal(operation: Operation, answer: Answer): void {
	const documentedCode = errorCodes[answer.status];
	expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
	expect(answer.body).toEqual({
		error: {
			code: documentedCode ?? expect.stringMatching(/^[a-z_]+$/),
			message: expect.stringMatching(/\w/),
			details: expect.any(Object),
		},
	});
	if (documentedCode !== undefined) see(operation, `code ${documentedCode}`);
}

function moved(stamp: string): DocumentedOperation["answer"] {
	const time = "2025-10-17T10:00:00Z";
	return { id: 1, status: "open", [stamp]: time, updated_at: time };
}
