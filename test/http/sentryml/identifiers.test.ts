// A model's id is any text of 1 to 200 characters: it goes through bodies, paths (decoded
// once), assessment and incidents unharmed.
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { openSentryml } from "./open-sentryml.ts";

const ids = [
	"a/b",
	"/",
	"//",
	".",
	"..",
	"../..",
	"../../etc/passwd",
	"%",
	"%2F",
	"%25",
	"100%",
	"a%2Fb",
	"a b",
	" ",
	"a?b=c",
	"a#b",
	"a&b",
	"a;b",
	"a+b",
	"a:b",
	"*",
	"drift",
	"monitor",
	":model_id",
	"__proto__",
	"constructor",
	"toString",
	"null",
	"'; DROP TABLE events; --",
	"<script>alert(1)</script>",
	"C:\\models\\fraud",
	"línea\nnueva",
	"\t",
	"\u{1f980}\u{1f469}\u200d\u{1f680}",
	"مرحبا",
	"\u202egnp.exe",
	"é",
	"e\u0301",
	"\ufeff",
	"\u007f",
	"x".repeat(200),
	"\u{1f980}".repeat(200),
];

test("each of these ids names one model, in bodies and in paths", async () => {
	const { call } = await openSentryml();
	for (const model_id of ids) {
		const { status, body } = await call("POST", "/v1/events/prediction", {
			json: { model_id, score: 0.5, event_id: model_id },
		});
		expect([model_id, status, body]).toMatchObject([
			model_id,
			200,
			{ model_id },
		]);
	}
	const { body: listed } = await call("GET", "/v1/models");
	expect(
		(listed as { model_id: string }[]).map((model) => model.model_id).sort(),
	).toEqual([...ids].sort());
	for (const model_id of ids.filter((id) => !isDots(id))) {
		const path = `/v1/models/${segment(model_id)}`;
		const answers = [
			await call("GET", path),
			await call("GET", `${path}/monitor`),
			await call("PUT", `${path}/monitor`, { json: { min_samples: 7 } }),
			await call("POST", `${path}/drift`),
			await call("GET", `${path}/drift`),
		];
		expect([path, ...answers.map(({ status }) => status)]).toEqual([
			path,
			...answers.map(() => 200),
		]);
		const [model, monitor, changed, assessed, history] = answers;
		expect(model?.body).toMatchObject({ model_id, event_count: 1 });
		expect(monitor?.body).toMatchObject({ model_id, min_samples: 500 });
		expect(changed?.body).toMatchObject({ model_id, min_samples: 7 });
		expect(assessed?.body).toMatchObject({ model_id });
		expect(history?.body).toMatchObject([{ model_id }]);
		const { drift_id: id } = must(assessed, "five answers").body as {
			drift_id: string;
		};
		expect(await call("GET", `${path}/drift/${id}`)).toMatchObject({
			status: 200,
			body: { model_id },
		});
	}
});

test("any text that is an id at all works; any other is refused by name", async () => {
	const { call } = await openSentryml();
	await fc.assert(
		fc.asyncProperty(
			fc.string({ unit: "binary", minLength: 0, maxLength: 205 }),
			async (model_id) => {
				const isId = identifierFault(model_id) === null;
				const sent = await call("POST", "/v1/events/prediction", {
					json: { model_id, score: 1 },
				});
				expect(sent.status).toBe(isId ? 200 : 422);
				if (model_id === "" || isDots(model_id)) return;
				const read = await call("GET", `/v1/models/${segment(model_id)}`);
				expect(read).toMatchObject(
					isId
						? { status: 200, body: { model_id } }
						: { status: 422, body: { field: "model_id" } },
				);
			},
		),
		{ numRuns: 150 },
	);
});

test.each([
	"/v1/models/%",
	"/v1/models/%E0%A4%A",
	"/v1/models/%ff",
	"/v1/models/%c3%28/drift",
	"/v1/models/a%ZZ/monitor",
])("a path that cannot be decoded is refused: %s", async (path) => {
	const { call } = await openSentryml();
	const { status, body } = await call("GET", path);
	expect([status, body]).toEqual([
		400,
		expect.objectContaining({ detail: expect.any(String) }),
	]);
});

test.each([
	["%00", 422],
	["x".repeat(201), 422],
	[encodeURIComponent("\u{1f980}".repeat(201)), 422],
	["never-seen", 404],
	["", 422],
	["x".repeat(3_000), 414],
])("an id in a path that is none: %.30s", async (id, expected) => {
	const { call } = await openSentryml();
	for (const path of [`/v1/models/${id}`, `/v1/models/${id}/drift`]) {
		const { status, body } = await call("GET", path);
		expect([path, status, body]).toEqual([
			path,
			expected,
			expect.objectContaining({ detail: expect.any(String) }),
		]);
	}
});

test.each([".", "..", "%2E", "%2e%2E"])(
	"a path with %s is no other path",
	async (segment) => {
		const { call, listeners, key } = await openSentryml();
		const model_id = decodeURIComponent(segment);
		await call("POST", "/v1/events/prediction", {
			json: { model_id, score: 1 },
		});
		// A WHATWG client resolves dots away before it sends anything.
		const sent = get(`${listeners.urls.api}`, {
			path: `/v1/models/${segment}/monitor`,
			headers: { "x-api-key": key },
		});
		const [answer] = (await once(sent, "response")) as [IncomingMessage];
		expect([answer.statusCode, await json(answer)]).toMatchObject([
			200,
			{ model_id },
		]);
	},
);

/** Percent-encoded once. */
function segment(id: string): string {
	return encodeURIComponent(id);
}

function isDots(id: string): boolean {
	return id === "." || id === "..";
}
