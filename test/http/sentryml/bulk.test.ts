// POST /v1/events/predictions: good lines are kept, bad ones are reported by their line,
// and neither the size of the body nor its end in the middle changes that.
import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { openSentryml } from "./open-sentryml.ts";

const path = "/v1/events/predictions";
const ndjson = { "content-type": "application/x-ndjson" };
const event = (fields: object = {}) =>
	JSON.stringify({ model_id: "m", score: 0.5, ...fields });

async function open() {
	const opened = await openSentryml();
	return {
		...opened,
		send: (raw: string | Uint8Array<ArrayBuffer>, headers = ndjson) =>
			opened.call("POST", path, { raw, headers }),
		stored: async () => {
			const { body } = await opened.call("GET", "/v1/models");
			return (body as { event_count: number }[]).reduce(
				(sum, model) => sum + model.event_count,
				0,
			);
		},
	};
}

describe("a bulk body", () => {
	test("keeps good lines and reports bad ones by their 1-based line", async () => {
		const { send, stored } = await open();
		const { status, body } = await send(
			[
				event(),
				"",
				"{",
				event({ score: "x" }),
				"   \r",
				event({ event_id: "e" }),
				event({ event_id: "e" }),
				event({ event_id: "e", score: 1 }),
				"[]",
				event(),
			].join("\n"),
		);
		expect([status, body]).toEqual([
			200,
			{
				accepted: 4,
				duplicates: 1,
				rejected: 4,
				errors: [
					{ line: 3, code: "json_broken", message: "is not JSON" },
					{ line: 4, code: "invalid", message: "score must be a number" },
					{
						line: 8,
						code: "conflict",
						message: expect.stringContaining("score"),
					},
					{ line: 9, code: "invalid", message: expect.any(String) },
				],
			},
		]);
		expect(await stored()).toBe(3);
	});

	test("may be a JSON array; errors count its elements", async () => {
		const { send, stored } = await open();
		const { status, body } = await send(
			`[${event()},\n{"model_id":1},${event({ features: { a: 1e-300 } })}]`,
			{ "content-type": "application/json; charset=utf-8" },
		);
		expect([status, body]).toMatchObject([
			200,
			{ accepted: 2, rejected: 1, errors: [{ line: 2, code: "invalid" }] },
		]);
		expect(await stored()).toBe(2);
	});

	test.each([
		["application/x-ndjson", ""],
		["application/x-ndjson", "\n\n \r\n"],
		["application/json", "[]"],
		["application/json", " [ ] "],
	])("may hold nothing: %s %j", async (type, raw) => {
		const { send } = await open();
		const { status, body } = await send(raw, { "content-type": type });
		expect([status, body]).toEqual([
			200,
			{ accepted: 0, duplicates: 0, rejected: 0, errors: [] },
		]);
	});

	test.each([
		[400, ""],
		[400, "{"],
		[400, "["],
		[400, "[1,"],
		[400, "nonsense"],
		[422, "1"],
		[422, "null"],
		[422, '"text"'],
		[422, '{"model_id":"m"}'],
	])(
		"of JSON that is no list is refused with %i: %j",
		async (expected, raw) => {
			const { send, stored } = await open();
			const { status, body } = await send(raw, {
				"content-type": "application/json",
			});
			expect([status, body]).toEqual([
				expected,
				expect.objectContaining({ detail: expect.any(String), accepted: 0 }),
			]);
			expect(await stored()).toBe(0);
		},
	);

	test.each(["text/plain", "text/csv", "application/octet-stream"])(
		"of %s is refused with what is taken",
		async (type) => {
			const { send } = await open();
			const { status, body } = await send(event(), { "content-type": type });
			expect([status, body]).toMatchObject([
				415,
				{ detail: expect.stringContaining("application/x-ndjson") },
			]);
		},
	);

	test("a broken array keeps the elements before the break", async () => {
		const { send, stored } = await open();
		const { status, body } = await send(`[${event()},${event()},{"mod`, {
			"content-type": "application/json",
		});
		expect([status, body]).toMatchObject([
			200,
			{ accepted: 2, rejected: 1, errors: [{ line: 3, code: "json_broken" }] },
		]);
		expect(await stored()).toBe(2);
	});

	test("tells the first 100 errors and counts the rest", async () => {
		const { send, stored } = await open();
		const lines = Array.from({ length: 5_000 }, (_, index) =>
			index % 2 === 0 ? event() : "{}",
		);
		const { body } = await send(lines.join("\n"));
		expect(body).toMatchObject({ accepted: 2_500, rejected: 2_500 });
		const { errors } = body as { errors: { line: number }[] };
		expect(errors.map(({ line }) => line)).toEqual(
			Array.from({ length: 100 }, (_, index) => index * 2 + 2),
		);
		expect(await stored()).toBe(2_500);
	});

	test("refuses a line of broken UTF-8 and one over 1 MiB, and no other", async () => {
		const { send, stored } = await open();
		const broken = Buffer.from(event({ entity_id: "é" }));
		broken[broken.indexOf(0xa9)] = 0x28;
		const { body } = await send(
			Buffer.concat([
				Buffer.from(`${event()}\n`),
				broken,
				Buffer.from(`\n${" ".repeat(1024 * 1024)}${event()}\n${event()}`),
			]),
		);
		expect(body).toMatchObject({
			accepted: 2,
			rejected: 2,
			errors: [
				{ line: 2, code: "invalid_utf8" },
				{ line: 3, code: "line_too_long" },
			],
		});
		expect(await stored()).toBe(2);
	});

	test("sent again, every event with an id is there already", async () => {
		const { send, stored } = await open();
		const raw = Array.from({ length: 2_500 }, (_, index) =>
			event({ event_id: `e${index}` }),
		).join("\n");
		expect((await send(raw)).body).toMatchObject({
			accepted: 2_500,
			duplicates: 0,
		});
		expect((await send(raw)).body).toMatchObject({
			accepted: 2_500,
			duplicates: 2_500,
			rejected: 0,
		});
		expect(await stored()).toBe(2_500);
	});

	test("that breaks off keeps every line that came whole", async () => {
		const { listeners, key, stored, send } = await open();
		const socket = connect(Number(new URL(listeners.urls.api).port));
		await once(socket, "connect");
		const lines = `${`${event()}\n`.repeat(1_500)}{"model_id":"m","score":0.`;
		socket.write(
			[
				`POST ${path} HTTP/1.1`,
				`Host: ${new URL(listeners.urls.api).host}`,
				`X-API-Key: ${key}`,
				"Content-Type: application/x-ndjson",
				`Content-Length: ${lines.length + 1_000}`,
				"",
				lines,
			].join("\r\n"),
		);
		await expect.poll(stored).toBeGreaterThan(0);
		socket.destroy();
		await expect.poll(stored).toBe(1_500);
		expect((await send(event())).status).toBe(200);
	});

	test("that meets a full disk is answered 507 with what was stored, and goes on later", async () => {
		const { engine, call, stored } = await open();
		const { connection } = engine.predictions.store;
		const pages = Number(connection.pragma("page_count", { simple: true }));
		connection.pragma(`max_page_count = ${pages + 400}`);
		const lines = Array.from({ length: 40_000 }, (_, index) =>
			event({ event_id: `e${index}`, entity_id: "x".repeat(100) }),
		);
		const body = () =>
			Readable.toWeb(
				Readable.from(lines.map((line) => `${line}\n`)),
			) as ReadableStream;
		const refused = await call("POST", path, { raw: body(), headers: ndjson });
		expect(refused.status).toBe(507);
		expect(refused.headers.get("retry-after")).toBe("5");
		const { accepted } = refused.body as { accepted: number };
		expect(accepted).toBeGreaterThan(0);
		expect(await stored()).toBe(accepted);
		connection.pragma("max_page_count = 1000000");
		const retried = await call("POST", path, { raw: body(), headers: ndjson });
		expect([retried.status, retried.body]).toMatchObject([
			200,
			{ accepted: 40_000, duplicates: accepted, rejected: 0 },
		]);
		expect(await stored()).toBe(40_000);
	});

	test("of 200 MB takes no more memory than one of a few", async () => {
		const { call, stored } = await open();
		// JSON may hold any space between its tokens: the bytes pass, the rows stay few.
		const padded = event().replace(",", `,${" ".repeat(8 * 1024)}`);
		const block = Buffer.from(`${padded}\n`.repeat(128));
		async function* blocks(count: number) {
			for (let index = 0; index < count; index++) yield block;
		}
		const megabytes = (size: number) =>
			call("POST", path, {
				raw: Readable.toWeb(
					Readable.from(blocks(Math.round((size * 1e6) / block.length)), {
						objectMode: true,
						highWaterMark: 1,
					}),
				) as ReadableStream,
				headers: ndjson,
			});
		await megabytes(10);
		const before = process.memoryUsage().rss;
		let most = before;
		const watch = setInterval(() => {
			most = Math.max(most, process.memoryUsage().rss);
		}, 20);
		const { body } = await megabytes(200);
		clearInterval(watch);
		expect(body).toMatchObject({ rejected: 0 });
		expect(await stored()).toBeGreaterThan(25_000);
		expect((most - before) / 1e6).toBeLessThan(100);
	}, 60_000);
});
