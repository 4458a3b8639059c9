// POST /v1/events/prediction: the document's shape to the letter, every field's limits,
// and an event id that never makes a second row.
import { describe, expect, test } from "vitest";
import { openSentryml, testStart } from "./open-sentryml.ts";

const path = "/v1/events/prediction";
const documented = {
	model_id: "fraud_v1",
	entity_id: "user_123",
	prediction: "approve",
	score: 0.87,
	event_time: "2026-01-16T12:00:00Z",
};
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("one event", () => {
	test("the documented request gets the documented answer", async () => {
		const { call, orgId } = await openSentryml();
		const { status, body, headers } = await call("POST", path, {
			json: documented,
		});
		expect([status, body]).toEqual([
			200,
			{
				event_id: expect.stringMatching(uuid),
				org_id: orgId,
				...documented,
				ingested_at: "2026-02-03T18:42:12.123Z",
			},
		]);
		expect(headers.get("content-type")).toMatch(/^application\/json/);
	});

	test("a new model registers itself, with the documented defaults", async () => {
		const { call } = await openSentryml();
		expect((await call("GET", "/v1/models")).body).toEqual([]);
		await call("POST", path, { json: documented });
		await call("POST", path, {
			json: { ...documented, event_time: "2026-01-10T05:12:00Z" },
		});
		expect((await call("GET", "/v1/models")).body).toEqual([
			{
				model_id: "fraud_v1",
				event_count: 2,
				first_seen_at: "2026-01-10T05:12:00Z",
				last_seen_at: "2026-01-16T12:00:00Z",
				is_enabled: true,
				baseline_days: 14,
				current_days: 7,
				num_bins: 10,
				min_samples: 500,
				warn_threshold: 0.1,
				critical_threshold: 0.2,
				status: "insufficient_data",
				psi_score: null,
				last_assessed_at: null,
			},
		]);
	});

	test("the least there is: a model and a score", async () => {
		const { call, orgId } = await openSentryml();
		const { status, body } = await call("POST", path, {
			json: { model_id: "m", score: -0 },
		});
		expect([status, body]).toEqual([
			200,
			{
				event_id: expect.stringMatching(uuid),
				org_id: orgId,
				model_id: "m",
				entity_id: null,
				prediction: null,
				score: 0,
				event_time: "2026-02-03T18:42:12.123Z",
				ingested_at: "2026-02-03T18:42:12.123Z",
			},
		]);
	});

	test("features, label, model_version and event_id come back as they were sent", async () => {
		const { call } = await openSentryml();
		const sent = {
			...documented,
			event_id: "order/42 \u{1f6a8}",
			model_version: "2026-01-01+build.7",
			label: true,
			features: {
				amount: 12.5,
				country: "DE",
				vip: false,
				age: null,
				"": undefined,
				constructor: 1,
			},
		};
		const { status, body } = await call("POST", path, { json: sent });
		expect(status).toBe(200);
		expect(body).toMatchObject(JSON.parse(JSON.stringify(sent)));
	});

	test.each([
		["a millisecond", 1],
		["a year", 366 * 86_400_000],
		["until 9999", Date.UTC(9999, 11, 31, 23, 59, 59) - testStart],
	])(
		"an event time in the future by %s is clamped to now",
		async (_, ahead) => {
			const { call } = await openSentryml();
			const event_time = new Date(testStart + ahead).toISOString();
			const sent = { json: { ...documented, event_time, event_id: "late" } };
			const first = await call("POST", path, sent);
			expect(first.body).toMatchObject({
				event_time: "2026-02-03T18:42:12.123Z",
			});
			// What was sent is remembered: sending it again is the same event.
			expect(await call("POST", path, sent)).toMatchObject({
				status: 200,
				body: first.body,
			});
		},
	);

	test("any zone is read as the same moment", async () => {
		const { call } = await openSentryml();
		const { body } = await call("POST", path, {
			json: { ...documented, event_time: "2026-01-16t14:00:00.500+02:00" },
		});
		expect(body).toMatchObject({ event_time: "2026-01-16T12:00:00.500Z" });
	});
});

