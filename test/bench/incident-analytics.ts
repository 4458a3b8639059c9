/** What a page of analytics takes over 100,000 incidents of a year, beside the least that SQLite can do: counting the same rows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createEngine } from "../../src-main/engine/engine.ts";
import { testPorts } from "../engine/test-ports.ts";

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
const changed: Readonly<Record<string, string>> = {
	id: "'bench-' || n",
	number: "1000 + n",
	severity: "1 + n % 5",
	service_name: "CASE n % 41 WHEN 0 THEN NULL ELSE 'service-' || (n % 41) END",
	state: "CASE n % 7 WHEN 0 THEN 'detected' ELSE 'resolved' END",
	opened_at: `opened_at + (n * 7919) % ${year / 1_000} * 1000`,
	acknowledged_at: `CASE n % 7 WHEN 0 THEN NULL ELSE opened_at + (n * 7919) % ${year / 1_000} * 1000 + (n * 31) % 900000 END`,
	resolved_at: `CASE n % 7 WHEN 0 THEN NULL ELSE opened_at + (n * 7919) % ${year / 1_000} * 1000 + (n * 37) % 9000000 END`,
};
const columns = (database.pragma("table_info(incidents)") as { name: string }[])
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

function median(work: () => unknown): number {
	const times = Array.from({ length: 7 }, () => {
		const began = performance.now();
		work();
		return performance.now() - began;
	});
	return times.toSorted((a, b) => a - b)[3] ?? 0;
}

const counted = page().total;
const millis = median(page);
const least = median(() => bare.get(by.tenant.key, from, from + year));
console.info(
	`analytics of ${counted} incidents: ${millis.toFixed(1)} ms, ${(millis / least).toFixed(1)} times a bare count of the same rows (${least.toFixed(1)} ms)`,
);
database.close();
await engine.close();
rmSync(folder, { recursive: true, force: true });
