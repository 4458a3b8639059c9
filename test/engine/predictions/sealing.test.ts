// Sealing comes past whatever it meets: an event whose body is damaged costs its features
// alone, a range that is too much for a thread is cut, and one that broke off midway is
// sealed once all the same. What another model stored is not held up.
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
	checkPredictionEvent,
	PredictionsService,
} from "../../../src-main/engine/predictions/index.ts";
import { failCommits } from "../failing-commit.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);

/** @param fewer no thread takes more rows than these at once */
async function open(count: number, fewer = Number.POSITIVE_INFINITY) {
	const ports = testPorts();
	const logged: unknown[] = [];
	const refused: number[] = [];
	const path = join(temporaryFolder(onTestFinished), "predictions.db");
	const service = new PredictionsService(path, {
		...ports,
		log: { ...ports.log, error: (fields) => logged.push(fields) },
		compute: {
			...ports.compute,
			run: (name, input, options) => {
				const rows =
					"afterRow" in input ? input.toRow - input.afterRow : Number.NaN;
				if (rows <= fewer) return ports.compute.run(name, input, options);
				refused.push(rows);
				return Promise.reject(new Error("A compute thread ended"));
			},
		},
		publish: () => {},
	});
	onTestFinished(() => service.close());
	await Promise.all(
		Array.from({ length: count }, (_, index) => {
			const checked = checkPredictionEvent({
				model_id: index % 2 === 0 ? "even" : "odd",
				score: 0.5,
				event_time: new Date(start + index * hour).toISOString(),
				features: { amount: index, country: "DE" },
			});
			if (!checked.ok) throw new Error("not an event");
			return service.ingest(1, checked.value);
		}),
	);
	const sealed = () =>
		service.store.connection
			.prepare(
				"SELECT c.name, count(*) AS segments, sum(s.count) AS count, sum(s.missing) AS missing FROM segments s JOIN columns c ON c.key = s.column_key GROUP BY c.name ORDER BY c.name",
			)
			.all();
	return { service, sealed, logged, refused };
}

test("a damaged body costs the features of its event alone", async () => {
	const { service, sealed, logged } = await open(6);
	service.store.connection.exec("UPDATE events SET body = '{' WHERE row = 3");
	expect(await service.sealer.sealAll()).toBe(6);
	expect(sealed()).toEqual([
		{ name: "amount", segments: 5, count: 5, missing: 0 },
		{ name: "country", segments: 5, count: 5, missing: 0 },
		{ name: "score", segments: 6, count: 6, missing: 0 },
	]);
	expect(logged).toEqual([
		{ row: 3, modelKey: 1, fault: expect.stringContaining("JSON") },
	]);
});

test("a range that no thread can take is cut", async () => {
	const { service, sealed, refused } = await open(5_000, 4_000);
	expect(await service.sealer.sealAll()).toBe(5_000);
	expect(refused).toEqual([5_000, 5_000]);
	expect(sealed()).toMatchObject([
		{ name: "amount", count: 5_000 },
		{ name: "country", count: 5_000 },
		{ name: "score", count: 5_000 },
	]);
});

test("what cannot be cut further is a fault, and nothing is passed over", async () => {
	const { service } = await open(50, 0);
	await expect(service.sealer.sealAll()).rejects.toThrow("thread ended");
	expect(service.sealer.sealedRow).toBe(0);
});

test("a range that broke off before its mark is sealed once", async () => {
	const { service, sealed } = await open(200);
	const mend = failCommits(service.store.connection, "UPDATE ON sealing");
	await expect(service.sealer.sealAll()).rejects.toThrow();
	expect(service.sealer.sealedRow).toBe(0);
	mend();
	expect(await service.sealer.sealAll()).toBe(200);
	expect(sealed()).toEqual([
		{ name: "amount", segments: 200, count: 200, missing: 0 },
		{ name: "country", segments: 200, count: 200, missing: 0 },
		{ name: "score", segments: 200, count: 200, missing: 0 },
	]);
});