const badFields: [field: string, values: unknown[]][] = [
	["model_id", [undefined, null, "", 5, {}, [], true, "x".repeat(201), "a\0b"]],
	["score", [undefined, null, "0.5", true, {}, [0.5]]],
	["entity_id", ["", 5, {}, "x".repeat(201)]],
	["event_id", ["", 5, {}, "x".repeat(201)]],
	["model_version", ["", 7, [], "x".repeat(201)]],
	["prediction", [{}, [], "", "x".repeat(201)]],
	["label", [{}, [1], "", "\0"]],
	[
		"event_time",
		[
			"",
			"yesterday",
			"2026-01-16",
			"2026-01-16T12:00:00",
			"2026-02-30T00:00:00Z",
			"2026-01-16T24:00:00Z",
			"foo 7",
			1737028800000,
			{},
			"10000-01-01T00:00:00Z",
		],
	],
	["features", [[], "x", 5, { a: {} }, { a: [1] }, { "": 1 }]],
];

describe("a field at fault is named", () => {
	test.each(badFields)("%s", async (field, values) => {
		const { call } = await openSentryml();
		for (const value of values) {
			const { status, body } = await call("POST", path, {
				json: { ...documented, [field]: value },
			});
			expect([value, status, body]).toEqual([
				value,
				422,
				{
					detail: expect.stringContaining(field),
					errors: [
						{
							field: expect.stringMatching(new RegExp(`^${field}(\\.|$)`)),
							message: expect.any(String),
						},
					],
				},
			]);
		}
		expect((await call("GET", "/v1/models")).body).toEqual([]);
	});

	test("several at once are all named", async () => {
		const { call } = await openSentryml();
		const { body } = await call("POST", path, {
			json: { score: "x", event_time: 5, features: { a: {}, b: 1 } },
		});
		expect(body).toMatchObject({
			errors: [
				{ field: "model_id" },
				{ field: "score" },
				{ field: "event_time" },
				{ field: "features.a" },
			],
		});
	});

	test.each([
		["score", '{"model_id":"m","score":1e400}'],
		["score", '{"model_id":"m","score":-1e400}'],
		["prediction", '{"model_id":"m","score":1,"prediction":1e999}'],
		["label", '{"model_id":"m","score":1,"label":-1e999}'],
		["features.a", '{"model_id":"m","score":1,"features":{"a":1e400}}'],
	])("no infinite %s gets in: %s", async (field, raw) => {
		const { call } = await openSentryml();
		const { status, body } = await call("POST", path, {
			raw,
			headers: { "content-type": "application/json" },
		});
		expect([status, body]).toMatchObject([422, { errors: [{ field }] }]);
	});

	test("a lone surrogate would not survive, so it is refused", async () => {
		const { call } = await openSentryml();
		for (const field of ["model_id", "entity_id", "event_id", "prediction"]) {
			const { status } = await call("POST", path, {
				raw: JSON.stringify({ ...documented, [field]: "\ud800" }),
				headers: { "content-type": "application/json" },
			});
			expect([field, status]).toEqual([field, 422]);
		}
	});

	test("200 characters are counted as a person counts them", async () => {
		const { call } = await openSentryml();
		const longest = "\u{1f980}".repeat(200);
		const sent = { ...documented, model_id: longest };
		expect((await call("POST", path, { json: sent })).status).toBe(200);
		sent.model_id += "x";
		expect((await call("POST", path, { json: sent })).status).toBe(422);
	});

	test("2,000 features are taken, 2,001 are refused", async () => {
		const { call } = await openSentryml();
		const features = Object.fromEntries(
			Array.from({ length: 2_000 }, (_, index) => [`f${index}`, index]),
		);
		const send = () =>
			call("POST", path, { json: { ...documented, features } });
		expect((await send()).status).toBe(200);
		features.one_more = 1;
		expect((await send()).status).toBe(422);
	});
});

