import fc from "fast-check";
import { expect, test } from "vitest";
import { openWorkspace } from "../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../src-renderer/transport/connect-engine.ts";
import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import { severityRanks } from "../../src-shared/domain/severity.ts";
import { FakeEngine } from "./fake-engine.ts";
import { incident } from "./fake-incidents.ts";
import { until } from "./settle.ts";

/*
 * Whatever happens in the engine while the pages are on their way, and however the connection
 * breaks, the window ends with exactly the engine's incidents, in their newest versions.
 */

function history(count: number): IncidentSummary[] {
	return Array.from({ length: count }, (_, index) =>
		incident({ id: `i${index + 1}`, number: index + 1 }),
	);
}

function byId(rows: Iterable<IncidentSummary>): IncidentSummary[] {
	return [...rows].sort((a, b) => a.number - b.number);
}

function versions(rows: Iterable<IncidentSummary>): string {
	return byId(rows)
		.map((row) => `${row.id} ${row.version}`)
		.join();
}

const happening = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant("change" as const),
			pick: fc.nat(),
			severity: fc.constantFrom(...severityRanks),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant("open" as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("resync" as const) }) },
);

function happen(
	engine: FakeEngine,
	event: {
		kind: "change" | "open" | "cut" | "resync";
		pick?: number;
		severity?: IncidentSummary["severity"];
	},
): void {
	const { incidents } = engine;
	const rows = [...incidents.rows.values()];
	if (event.kind === "open") {
		const number = rows.length + 1;
		incidents.write(incident({ id: `i${number}`, number }));
	} else if (event.kind === "change") {
		const row = rows[(event.pick ?? 0) % rows.length];
		if (row) incidents.write({ ...row, severity: event.severity ?? 1 });
	} else if (event.kind === "resync") incidents.publish({ kind: "resync" });
	else engine.cut();
}

test("pages and live changes converge to the engine's state in any interleaving", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(1_300),
			fc.array(fc.tuple(happening, fc.nat(3)), { maxLength: 14 }),
			async (size, events) => {
				const engine = new FakeEngine({ incidents: history(size) });
				const queue = [...events];
				// Some of it happens between the pages, the rest after them.
				engine.beforePage = async () => {
					const next = queue.shift();
					if (next !== undefined && next[0].kind !== "cut") {
						happen(engine, next[0]);
					} else if (next !== undefined) queue.unshift(next);
				};
				const workspace = openWorkspace(connectEngine(() => engine.open()));
				try {
					await until("a connection", () => {
						return workspace.connection.state.getState().kind === "open";
					});
					while (queue.length > 0) {
						const next = queue.shift();
						if (next === undefined) break;
						happen(engine, next[0]);
						await new Promise((resolve) => setTimeout(resolve, next[1]));
						workspace.connection.retry();
					}
					await until("the window to know what the engine knows", () => {
						workspace.connection.retry();
						return (
							workspace.feed.progress.getState().done &&
							versions(workspace.incidents.all()) ===
								versions(engine.incidents.rows.values())
						);
					});
					expect(byId(workspace.incidents.all())).toEqual(
						byId(engine.incidents.rows.values()),
					);
				} finally {
					workspace.close();
					engine.cut();
				}
			},
		),
		{ numRuns: 25 },
	);
}, 120_000);

test("an older copy never replaces a newer one", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record({ id: fc.constantFrom("a", "b"), version: fc.nat(9) }),
			),
			(copies) => {
				const engine = new FakeEngine();
				const workspace = openWorkspace(connectEngine(() => engine.open()));
				for (const copy of copies) {
					workspace.incidents.apply([incident({ ...copy, number: 1 })]);
				}
				for (const id of ["a", "b"]) {
					const versions = copies
						.filter((copy) => copy.id === id)
						.map((copy) => copy.version);
					expect(workspace.incidents.get(id)?.version).toBe(
						versions.length === 0 ? undefined : Math.max(...versions),
					);
				}
				workspace.close();
				engine.cut();
			},
		),
		{ numRuns: 50 },
	);
});

test("tells of what came in live, and not of what was loaded", async () => {
	const engine = new FakeEngine({ incidents: history(3) });
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	const arrived: number[] = [];
	workspace.feed.onArrival((rows) =>
		arrived.push(...rows.map((row) => row.number)),
	);
	await until("the list", () => workspace.feed.progress.getState().done);
	// The subscription follows the first page; what happens in between is replayed.
	engine.incidents.write(incident({ id: "i4", number: 4 }));
	await until("the arrival", () => arrived.length > 0);
	expect(arrived).toEqual([4]);
	workspace.close();
	engine.cut();
});

test("counts what came in after the pages", async () => {
	const engine = new FakeEngine({ incidents: [] });
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	const total = () => workspace.feed.progress.getState().total;
	await until("the list", () => workspace.feed.progress.getState().done);
	expect(total()).toBe(0);
	for (const row of history(6)) engine.incidents.write(row);
	await until("the arrivals", () => workspace.incidents.size === 6);
	expect(total()).toBe(6);
	workspace.close();
	engine.cut();
});
