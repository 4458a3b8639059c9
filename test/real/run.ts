/*
 * The system's own Prometheus and Alertmanager, with real rules over a metric of this
 * program's, and an engine between them: intake, polling, silence, reconciling, backfill
 * and resolve from end to end, and how long an alert takes to be seen.
 *
 * npm run test:real
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./programs.ts";
import { proveMonitoring } from "./prove-monitoring.ts";

const prometheus = findProgram("prometheus");
const alertmanager = findProgram("prometheus-alertmanager", "alertmanager");
const missing = [
	prometheus === null ? "prometheus" : null,
	alertmanager === null ? "prometheus-alertmanager" : null,
].filter((name) => name !== null);
if (prometheus === null || alertmanager === null) {
	process.stderr.write(
		`Missing: ${missing.join(", ")}. On Debian: apt-get install -y --no-install-recommends ${missing.join(" ")}\n`,
	);
	process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "tocsin-real-"));
try {
	await proveMonitoring({ prometheus, alertmanager, folder });
	process.stdout.write("all holds\n");
} catch (error) {
	process.stderr.write(
		`FAILED: ${error instanceof Error ? error.message : String(error)}\n`,
	);
	process.exitCode = 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
