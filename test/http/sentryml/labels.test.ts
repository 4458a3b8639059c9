// POST /v1/events/labels: labels that arrive later join their events by id, may be
// corrected, and never reach another tenant's.
import { describe, expect, test } from "vitest";
import { openSentryml, openTenants } from "./open-sentryml.ts";

const path = "/v1/events/labels";
const headers = { "content-type": "application/x-ndjson" };

async function open() {
	const opened = await openSentryml();
	const send = (event_id: string, fields: object = {}, key = opened.key) =>
		opened.call("POST", "/v1/events/prediction", {
			json: { model_id: "m", score: 0.5, event_id, ...fields },
			key,
		});
	const label = async (labels: unknown[], key = opened.key) => {
		const { status, body } = await opened.call("POST", path, {
			raw: labels.map((item) => JSON.stringify(item)).join("\n"),
			headers,
			key,
		});
		expect(status).toBe(200);
		return body;
	};
	const stored = () =>
		opened.engine.predictions.store.connection
			.prepare("SELECT label FROM labels ORDER BY event_row")
			.pluck()
			.all();
	return { ...opened, send, label, stored };
}

const nothing = {
	accepted: 0,
	corrected: 0,
	duplicates: 0,
	rejected: 0,
	errors: [],
	model_ids: [],
};

describe("labels that arrive later", () => {
	test("join, repeat and correct", async () => {
		const { send, label, stored } = await open();
		await send("a");
		await send("b");
		expect(
			await label([
				{ event_id: "a", label: 1 },
				{ event_id: "b", label: false },
			]),
		).toEqual({ ...nothing, accepted: 2, model_ids: ["m"] });
		expect(await label([{ event_id: "a", label: "1" }])).toMatchObject({
			accepted: 1,
			duplicates: 1,
		});
		expect(await label([{ event_id: "a", label: 0 }])).toMatchObject({
			accepted: 1,
			corrected: 1,
		});
		expect(stored()).toEqual(["0", "false"]);
	});

	test("one that comes before its event is reported, and taken when sent again", async () => {
		const { send, label } = await open();
		expect(await label([{ event_id: "a", label: 1 }])).toEqual({
			...nothing,
			rejected: 1,
			errors: [
				{
					line: 1,
					code: "unknown_event",
					message: expect.stringContaining("a"),
				},
			],
		});
		await send("a");
		expect(await label([{ event_id: "a", label: 1 }])).toMatchObject({
			accepted: 1,
		});
	});

	test("one sent with the event may be corrected later", async () => {
		const { send, label, stored } = await open();
		await send("a", { label: "fraud" });
		expect(await label([{ event_id: "a", label: "honest" }])).toMatchObject({
			accepted: 1,
			corrected: 1,
		});
		expect(stored()).toEqual(["honest"]);
	});

	test("a model id narrows the search", async () => {
		const { send, label } = await open();
		await send("a");
		expect(
			await label([
				{ event_id: "a", label: 1, model_id: "other" },
				{ event_id: "a", label: 1, model_id: "m" },
			]),
		).toMatchObject({
			accepted: 1,
			rejected: 1,
			errors: [{ line: 1, code: "unknown_event" }],
		});
	});

	test.each([
		["event_id", { label: 1 }],
		["event_id", { event_id: 5, label: 1 }],
		["event_id", { event_id: "", label: 1 }],
		["label", { event_id: "a" }],
		["label", { event_id: "a", label: null }],
		["label", { event_id: "a", label: {} }],
		["label", { event_id: "a", label: "x".repeat(201) }],
		["model_id", { event_id: "a", label: 1, model_id: 3 }],
		["body", [1]],
		["body", "a"],
	])("a fault in %s is named: %j", async (field, item) => {
		const { send, label, stored } = await open();
		await send("a");
		expect(await label([item, { event_id: "a", label: 1 }])).toMatchObject({
			accepted: 1,
			rejected: 1,
			errors: [
				{ line: 1, code: "invalid", message: expect.stringContaining(field) },
			],
		});
		expect(stored()).toEqual(["1"]);
	});

	test("no infinite label, no broken line; the good ones between them stay", async () => {
		const { send, call, stored } = await open();
		await send("a");
		await send("b");
		const { body } = await call("POST", path, {
			raw: '{"event_id":"a","label":1e400}\n{\n\n{"event_id":"b","label":2}',
			headers,
		});
		expect(body).toMatchObject({
			accepted: 1,
			rejected: 2,
			errors: [
				{ line: 1, code: "invalid" },
				{ line: 2, code: "json_broken" },
			],
		});
		expect(stored()).toEqual(["2"]);
	});

	test("errors are told in the order of the lines", async () => {
		const { send, label } = await open();
		await send("a");
		const body = await label([
			{ event_id: "nobody", label: 1 },
			{ event_id: 5 },
			{ event_id: "a", label: 1 },
			{ event_id: "nobody", label: 1 },
		]);
		expect(body).toMatchObject({
			errors: [{ line: 1 }, { line: 2 }, { line: 4 }],
		});
	});

	test("another tenant's events cannot be labelled", async () => {
		const opened = await open();
		const { first, second } = await openTenants(opened);
		await opened.send("a", {}, first.key);
		expect(
			await opened.label([{ event_id: "a", label: 1 }], second.key),
		).toMatchObject({ accepted: 0, rejected: 1 });
		expect(opened.stored()).toEqual([]);
	});
});
