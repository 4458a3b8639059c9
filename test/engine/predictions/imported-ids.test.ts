// An id that a file brought is found from the commit of its row on: while its key waits in
// memory, when the index has it, and after the engine was killed in between.
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventIdKey } from "../../../src-main/engine/predictions/event-id.ts";
import { EventImporter } from "../../../src-main/engine/predictions/event-importer.ts";
import type { PackedRows } from "../../../src-main/engine/predictions/import-task.ts";
import { PredictionsService } from "../../../src-main/engine/predictions/index.ts";
import { KeyRows } from "../../../src-main/engine/predictions/key-rows.ts";
import {
	addRun,
	rowsInRun,
	type SortedRun,
} from "../../../src-main/engine/predictions/sorted-run.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

function open(path: string) {
	const ports = testPorts();
	const service = new PredictionsService(path, {
		...ports,
		publish: () => {},
	});
	const importer = new EventImporter(1, {
		store: service.store,
		models: service.models,
		writer: service.writer,
		ids: service.importedIds,
		clock: ports.clock,
	});
	return { service, importer };
}

function packed(ids: readonly string[]): PackedRows {
	const bodies = ids.map((id) => Buffer.from(JSON.stringify({ i: id })));
	let end = 0;
	return {
		count: ids.length,
		lines: Float64Array.from(ids, (_, index) => index + 1),
		eventTime: new Float64Array(ids.length).fill(1_000),
		score: new Float64Array(ids.length).fill(0.5),
		idKey: Float64Array.from(ids, eventIdKey),
		isRepeated: new Uint8Array(ids.length),
		model: { dictionary: ["fraud"], codes: new Int32Array(ids.length) },
		label: null,
		bodies: new Uint8Array(Buffer.concat(bodies)),
		bodyEnds: Uint32Array.from(bodies, (body) => {
			end += body.length;
			return end;
		}),
		rejected: [],
		bytesRead: end,
	};
}

const some = ["a", "b", "c", "019b76da-a800-7000-8000-000000000000"];

describe("ids of imported rows", () => {
	test("are found before and after they are in the index", async () => {
		const { service, importer } = open(
			join(temporaryFolder(onTestFinished), "predictions.db"),
		);
		onTestFinished(() => service.close());
		importer.add(packed(some));
		const waiting = some.map(
			(id) => service.writer.find(1, id, "fraud")?.row.row,
		);
		await importer.end();
		const indexed = some.map(
			(id) => service.writer.find(1, id, "fraud")?.row.row,
		);
		expect([waiting, indexed]).toEqual([
			[1, 2, 3, 4],
			[1, 2, 3, 4],
		]);
		expect(service.writer.find(1, "d", "fraud")).toBeNull();
		expect(service.writer.find(2, "a", "fraud")).toBeNull();
	});

	test("are found by the next engine when this one was killed first", () => {
		const path = join(temporaryFolder(onTestFinished), "predictions.db");
		const killed = open(path);
		killed.importer.add(packed(some));
		killed.service.store.close();
		const { service, importer } = open(path);
		onTestFinished(() => service.close());
		expect(service.importedIds.unindexed(eventIdKey("a"))).toEqual([]);
		expect(
			some.map((id) => service.writer.find(1, id, "fraud")?.row.row),
		).toEqual([1, 2, 3, 4]);
		expect(importer.add(packed(["c", "e"]))).toMatchObject({
			accepted: 1,
			duplicates: 1,
		});
	});

	test("of a batch that was rolled back are not there", () => {
		const { service, importer } = open(
			join(temporaryFolder(onTestFinished), "predictions.db"),
		);
		onTestFinished(() => service.close());
		importer.add(packed(["a"]));
		const broken = packed(["b", "c"]);
		broken.score[1] = Number.NaN;
		expect(() => importer.add(broken)).toThrow();
		expect(service.importedIds.unindexed(eventIdKey("a"))).toEqual([1]);
		expect(service.importedIds.unindexed(eventIdKey("b"))).toEqual([]);
	});
});

test("rows by key are those of a list that is searched", () => {
	const key = fc.oneof(
		fc.integer({ min: 0, max: 5 }),
		fc.maxSafeNat(),
		fc.constant(2 ** 53 - 1),
	);
	fc.assert(
		fc.property(fc.array(key, { maxLength: 3_000 }), (keys) => {
			const rows = new KeyRows();
			for (const [row, added] of keys.entries()) rows.add(added, row);
			const sorted = rows.sorted();
			expect([...sorted.keys]).toEqual([...keys].sort((a, b) => a - b));
			expect([...sorted.rows].map((row) => keys[row])).toEqual([
				...sorted.keys,
			]);
			expect(new Set(sorted.rows).size).toBe(keys.length);
			for (const sought of [...keys.slice(0, 20), 6, 7]) {
				expect(rows.rowsOf(sought).sort((a, b) => a - b)).toEqual(
					keys.flatMap((added, row) => (added === sought ? [row] : [])),
				);
			}
		}),
		{ numRuns: 60 },
	);
});

test("merged runs hold every key with its row", () => {
	const some = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
	fc.assert(
		fc.property(fc.array(some, { maxLength: 12 }), (batches) => {
			const runs: SortedRun[] = [];
			const all: [number, number][] = [];
			for (const keys of batches) {
				const batch = new KeyRows();
				for (const key of keys) {
					batch.add(key, all.length);
					all.push([key, all.length]);
				}
				addRun(runs, batch.sorted());
			}
			for (let key = 0; key <= 51; key++) {
				const found = runs.flatMap((run) => rowsInRun(run, key));
				expect(found.sort((a, b) => a - b)).toEqual(
					all.flatMap(([each, row]) => (each === key ? [row] : [])),
				);
			}
		}),
		{ numRuns: 200 },
	);
});
