import { expect } from "vitest";
import { modelStages } from "../../../src-main/engine/models/index.ts";
import { type Promised, recordCoverage } from "../contract-coverage.ts";
import type { Answer, Caller, Sent } from "../platform/open-platform.ts";
import { example, refusals } from "./mlservice-document.ts";

/** The document's examples of a registration, its answer and a move. */
export const registration = example("Register Model");
export const made = example("Register Model", 1);
export const move = example("PUT /api/v1/models/{model_id}/stage");

export const operations = {
	register: "POST /models",
	list: "GET /models",
	one: "GET /models/{model_id}",
	stage: "PUT /models/{model_id}/stage",
} as const;
export type Operation = keyof typeof operations;

const superset = [
	"model_id",
	"id",
	"key",
	"name",
	"team",
	"stage",
	"framework",
	"tenant_id",
	"current_version",
	"created_at",
	"description",
	"model_type",
	"tags",
	"origin",
	"updated_at",
];
const detail = [
	...superset,
	"versions",
	"versions.version",
	"versions.stage",
	"versions.created_at",
	"versions.staged_at",
];
const limitHeaders = [
	"header X-RateLimit-Limit",
	"header X-RateLimit-Remaining",
	"header X-RateLimit-Reset",
];

export const promised: Promised = {
	[operations.register]: [
		...limitHeaders,
		...[201, 400, 401, 403, 409, 413, 415, 422].map(
			(status) => `status ${status}`,
		),
		...Object.keys(made).map((name) => `field ${name}`),
		...Object.keys(registration).flatMap((name) => [
			`input ${name}`,
			`bad ${name}`,
		]),
		"header Location 201",
		"header Location 409",
	],
	[operations.list]: [
		...limitHeaders,
		...[200, 401, 422].map((status) => `status ${status}`),
		...["total", "page", "page_size"].map((name) => `field ${name}`),
		...superset.map((name) => `field items.${name}`),
		...["page", "page_size", "limit", "team", "stage", "framework"].flatMap(
			(name) => [`filter ${name} good`, `filter ${name} bad`],
		),
		...[...modelStages, "deprecated"].map((word) => `filter stage=${word}`),
	],
	[operations.one]: [
		...limitHeaders,
		...[200, 401, 404].map((status) => `status ${status}`),
		...detail.map((name) => `field ${name}`),
	],
	[operations.stage]: [
		...limitHeaders,
		...[200, 400, 401, 403, 404, 409, 413, 415, 422].map(
			(status) => `status ${status}`,
		),
		...detail.map((name) => `field ${name}`),
		...Object.keys(move).flatMap((name) => [`input ${name}`, `bad ${name}`]),
		...modelStages.flatMap((from) =>
			modelStages.map((to) => `edge ${from} -> ${to}`),
		),
	],
};

const codes = new Map<number, string>([
	...refusals.filter(([, code]) => !/JOB|RAY/.test(code)),
	// What the document leaves out.
	[403, "FORBIDDEN"],
	[413, "PAYLOAD_TOO_LARGE"],
	[415, "UNSUPPORTED_MEDIA_TYPE"],
]);

/** Calls an operation as `caller`, holds a refusal against the error format, and records what was seen. */
export async function perform(
	caller: Caller,
	operation: Operation,
	{ id = "", query = "", ...sent }: Sent & { id?: string; query?: string } = {},
): Promise<Answer & { body: Record<string, unknown> }> {
	const [method = "", pattern = ""] = operations[operation].split(" ");
	const path = pattern.replace("{model_id}", encodeURIComponent(id));
	const answer = await caller(method, path + query, sent);
	see(operation, `status ${answer.status}`);
	for (const name of ["Limit", "Remaining", "Reset"]) {
		expect(answer.headers.get(`x-ratelimit-${name}`)).toMatch(/^\d+$/);
		see(operation, `header X-RateLimit-${name}`);
	}
	if (answer.headers.has("location"))
		see(operation, `header Location ${answer.status}`);
	if (answer.status < 400) seeFields(operation, "", answer.body);
	else {
		expect(answer.body).toMatchObject({
			status: answer.status,
			code: expect.any(String),
			instance: `/api/v1${path}`,
		});
		if (answer.status !== 409)
			expect(answer.body).toHaveProperty("code", codes.get(answer.status));
	}
	return answer as Answer & { body: Record<string, unknown> };
}

export function see(operation: Operation, item: string): void {
	recordCoverage("models", operations[operation], item);
}

function seeFields(operation: Operation, prefix: string, body: unknown): void {
	for (const [name, value] of Object.entries(Object(body))) {
		if (name !== "items") see(operation, `field ${prefix}${name}`);
		if (Array.isArray(value)) {
			for (const item of value) seeFields(operation, `${prefix}${name}.`, item);
		}
	}
}
