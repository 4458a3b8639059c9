import { expect } from "vitest";
import { incidentStates } from "../../../../src-shared/domain/lifecycle.ts";
import { type Promised, recordCoverage } from "../../contract-coverage.ts";
import type { Answer, Caller, Sent } from "../open-platform.ts";
import { documented, wordsOf } from "../platform-document.ts";

/** The operations on incidents, as the document heads them. */
export const operations = {
	list: "GET /incidents",
	create: "POST /incidents",
	one: "GET /incidents/{incident_id}",
	patch: "PATCH /incidents/{incident_id}",
	append: "POST /incidents/{incident_id}/timeline",
} as const;
export type Operation = keyof typeof operations;

export const listing = documented(operations.list);
export const creating = documented(operations.create);
export const appending = documented(operations.append);

export const statuses = listing.parameters.status ?? [];
export const severities = listing.parameters.severity ?? [];
/** The document's example of an item, and of a new incident. */
export const [page] = listing.examples as [
	{ items: [Record<string, unknown>] } & Record<string, unknown>,
];
export const item = page.items[0];
export const [creation] = creating.examples as [Record<string, unknown>];
export const [addition] = appending.examples as [Record<string, unknown>];
export const triggerSources = wordsOf(creation.trigger_source);
export const eventTypes = wordsOf(addition.event_type);
/** What the document calls mutable. */
export const mutable =
	/mutable fields: ([\w, ]+)\./
		.exec(documented(operations.patch).text)?.[1]
		?.split(", ") ?? [];

const limitHeaders = [
	"header X-RateLimit-Limit",
	"header X-RateLimit-Remaining",
	"header X-RateLimit-Reset",
	"header Retry-After 429",
];
const whole = [...Object.keys(item), "number", ...unlisted()];
const event = [
	"id",
	"event_type",
	"body",
	"author",
	"recorded_by",
	"created_at",
	"recorded_at",
];

/** What the document promises, and what the contradictions in it were settled to. */
export const promised: Promised = {
	[operations.list]: [
		...coded(200, 401, 422, 429),
		...limitHeaders,
		...fields("", Object.keys(page)),
		...fields("items.", Object.keys(item)),
		...Object.keys(listing.parameters).flatMap((name) => [
			`filter ${name} good`,
			`filter ${name} bad`,
		]),
		...statuses.map((word) => `filter status=${word}`),
		...severities.map((word) => `filter severity=${word}`),
	],
	[operations.create]: [
		...coded(...creating.statuses, 400, 401, 403, 413, 415, 429),
		...limitHeaders,
		"header Location 201",
		"header Location 409",
		...fields("", whole),
		...Object.keys(creation).map((name) => `input ${name}`),
		...Object.keys(creation).map((name) => `bad ${name}`),
		...severities.map((word) => `input severity=${word}`),
		...triggerSources.map((word) => `input trigger_source=${word}`),
	],
	[operations.one]: [
		...coded(200, 401, 404, 422, 429),
		...limitHeaders,
		...fields("", [...whole, "timeline", "runbook_url"]),
		...fields("timeline.", event),
	],
	[operations.patch]: [
		...coded(200, 400, 401, 403, 404, 409, 413, 415, 422, 429),
		...limitHeaders,
		...fields("", whole),
		...mutable.map((name) => `input ${name}`),
		...mutable.map((name) => `bad ${name}`),
		...incidentStates.flatMap((from) =>
			statuses.map((to) => `edge ${from} -> ${to}`),
		),
	],
	[operations.append]: [
		...coded(201, 400, 401, 403, 404, 413, 415, 422, 429),
		...limitHeaders,
		...fields("", event),
		...Object.keys(addition).map((name) => `input ${name}`),
		...Object.keys(addition).map((name) => `bad ${name}`),
		...eventTypes.map((word) => `input event_type=${word}`),
	],
};

/** Calls an operation as `caller`, holds a refusal against the error format, and records what was seen. */
export async function perform(
	caller: Caller,
	operation: Operation,
	sent: Sent & { readonly id?: string; readonly query?: string } = {},
): Promise<Answer> {
	const { id = "", query = "", ...rest } = sent;
	const [method = "", pattern = ""] = operations[operation].split(" ");
	const path = pattern.replace("{incident_id}", id);
	const answer = await caller(method, `${path}${query}`, rest);
	see(operation, `status ${answer.status}`);
	for (const name of ["Limit", "Remaining", "Reset"]) {
		expect(answer.headers.get(`x-ratelimit-${name}`)).toMatch(/^\d+$/);
		see(operation, `header X-RateLimit-${name}`);
	}
	for (const name of ["Location", "Retry-After"]) {
		if (answer.headers.has(name)) {
			see(operation, `header ${name} ${answer.status}`);
		}
	}
	if (answer.status < 400) seeFields(operation, "", answer.body);
	else expectProblem(answer, `/api/v1${path}`);
	return answer;
}

export function see(operation: Operation, item: string): void {
	recordCoverage("A", operations[operation], item);
}

/** A body as the object it is described as. */
export function objectOf(answer: Answer): Record<string, unknown> {
	return answer.body as Record<string, unknown>;
}

function expectProblem(answer: Answer, instance: string): void {
	expect(answer.headers.get("content-type")).toBe("application/problem+json");
	expect(answer.body).toMatchObject({
		type: expect.stringMatching(/^\S+$/),
		title: expect.stringMatching(/^[A-Z]/),
		status: answer.status,
		detail: expect.stringMatching(/\w/),
		instance,
	});
}

function seeFields(operation: Operation, prefix: string, body: unknown): void {
	for (const [name, value] of Object.entries(Object(body))) {
		see(operation, `field ${prefix}${name}`);
		if (name !== "items" && name !== "timeline") continue;
		for (const member of value as unknown[]) {
			seeFields(operation, `${name}.`, member);
		}
	}
}

function coded(...codes: readonly number[]): string[] {
	return codes.map((code) => `status ${code}`);
}

function fields(prefix: string, names: readonly string[]): string[] {
	return names.map((name) => `field ${prefix}${name}`);
}

/** What an incident can be made with and an item of the list does not show. */
function unlisted(): string[] {
	return Object.keys(creation).filter((name) => !Object.hasOwn(item, name));
}
