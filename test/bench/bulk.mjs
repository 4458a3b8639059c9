/*
 * Bulk NDJSON over HTTP, beside plain prepared inserts of the same rows: one row a statement,
 * 1,000 a transaction, into the same schema with the same pragmas (WAL, synchronous=FULL), in
 * a process that does nothing else. Once with ids that the engine makes, once with ids of the
 * sender, which the engine has to look for first. Runs alternate, the best of each counts.
 * Fails below 0.4 of the plain inserts' speed.
 *
 * node test/bench/bulk.mjs [--rows 200000] [--rounds 5]
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { mulberry32 } from "../../src-main/engine/drift/statistics/index.ts";
import { encodeEventBody } from "../../src-main/engine/predictions/event-body.ts";
import { eventIdKey } from "../../src-main/engine/predictions/event-id.ts";
import { checkPredictionEvent } from "../../src-main/engine/predictions/index.ts";
import { openPredictionsStore } from "../../src-main/engine/store/index.ts";
import { systemRandom } from "../../src-main/entry/real-ports.ts";
import { createKey, inTemporaryFolder, serveTocsin } from "./command-line.mjs";
import { numberFlag, report } from "./verdict.mjs";

const wanted = 0.4;
const rows = numberFlag("rows", 200_000);
const rounds = numberFlag("rounds", 5);
const rowsPerTransaction = 1_000;
const quiet = () => {};
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

function makeEvents(round, withIds) {
	const random = mulberry32(round + 1);
	const start = Date.UTC(2026, 0, 1);
	return Array.from({ length: rows }, () => ({
		model_id: "bench",
		score: random(),
		...(withIds ? { event_id: randomUUID() } : {}),
		event_time: new Date(start + Math.floor(random() * 2_592e6)).toISOString(),
		prediction: random() > 0.5 ? "deny" : "allow",
		features: { amount: Math.round(random() * 1e5) / 100, country: "DE" },
	}));
}

/** Seconds that the plain inserts of these events take. */
function insertPlainly(path, events) {
	const now = Date.now();
	const values = events.map((event) => {
		const checked = checkPredictionEvent(event).value;
		const id = checked.eventId ?? systemRandom.uuid();
		const body = encodeEventBody(checked, id, now);
		return [1, 1, checked.eventTime, now, checked.score, eventIdKey(id), body];
	});
	const store = openPredictionsStore(path, log);
	const { connection } = store;
	const insert = connection.prepare(
		"INSERT INTO events (tenant_id, model_key, event_time, ingested_at, score, id_key, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
	);
	const insertMany = connection.transaction((from) => {
		const end = Math.min(values.length, from + rowsPerTransaction);
		for (let row = from; row < end; row++) insert.run(values[row]);
	});
	const started = performance.now();
	for (let from = 0; from < values.length; from += rowsPerTransaction) {
		insertMany(from);
	}
	const seconds = (performance.now() - started) / 1000;
	store.close();
	return seconds;
}

/** Seconds until the engine answered for all of them. */
async function post(api, key, events) {
	const body = `${events.map((event) => JSON.stringify(event)).join("\n")}\n`;
	const started = performance.now();
	const response = await fetch(`${api}/v1/events/predictions`, {
		method: "POST",
		headers: { "content-type": "application/x-ndjson", "x-api-key": key },
		body,
	});
	const answer = await response.json();
	const seconds = (performance.now() - started) / 1000;
	if (answer.accepted !== rows) throw new Error(JSON.stringify(answer));
	return seconds;
}

async function compare(folder, name, withIds) {
	const data = join(folder, `data-${name}`);
	const key = await createKey(folder, data);
	const tocsin = await serveTocsin(data);
	const plain = [];
	const posted = [];
	try {
		for (let round = 0; round < rounds; round++) {
			const events = makeEvents(round, withIds);
			plain.push(insertPlainly(join(folder, `${name}-plain.db`), events));
			posted.push(await post(tocsin.api, key, events));
		}
	} finally {
		await tocsin.stop();
	}
	const plainRate = rows / Math.min(...plain);
	const rate = rows / Math.min(...posted);
	report({
		name: `bulk, ${name}`,
		figure: `${rate.toFixed(0)} rows/s`,
		yardstick: `plain inserts ${plainRate.toFixed(0)} rows/s`,
		ratio: `${(rate / plainRate).toFixed(2)}x`,
		target: `at least ${wanted}x`,
		holds: rate >= wanted * plainRate,
	});
}

await inTemporaryFolder(async (folder) => {
	await compare(folder, "ids made by the engine", false);
	await compare(folder, "ids of the sender", true);
});
