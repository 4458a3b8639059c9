/*
 * What a page of analytics takes over 100,000 incidents of a year, beside the least that SQLite
 * can do: counting the same rows. Fails above a second.
 *
 * node test/bench/incident-analytics.mjs
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createEngine } from "../../src-main/engine/engine.ts";
import { testPorts } from "../engine/test-ports.ts";
import { median, report } from "./verdict.mjs";

const incidents = 100_000;
const year = 366 * 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "tocsin-analytics-"));
const engine = await createEngine(
	{ dataDirectory: folder, version: "bench" },
	testPorts(Date.UTC(2026, 0, 1)),
);
const by = engine.identity.localPrincipal();
engine.insight.pauseRefreshing();
engine.incidents.open(by, {
	title: "The first",
	description: "",
	severity: 2,
	modelId: null,
});
const database = new Database(join(folder, "command.db"));
const changed = {
	id: "'bench-' || n",
	number: "1000 + n",
	severity: "1 + n % 5",
	service_name: "CASE n % 41 WHEN 0 THEN NULL ELSE 'service-' || (n % 41) END",
	state: "CASE n % 7 WHEN 0 THEN 'detected' ELSE 'resolved' END",
	opened_at: `opened_at + (n * 7919) % ${year / 1_000} * 1000`,
	acknowledged_at: `CASE n % 7 WHEN 0 THEN NULL ELSE opened_at + (n * 7919) % ${year / 1_000} * 1000 + (n * 31) % 900000 END`,
	resolved_at: `CASE n % 7 WHEN 0 THEN NULL ELSE opened_at + (n * 7919) % ${year / 1_000} * 1000 + (n * 37) % 9000000 END`,
};
const columns = database
	.pragma("table_info(incidents)")
	.map(({ name }) => name)
	.filter((name) => name !== "key");
database.exec(`
	WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${incidents})
	INSERT INTO incidents (${columns.join(", ")})
	SELECT ${columns.map((name) => changed[name] ?? name).join(", ")}
	FROM counter, (SELECT * FROM incidents LIMIT 1)`);
const from = Date.UTC(2026, 0, 1);
const bare = database.prepare(
	"SELECT count(*) AS count FROM incidents WHERE tenant_id = ? AND opened_at >= ? AND opened_at < ?",
);
const page = () =>
	engine.analytics.incidents(by.tenant.key, {
		projectId: engine.identity.projects.firstId(by.tenant.key),
		from,
		to: from + year,
		timeZone: "Europe/Berlin",
	});

/** The median of seven, in milliseconds. */
function took(work) {
	return median(
		Array.from({ length: 7 }, () => {
			const began = performance.now();
			work();
			return performance.now() - began;
		}),
	);
}

const counted = page().total;
const millis = took(page);
const least = took(() => bare.get(by.tenant.key, from, from + year));
report({
	name: `analytics of ${counted} incidents`,
	figure: `${millis.toFixed(0)} ms, in the middle of seven`,
	yardstick: `${least.toFixed(1)} ms for a bare count of the same rows`,
	ratio: `${(millis / least).toFixed(0)} times the count`,
	target: "at most 1,000 ms",
	holds: millis <= 1_000,
});
database.close();
await engine.close();
rmSync(folder, { recursive: true, force: true });
