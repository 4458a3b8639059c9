// What comes in is checked with the route's own schemas before the handler runs: every field
// at fault is named with what is allowed, a field that is not known is refused, and what
// goes out is never held back.
import Fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { EngineError } from "../../../src-main/engine/errors.ts";
import {
	describeRoutes,
	type SchemaApp,
	useSchemas,
	uuidField,
	wholeNumberParameter,
} from "../../../src-main/http/openapi/index.ts";
import { compileValidator } from "../../../src-main/http/openapi/validation.ts";

const description = {
	api: "platform",
	tag: "Test",
	security: [],
	error: { mediaType: "application/json", schema: z.unknown() },
} as const;

const body = z.strictObject({
	name: z.string().min(1).max(5),
	severity: z.enum(["P1", "P2"]),
	labels: z.array(z.string()).max(2).optional(),
	count: z.number().int().min(0).lt(10).optional(),
	nested: z.strictObject({ on: z.boolean() }).optional(),
	either: z.union([z.string(), z.number()]).optional(),
	even: z.number().multipleOf(2).optional(),
	own: z.string().regex(/^a/, { error: "must begin with a" }).optional(),
});

async function open() {
	const app = Fastify();
	onTestFinished(() => app.close());
	app.setErrorHandler((error, _request, reply) =>
		error instanceof EngineError
			? reply.code(error.status).send({ code: error.code, ...error.data })
			: reply.code(500).send({}),
	);
	const reached: unknown[] = [];
	await app.register(async (plugin) => {
		const api = useSchemas(plugin, description);
		// Below it too, where the APIs register their routes.
		await api.register(async (below) => {
			const routes = below as SchemaApp;
			routes.post(
				"/things/:id",
				{
					schema: {
						params: z.object({ id: uuidField }),
						querystring: z.object({
							page: wholeNumberParameter({ min: 1, max: 9, default: 3 }),
							status: z.enum(["open", "closed"]).optional(),
						}),
						headers: z.looseObject({ "x-kind": z.enum(["a", "b"]).optional() }),
						body,
						response: { 200: z.strictObject({ page: z.number() }) },
					},
				},
				async (request) => {
					reached.push(request.body);
					// More than is described: it is an answer all the same.
					return { page: request.query.page, more: "yes" };
				},
			);
			routes.post(
				"/optional",
				{ schema: { body: z.strictObject({ a: z.string() }).optional() } },
				async (request) => ({ got: request.body ?? null }),
			);
		});
	});
	await app.register(async (plugin) => {
		describeRoutes(plugin, description);
		plugin.post(
			"/unchecked",
			{ config: { documentation: { body } } },
			async (request) => ({ got: request.body }),
		);
	});
	return { app, reached };
}

const id = "550e8400-e29b-41d4-a716-446655440000";
const good = { name: "a", severity: "P1" };
const allowed =
	"is not known here; allowed are name, severity, labels, count, nested, either, even, own";

