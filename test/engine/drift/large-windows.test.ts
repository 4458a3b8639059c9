// Windows too large to keep their values are compared from exact counters at fixed edges:
// PSI and its bins equal the exact ones bit for bit, KS is a lower bound that comes close,
// and a second assessment counts only the segments that are new.
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { ColumnReader } from "../../../src-main/engine/drift/column-reader.ts";
import {
	coarseCounts,
	decodeGrid,
	encodeGrid,
	makeGrid,
} from "../../../src-main/engine/drift/grid.ts";
import { assessLarge } from "../../../src-main/engine/drift/large-column.ts";
import { assessNumeric } from "../../../src-main/engine/drift/numeric-column.ts";
import {
	countIntoBins,
	mulberry32,
	sortSample,
} from "../../../src-main/engine/drift/statistics/index.ts";
import {
	checkPredictionEvent,
	PredictionsService,
} from "../../../src-main/engine/predictions/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);
const split = start + 72 * hour;
const end = start + 96 * hour;

function open() {
	const folder = temporaryFolder(onTestFinished);
	const service = new PredictionsService(join(folder, "predictions.db"), {
		...testPorts(end),
		publish: () => {},
	});
	onTestFinished(() => service.close());
	const random = mulberry32(5);
	const send = async (from: number, to: number, count: number) => {
		const waiting: Promise<unknown>[] = [];
		for (let index = 0; index < count; index++) {
			const at = from + Math.floor(random() * (to - from));
			const checked = checkPredictionEvent({
				model_id: "m",
				score: (random() + random()) / 2 + (at >= split ? 0.1 : 0),
				event_time: new Date(at).toISOString(),
			});
			if (checked.ok) waiting.push(service.ingest(1, checked.value));
		}
		await Promise.all(waiting);
	};
	const sides = async () => {
		const watermark = await service.sealer.sealAll();
		const model = service.model(1, "m");
		const [score] = service.columns(model);
		if (score === undefined) throw new Error("no score column");
		const reader = new ColumnReader(service.store.connection, 1, watermark);
		const side = (from: number, to: number) => {
			const segments = reader.segments(score.key, {
				window: { start: from, end: to },
				only: null,
				except: null,
				hoursOfWeek: null,
			});
			return {
				segments,
				rows: segments.reduce((sum, { count }) => sum + count, 0),
			};
		};
		const window = { start, end: split };
		const baseline = side(start, split);
		const current = side(split, end);
		return {
			model,
			segments: [...baseline.segments, ...current.segments].length,
			exact: () => assessNumeric(reader, score, baseline, current, 10),
			large: () => assessLarge(reader, score, window, baseline, current, 10),
		};
	};
	return { service, send, sides };
}

describe("a large window", () => {
	test("gives the PSI of the exact path, and a KS that is close from below", async () => {
		const { send, sides } = open();
		await send(start, end, 20_000);
		const { exact, large } = await sides();
		const byValue = exact();
		const byCounts = large().result;
		expect(byCounts.bins).toEqual(byValue.bins);
		expect(byCounts.psi).toEqual(byValue.psi);
		expect(byCounts.jensenShannon).toBe(byValue.jensenShannon);
		const [low, high] = [
			byCounts.ks?.statistic ?? 0,
			byValue.ks?.statistic ?? 0,
		];
		expect(low).toBeLessThanOrEqual(high);
		expect(low).toBeGreaterThan(high - 0.01);
		expect(byCounts.wasserstein?.distance).toBeCloseTo(
			byValue.wasserstein?.distance ?? 0,
			2,
		);
	});

	test("counts a segment once", async () => {
		const { service, send, sides } = open();
		await send(start, end, 5_000);
		const first = await sides();
		const { kept, result } = first.large();
		expect(kept.counts).toHaveLength(first.segments);
		service.keepCounters(first.model, [kept], end);
		const again = (await sides()).large();
		expect(again.kept).toMatchObject({ grid: null, counts: [] });
		expect(again.result).toEqual(result);
		await send(split, split + hour, 50);
		const later = (await sides()).large();
		expect(later.kept.counts).toHaveLength(1);
		expect(later.result.currentN).toBe(result.currentN + 50);
		expect(later.result.bins.edges).toEqual(result.bins.edges);
	});
});

describe("a grid", () => {
	const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
		minLength: 1,
		maxLength: 200,
	});

	test("adds its fine counts up to those at the PSI edges", () => {
		fc.assert(
			fc.property(
				values,
				values,
				fc.integer({ min: 2, max: 20 }),
				(before, after, bins) => {
					const grid = makeGrid(
						sortSample(Float64Array.from(before)).values,
						bins,
					);
					const sample = Float64Array.from(after);
					const fine = countIntoBins(sample, grid.fine).counts;
					expect(coarseCounts(grid, fine)).toEqual([
						...countIntoBins(sample, grid.psi).counts,
					]);
				},
			),
		);
	});

	test("comes back from storage as it was", () => {
		fc.assert(
			fc.property(values, (before) => {
				const grid = makeGrid(sortSample(Float64Array.from(before)).values, 10);
				expect(decodeGrid(encodeGrid(grid))).toEqual(grid);
			}),
		);
	});
});
