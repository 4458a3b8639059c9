/*
 * While no model server is set, and no monitoring system with an address of its own,
 * nothing leaves the machine: an engine that opens incidents, explains them, takes an
 * alert in by webhook, counts, and serves its pages is run in a process of its own under
 * a network that refuses and counts every connection, datagram and name that is not of
 * the machine itself. The counter is first shown to count.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = join(import.meta.dirname, "quiet-engine.ts");

async function counted(...flags: string[]) {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		["--disable-warning=ExperimentalWarning", script, ...flags],
		{ timeout: 60_000 },
	);
	return JSON.parse(stdout) as {
		refused: string[];
		own: number;
		pages: number[];
		alerted: number;
		alerts: number;
		explained: number[];
	};
}

test("the counter counts", async () => {
	const { refused, own } = await counted("--self-test");
	expect(own).toBe(0);
	expect(refused).toEqual([
		"a connection to 192.0.2.1",
		expect.stringMatching(/tocsin\.example/),
		"resolve of tocsin.example",
		"a connection to 198.51.100.1",
		"a datagram",
	]);
}, 60_000);

test("nothing leaves the machine", async () => {
	const { refused, own, pages, alerted, alerts, explained } = await counted();
	expect({ refused, alerted, alerts }).toEqual({
		refused: [],
		alerted: 202,
		alerts: 1,
	});
	expect(explained.every((count) => count > 0)).toBe(true);
	expect(pages).toContain(200);
	expect(own).toBeGreaterThan(0);
}, 60_000);