describe("bodies that are no event", () => {
	test.each([
		[400, "broken JSON", "{", "application/json"],
		[400, "no JSON", "model_id=m&score=1", "application/json"],
		[400, "NaN", '{"model_id":"m","score":NaN}', "application/json"],
		[422, "nothing", "", "application/json"],
		[422, "an array", "[]", "application/json"],
		[422, "null", "null", "application/json"],
		[422, "a number", "1", "application/json"],
		[415, "text", '{"model_id":"m","score":1}', "text/plain"],
		[415, "a form", "model_id=m", "application/x-www-form-urlencoded"],
		[415, "XML", "<m/>", "application/xml"],
		[
			413,
			"over 1 MiB",
			JSON.stringify("x".repeat(2 ** 20)),
			"application/json",
		],
	])("%i for %s", async (expected, _, raw, type) => {
		const { call } = await openSentryml();
		const { status, body } = await call("POST", path, {
			raw,
			headers: { "content-type": type },
		});
		expect([status, body]).toEqual([
			expected,
			expect.objectContaining({ detail: expect.any(String) }),
		]);
	});

	test("415 when there is no media type at all", async () => {
		const { call } = await openSentryml();
		const { status } = await call("POST", path, {
			raw: new TextEncoder().encode('{"model_id":"m","score":1}'),
		});
		expect(status).toBe(415);
	});

	test("a compressed body is refused, not guessed at", async () => {
		const { call } = await openSentryml();
		for (const path of [
			"/v1/events/prediction",
			"/v1/events/predictions",
			"/v1/events/labels",
		]) {
			const { status, body } = await call("POST", path, {
				json: documented,
				headers: { "content-encoding": "gzip" },
			});
			expect([path, status, body]).toMatchObject([
				path,
				415,
				{ detail: expect.stringContaining("gzip") },
			]);
		}
	});
});

describe("an event id", () => {
	const sent = {
		...documented,
		event_id: "e-1",
		label: 0,
		model_version: "1",
		features: { a: 1, b: "x" },
	};

	test("sent again, also after a restart, answers the stored event", async () => {
		const opened = await openSentryml();
		const first = await opened.call("POST", path, { json: sent });
		opened.ports.clock.set(testStart + 3_600_000);
		const reordered = { ...sent, features: { b: "x", a: 1 } };
		const again = await opened.call("POST", path, { json: reordered });
		expect([again.status, again.body]).toEqual([200, first.body]);
		const restarted = await opened.restart();
		restarted.ports.clock.set(testStart + 25 * 3_600_000);
		const later = await restarted.call("POST", path, { json: sent });
		expect([later.status, later.body]).toEqual([200, first.body]);
		expect((await restarted.call("GET", "/v1/models")).body).toMatchObject([
			{ event_count: 1 },
		]);
	});

	test.each([
		["score", 0.9],
		["model_id", "other"],
		["entity_id", undefined],
		["prediction", "deny"],
		["label", 1],
		["label", "0"],
		["model_version", "2"],
		["event_time", "2026-01-16T12:00:00.001Z"],
		["event_time", undefined],
		["features", { a: 1, b: "y" }],
		["features", { a: 1 }],
		["features", { a: 1, b: "x", c: null }],
		["features", undefined],
	])(
		"with another %s (%j) is a conflict that says so",
		async (field, value) => {
			const { call } = await openSentryml();
			await call("POST", path, { json: sent });
			const { status, body } = await call("POST", path, {
				json: { ...sent, [field]: value },
			});
			expect([status, body]).toEqual([
				409,
				{
					detail: expect.stringContaining(field),
					event_id: "e-1",
					differs: [field],
				},
			]);
			expect((await call("GET", "/v1/models")).body).toMatchObject([
				{ event_count: 1 },
			]);
		},
	);

	test("a hundred times at once makes one row", async () => {
		const opened = await openSentryml();
		const answers = await Promise.all(
			Array.from({ length: 100 }, () =>
				opened.call("POST", path, { json: sent }),
			),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(
			new Set([200]),
		);
		expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(
			1,
		);
		expect((await opened.call("GET", "/v1/models")).body).toMatchObject([
			{ event_count: 1 },
		]);
	});

	test("a hundred contents at once: one wins, the others learn that they differ", async () => {
		const { call } = await openSentryml();
		const answers = await Promise.all(
			Array.from({ length: 100 }, (_, index) =>
				call("POST", path, { json: { ...sent, score: index / 100 } }),
			),
		);
		const statuses = answers.map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(1);
		expect(statuses.filter((status) => status === 409)).toHaveLength(99);
	});

	test("a label that arrived later does not make the event another one", async () => {
		const { call } = await openSentryml();
		const unlabelled = { ...documented, event_id: "e-2" };
		const first = await call("POST", path, { json: unlabelled });
		await call("POST", "/v1/events/labels", {
			json: [{ event_id: "e-2", label: 1 }],
		});
		const again = await call("POST", path, { json: unlabelled });
		expect([again.status, again.body]).toEqual([200, first.body]);
	});
});
