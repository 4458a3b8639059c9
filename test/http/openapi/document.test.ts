// `/openapi.json` describes the whole main listener and nothing else: valid OpenAPI 3.1,
// every route in it or named here as an exception, each operation with its credential and
// its refusals, the server where the caller reached it, and no credential needed to read it.
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { routeNeeds } from "../../../src-shared/domain/access/route-needs.ts";
import { openListeners } from "../open-listeners.ts";

/** What the document leaves out. `/rpc`, the contract's WebSocket, is no route of HTTP. */
const exceptions = [
	"GET /",
	"GET /docs",
	"GET /docs/",
	"GET /docs/start.js",
	"GET /docs/static/*",
	"GET /openapi.json",
	"HEAD /docs/static/*",
	"GET /ui/session",
	"POST /ui/sign-in",
	"POST /ui/sign-out",
	"PUT /ui/uploads",
];

interface Operation {
	operationId: string;
	summary?: string;
	description?: string;
	"x-tocsin-needs"?: object;
	tags: string[];
	security: object[];
	parameters?: { in: string; name: string }[];
	requestBody?: { required: boolean };
	responses: Record<string, { headers?: object; content?: object }>;
}

interface Document {
	openapi: string;
	servers: { url: string }[];
	tags: { name: string }[];
	components: { schemas: Record<string, unknown> };
	paths: Record<string, Record<string, Operation>>;
}

async function open() {
	const opened = await openListeners();
	const answer = await fetch(`${opened.urls.api}/openapi.json`);
	return { ...opened, answer, document: (await answer.json()) as Document };
}

function operationsOf({ paths }: Document) {
	return Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({
			name: `${method.toUpperCase()} ${path}`,
			path,
			operation,
		})),
	);
}

describe("the document", () => {
	test("is valid OpenAPI 3.1, for anyone to read", async () => {
		const { answer, document } = await open();
		expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
		expect(document.openapi).toBe("3.1.0");
		const { valid, errors } = await new Validator().validate(
			structuredClone(document) as never,
		);
		expect([valid, errors]).toEqual([true, undefined]);
	});

	test("has every route of the main listener, but for the exceptions", async () => {
		const { document, routes } = await open();
		const own = routes
			.filter(({ api }) => api !== "copilot")
			.map(({ method, url }) => `${method} ${url}`);
		const described = new Set(operationsOf(document).map(({ name }) => name));
		const nameOf = (route: string) => route.replaceAll(/:(\w+)/g, "{$1}");
		expect(own.filter((route) => !described.has(nameOf(route))).sort()).toEqual(
			[...exceptions].sort(),
		);
		const registered = new Set(own.map(nameOf));
		expect([...described].filter((name) => !registered.has(name))).toEqual([]);
	});

	test("names the listener as the caller reached it", async () => {
		const { document, urls } = await open();
		expect(document.servers).toEqual([{ url: urls.api }]);
		const { port } = new URL(urls.api);
		const local = await fetch(`http://localhost:${port}/openapi.json`);
		expect(((await local.json()) as Document).servers).toEqual([
			{ url: `http://localhost:${port}` },
		]);
	});

	test.each(["api", "copilot"] as const)(
		"says who may, as the table of needs does: %s",
		async (listener) => {
			const { urls } = await openListeners();
			const answer = await fetch(`${urls[listener]}/openapi.json`);
			const document = (await answer.json()) as Document;
			const operations = operationsOf(document);
			expect(operations.length).toBeGreaterThan(30);
			for (const { name, operation } of operations) {
				const isOfCopilot =
					listener === "copilot" || operation.tags.includes("Alert intake");
				const route = name.replaceAll(/\{(\w+)\}/g, ":$1");
				const line = routeNeeds[isOfCopilot ? `B ${route}` : route];
				expect([name, operation["x-tocsin-needs"]]).toEqual([name, line]);
				const words =
					line?.need == null
						? /^(?!.*Needs the role)/s
						: line.need.of === "tenant"
							? new RegExp(`Needs the role ${line.need.role}\\.$`)
							: new RegExp(
									`Needs the role ${line.need.role} in the project\\.$`,
								);
				expect(`${name}: ${operation.description ?? ""}`).toMatch(words);
			}
		},
	);

	test("tells of each operation what it needs and how it refuses", async () => {
		const { document } = await open();
		const operations = operationsOf(document);
		const ids = operations.map(({ operation }) => operation.operationId);
		expect(new Set(ids).size).toBe(ids.length);
		const known = new Set(document.tags.map(({ name }) => name));
		for (const { name, path, operation } of operations) {
			const { responses, security, summary, tags, parameters } = operation;
			expect({ name, summary, tags }).toEqual({
				name,
				summary: expect.any(String),
				tags: [expect.any(String)],
			});
			expect(known).toContain(tags[0]);
			const statuses = Object.keys(responses);
			expect(statuses.filter((status) => status < "300")).not.toEqual([]);
			expect(statuses).toContain("500");
			expect({ name, has: statuses.includes("401") }).toEqual({
				name,
				has: security.length > 0 || path === "/api/v1/auth/token",
			});
			const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
			expect({
				name,
				inPath: parameters
					?.filter((parameter) => parameter.in === "path")
					.map((parameter) => parameter.name)
					.sort(),
			}).toEqual({
				name,
				inPath: inPath.length ? inPath.sort() : noneOf(parameters),
			});
			for (const [status, { content }] of Object.entries(responses)) {
				if (status < "400") continue;
				expect({ name, status, types: Object.keys(content ?? {}) }).toEqual({
					name,
					status,
					types: [
						path.startsWith("/api/v1")
							? "application/problem+json"
							: "application/json",
					],
				});
			}
		}
	});

	test("documents the rate limit on every answer of API A, D and E", async () => {
		const { document } = await open();
		for (const { path, operation } of operationsOf(document)) {
			if (!path.startsWith("/api")) continue;
			for (const { headers } of Object.values(operation.responses)) {
				expect(Object.keys(headers ?? {})).toEqual(
					expect.arrayContaining([
						"X-RateLimit-Limit",
						"X-RateLimit-Remaining",
						"X-RateLimit-Reset",
					]),
				);
			}
			expect(Object.keys(operation.responses[429]?.headers ?? {})).toContain(
				"Retry-After",
			);
		}
	});

	test("keeps only schemas that something names, and names none that is not there", async () => {
		const { document } = await open();
		const text = JSON.stringify(document);
		const named = new Set(
			[...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
				([, name]) => name,
			),
		);
		expect(Object.keys(document.components.schemas).sort()).toEqual(
			[...named].sort(),
		);
	});
});

/** Parameters of other places, or none at all. */
function noneOf(parameters: unknown) {
	return parameters === undefined ? undefined : [];
}