describe("a request", () => {
	test.each<[string, unknown, [string, string][]]>([
		["no body", undefined, [["body", "is required and must be an object"]]],
		["null", null, [["body", "must be an object, not null"]]],
		["a list", [], [["body", "must be an object"]]],
		[
			"nothing in it",
			{},
			[
				["name", "is required and must be a string"],
				["severity", "is required: one of P1, P2"],
			],
		],
		[
			"a null",
			{ ...good, name: null },
			[["name", "must be a string, not null"]],
		],
		["another type", { ...good, name: 1 }, [["name", "must be a string"]]],
		[
			"too short",
			{ ...good, name: "" },
			[["name", "must have at least 1 character"]],
		],
		[
			"too long",
			{ ...good, name: "abcdef" },
			[["name", "must have at most 5 characters"]],
		],
		[
			"another word",
			{ ...good, severity: "P3" },
			[["severity", "must be one of P1, P2"]],
		],
		[
			"an item of a list",
			{ ...good, labels: ["a", 2] },
			[["labels.1", "must be a string"]],
		],
		[
			"too many items",
			{ ...good, labels: ["a", "b", "c"] },
			[["labels", "must have at most 2 items"]],
		],
		[
			"no whole number",
			{ ...good, count: 1.5 },
			[["count", "must be a whole number"]],
		],
		[
			"too small a number",
			{ ...good, count: -1 },
			[["count", "must be at least 0"]],
		],
		[
			"too large a number",
			{ ...good, count: 10 },
			[["count", "must be less than 10"]],
		],
		[
			"no multiple",
			{ ...good, even: 3 },
			[["even", "must be a multiple of 2"]],
		],
		[
			"no member of a union",
			{ ...good, either: {} },
			[["either", "has none of the allowed shapes"]],
		],
		[
			"the schema's own words",
			{ ...good, own: "b" },
			[["own", "must begin with a"]],
		],
		["an unknown field", { ...good, nam: 1 }, [["nam", allowed]]],
		[
			"two unknown fields",
			{ ...good, x: 1, y: 2 },
			[
				["x", allowed],
				["y", allowed],
			],
		],
		[
			"an unknown field inside",
			{ ...good, nested: { on: true, off: 1 } },
			[["nested.off", "is not known here; allowed are on"]],
		],
	])("with %s is refused by the field", async (_, payload, faults) => {
		const { app, reached } = await open();
		const answer = await app.inject({
			method: "POST",
			url: `/things/${id}`,
			...(payload === undefined
				? {}
				: {
						headers: { "content-type": "application/json" },
						payload: JSON.stringify(payload),
					}),
		});
		expect([answer.statusCode, answer.json()]).toEqual([
			422,
			{
				code: "INVALID",
				field: faults[0]?.[0],
				errors: faults.map(([field, message]) => ({ field, message })),
			},
		]);
		expect(reached).toEqual([]);
	});

	test.each([
		["/things/x", {}, "id", "must be a UUID"],
		[`/things/${id}?page=0`, {}, "page", "must be a whole number from 1 to 9"],
		[`/things/${id}?page=10`, {}, "page", "must be a whole number from 1 to 9"],
		[`/things/${id}?page=`, {}, "page", "must be a whole number from 1 to 9"],
		[
			`/things/${id}?page=%205`,
			{},
			"page",
			"must be a whole number from 1 to 9",
		],
		[
			`/things/${id}?page=1e0`,
			{},
			"page",
			"must be a whole number from 1 to 9",
		],
		[
			`/things/${id}?page=0x5`,
			{},
			"page",
			"must be a whole number from 1 to 9",
		],
		[
			`/things/${id}?page=1.0`,
			{},
			"page",
			"must be a whole number from 1 to 9",
		],
		[
			`/things/${id}?page=1&page=2`,
			{},
			"page",
			"must be a whole number from 1 to 9",
		],
		[`/things/${id}?status=ope`, {}, "status", "must be one of open, closed"],
		[
			`/things/${id}?status=open&status=closed`,
			{},
			"status",
			"must be one of open, closed",
		],
		[`/things/${id}`, { "x-kind": "c" }, "x-kind", "must be one of a, b"],
	])(
		"%s with %o is refused by the parameter",
		async (url, headers, field, message) => {
			const { app } = await open();
			const answer = await app.inject({
				method: "POST",
				url,
				headers,
				payload: good,
			});
			expect([answer.statusCode, answer.json()]).toEqual([
				422,
				{ code: "INVALID", field, errors: [{ field, message }] },
			]);
		},
	);

	test("that fits reaches the handler, with the defaults", async () => {
		const { app, reached } = await open();
		const answer = await app.inject({
			method: "POST",
			url: `/things/${id.toUpperCase()}?unknown=1`,
			payload: good,
		});
		expect([answer.statusCode, answer.json()]).toEqual([
			200,
			{ page: 3, more: "yes" },
		]);
		expect(reached).toEqual([good]);
	});

	test("may leave out a body that is optional", async () => {
		const { app } = await open();
		const post = async (payload?: object) =>
			(
				await app.inject({
					method: "POST",
					url: "/optional",
					...(payload ? { payload } : {}),
				})
			).json();
		expect([await post(), await post({ a: "b" })]).toEqual([
			{ got: null },
			{ got: { a: "b" } },
		]);
		expect(await post({ b: 1 })).toMatchObject({ code: "INVALID" });
		const sentNull = await app.inject({
			method: "POST",
			url: "/optional",
			headers: { "content-type": "application/json" },
			payload: "null",
		});
		expect(sentNull.json()).toMatchObject({ code: "INVALID", field: "body" });
	});

	test("of a route that is only described is left alone", async () => {
		const { app } = await open();
		const answer = await app.inject({
			method: "POST",
			url: "/unchecked",
			payload: { x: 1 },
		});
		expect([answer.statusCode, answer.json()]).toEqual([
			200,
			{ got: { x: 1 } },
		]);
	});
});

test("names at most 20 of the fields at fault", () => {
	const many = Object.fromEntries(
		Array.from({ length: 50 }, (_, index) => [`f${index}`, 1]),
	);
	const check = compileValidator({
		schema: z.strictObject({}),
		method: "POST",
		url: "/",
		httpPart: "body",
	});
	expect(check(many)).toMatchObject({
		error: {
			code: "INVALID",
			data: {
				field: "f0",
				errors: expect.toSatisfy((errors) => errors.length === 20),
			},
		},
	});
});
