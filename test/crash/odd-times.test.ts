// What a machine does to an engine between and during its runs: its clock jumps, or a newer
// Tocsin has been at the files.
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openSentryml, testStart } from "../http/sentryml/open-sentryml.ts";

const hour = 3_600_000;
const single = "/v1/events/prediction";

test("a clock that jumps back an hour keeps everything working and in order", async () => {
	const opened = await openSentryml();
	const { call, ports, engine } = opened;
	const post = (event_id: string, fields: object = {}) =>
		call("POST", single, {
			json: { model_id: "m", score: 0.5, event_id, ...fields },
		});
	const first = await post("a");
	ports.clock.set(testStart - hour);
	// Known before the jump: the same event, at its own time.
	expect((await post("a")).body).toEqual(first.body);
	const early = await post("b");
	expect(early.body).toMatchObject({
		event_time: new Date(testStart - hour).toISOString(),
		ingested_at: new Date(testStart - hour).toISOString(),
	});
	// What had been the present is the future now, and clamped.
	const clamped = await post("c", {
		event_time: new Date(testStart).toISOString(),
	});
	expect(clamped.body).toMatchObject({
		event_time: new Date(testStart - hour).toISOString(),
	});
	expect((await call("GET", "/v1/models")).body).toMatchObject([
		{
			event_count: 3,
			first_seen_at: new Date(testStart - hour).toISOString(),
			last_seen_at: new Date(testStart).toISOString(),
		},
	]);
	const assessed = await call("POST", "/v1/models/m/drift");
	expect(assessed.status).toBe(200);
	expect(
		(await call("PUT", "/v1/models/m/monitor", { json: { min_samples: 2 } }))
			.status,
	).toBe(200);
	const changes = engine.services.incidents;
	const owner = engine.identity.localPrincipal();
	const made = await changes.create(owner, {
		title: "before",
		description: "",
		severity: 2,
		modelId: null,
	});
	ports.clock.set(testStart - 2 * hour);
	await changes.act(owner, {
		ids: [made.id],
		verb: { kind: "move", to: "acknowledged" },
	});
	const detail = await changes.get(owner, { id: made.id });
	expect(detail.timeline.map(({ kind }) => kind).length).toBeGreaterThan(1);
	expect((await changes.verify(owner, { id: made.id })).intact).toBe(true);
	const restarted = await opened.restart();
	expect((await restarted.call("GET", "/v1/models")).body).toMatchObject([
		{ event_count: 3 },
	]);
	expect(opened.logged).toEqual([]);
});

test("files of a newer Tocsin are read and never written", async () => {
	const opened = await openSentryml();
	const json = { model_id: "m", score: 0.5, event_id: "a" };
	await opened.call("POST", single, { json });
	await opened.close();
	for (const name of ["command.db", "predictions.db"]) {
		const database = new Database(join(opened.folder, name));
		database.pragma("user_version = 9999");
		database.close();
	}
	const newer = await openSentryml({ ...opened, key: opened.key });
	const { call, engine } = newer;
	expect(engine.status(engine.identity.localPrincipal()).readOnly).toBe(true);
	expect((await call("GET", "/v1/models")).body).toMatchObject([
		{ model_id: "m", event_count: 1 },
	]);
	expect((await call("GET", "/v1/models/m/drift")).status).toBe(200);
	expect((await call("GET", "/v1/incidents")).status).toBe(200);
	const lines = { "content-type": "application/x-ndjson" };
	const raw = JSON.stringify(json);
	for (const [method, path, options] of [
		["POST", single, { json }],
		["POST", "/v1/events/predictions", { raw, headers: lines }],
		["POST", "/v1/events/labels", { raw, headers: lines }],
		["POST", "/v1/models/m/drift", {}],
		["PUT", "/v1/models/m/monitor", { json: { min_samples: 2 } }],
	] as const) {
		const answer = await call(method, path, options);
		expect([path, answer.status, answer.body]).toEqual([
			path,
			503,
			{ detail: expect.stringContaining("newer Tocsin") },
		]);
		expect(answer.headers.get("retry-after")).not.toBeNull();
	}
	expect(newer.logged).toEqual([]);
});
