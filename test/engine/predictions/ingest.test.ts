// An event that was acknowledged is stored once, under its own tenant, and an event id
// never makes a second row; a resent one with other content names what differs.
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
	checkPredictionEvent,
	PredictionsService,
} from "../../../src-main/engine/predictions/index.ts";
import { LabelIngest } from "../../../src-main/engine/predictions/labels.ts";
import type { PredictionEvent } from "../../../src-main/engine/predictions/prediction-event.ts";
import { failCommits } from "../failing-commit.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

function open() {
	const ports = testPorts();
	const folder = temporaryFolder(onTestFinished);
	const service = new PredictionsService(join(folder, "predictions.db"), {
		...ports,
		publish: () => {},
	});
	const told: string[] = [];
	service.onArrival((models) =>
		told.push(...models.map(({ modelId }) => modelId)),
	);
	onTestFinished(() => service.close());
	return { service, ports, told };
}

function event(fields: Record<string, unknown>): PredictionEvent {
	const checked = checkPredictionEvent({
		model_id: "fraud",
		score: 0.5,
		...fields,
	});
	if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
	return checked.value;
}

describe("ingest", () => {
	test("stores events of one turn in one commit and counts them", async () => {
		const { service } = open();
		const outcomes = await Promise.all(
			Array.from({ length: 50 }, (_, index) =>
				service.ingest(1, event({ score: index / 50 })),
			),
		);
		expect(outcomes.every(({ kind }) => kind === "stored")).toBe(true);
		expect(service.model(1, "fraud").eventCount).toBe(50);
	});

	test("answers a repeated id with the stored event", async () => {
		const { service, ports } = open();
		const sent = event({ event_id: "e-1", features: { amount: 3, vip: true } });
		const first = await service.ingest(1, sent);
		ports.clock.set(ports.clock.now() + 60_000);
		const again = await service.ingest(1, sent);
		expect(first.kind).toBe("stored");
		expect(again).toEqual({ ...first, kind: "repeated" });
		expect(service.model(1, "fraud").eventCount).toBe(1);
	});

	test.each([
		["score", { score: 0.6 }],
		["prediction", { prediction: "deny" }],
		["features", { features: { amount: 4 } }],
		["event_time", { event_time: "2026-01-01T00:00:00Z" }],
		["entity_id", { entity_id: "u2" }],
		["label", { label: 1 }],
		["model_version", { model_version: "2" }],
		["model_id", { model_id: "other" }],
	])("refuses a repeated id with another %s", async (field, change) => {
		const { service } = open();
		await service.ingest(1, event({ event_id: "e-1" }));
		const outcome = await service.ingest(
			1,
			event({ event_id: "e-1", ...change }),
		);
		expect(outcome).toEqual({
			kind: "conflict",
			eventId: "e-1",
			fields: [field],
		});
	});

	test("knows an id that comes twice in one turn, and keeps ids apart whose keys are equal", async () => {
		const { service } = open();
		const [one, other] = [0, 1].map((last) =>
			event({ event_id: `019b76da-a800-7000-8000-00000000000${last}` }),
		);
		const sent = [one, one, other].map((each) =>
			service.ingest(1, each ?? event({})),
		);
		expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual([
			"stored",
			"repeated",
			"stored",
		]);
		expect(service.model(1, "fraud").eventCount).toBe(2);
	});

	test("keeps equal ids of two tenants apart", async () => {
		const { service } = open();
		await service.ingest(1, event({ event_id: "e-1" }));
		const outcome = await service.ingest(
			2,
			event({ event_id: "e-1", score: 1 }),
		);
		expect(outcome.kind).toBe("stored");
	});

	test("clamps an event time in the future to now", async () => {
		const { service, ports } = open();
		const sent = event({ event_id: "f", event_time: "2027-01-01T00:00:00Z" });
		const outcome = await service.ingest(1, sent);
		expect(outcome).toMatchObject({ event: { eventTime: ports.clock.now() } });
		ports.clock.set(ports.clock.now() + 1_000);
		expect((await service.ingest(1, sent)).kind).toBe("repeated");
	});

	test("a failed commit refuses its events and leaves the counters as they are on disk", async () => {
		const { service } = open();
		await service.ingest(1, event({}));
		service.store.connection.pragma("max_page_count = 1");
		const big = event({ features: { text: "x".repeat(1_000) } });
		const outcomes = await Promise.allSettled(
			Array.from({ length: 900 }, () => service.ingest(1, big)),
		);
		expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
		expect(outcomes[0]).toMatchObject({ reason: { code: "STORAGE_FULL" } });
		expect(service.model(1, "fraud").eventCount).toBe(1);
		expect(
			service.store.connection
				.prepare("SELECT count(*) FROM events")
				.pluck()
				.get(),
		).toBe(1);
	});
});

describe("events whose commit fails", () => {
	test("are refused, not counted, and stored when they are sent again", async () => {
		const { service, told } = open();
		await service.ingest(1, event({ event_id: "before" }));
		told.length = 0;
		const mend = failCommits(service.store.connection, "INSERT ON events");
		const sent = ["a", "b"].map((event_id) => event({ event_id }));
		const other = event({ event_id: "c", model_id: "never-seen" });
		const outcomes = await Promise.allSettled(
			[...sent, other].map((one) => service.ingest(1, one)),
		);
		expect(outcomes.map(({ status }) => status)).toEqual(
			Array(3).fill("rejected"),
		);
		expect(service.writeFault).not.toBeNull();
		expect(told).toEqual([]);
		expect(service.model(1, "fraud").eventCount).toBe(1);
		expect(service.models.find(1, "never-seen")).toBeUndefined();
		expect(service.writer.find(1, "a", "fraud")).toBeNull();
		mend();
		expect(
			await Promise.all(sent.map((one) => service.ingest(1, one))),
		).toMatchObject([{ kind: "stored" }, { kind: "stored" }]);
		expect(service.model(1, "fraud").eventCount).toBe(3);
		expect(service.writeFault).toBeNull();
		expect(told).toEqual(["fraud"]);
	});

	test("are not acknowledged while the commit has not begun", async () => {
		const { service } = open();
		const { connection } = service.store;
		const stored = () =>
			connection.prepare("SELECT count(*) FROM events").pluck().get();
		const outcome = service.ingest(1, event({})).then(() => ({
			count: stored(),
			isInTransaction: connection.inTransaction,
		}));
		expect(stored()).toBe(0);
		expect(await outcome).toEqual({ count: 1, isInTransaction: false });
	});

	test("leave labels unreported", async () => {
		const { service, ports } = open();
		await service.ingest(1, event({ event_id: "a" }));
		const labels = new LabelIngest(1, {
			store: service.store,
			writer: service.writer,
			clock: ports.clock,
		});
		const items = [{ line: 1, value: { event_id: "a", label: 1 } }];
		const mend = failCommits(service.store.connection, "INSERT ON labels");
		expect(() => labels.add(items)).toThrow();
		expect(labels.report).toMatchObject({ accepted: 0, rejected: 0 });
		expect(labels.report.modelIds.size).toBe(0);
		mend();
		labels.add(items);
		expect(labels.report).toMatchObject({ accepted: 1, duplicates: 0 });
	});
});

describe("sealing", () => {
	test("packs every value once, by column and hour of the event", async () => {
		const { service } = open();
		const hour = Date.UTC(2026, 0, 10, 5);
		await Promise.all(
			[0, 1, 2].map((index) =>
				service.ingest(
					1,
					event({
						score: index,
						event_time: new Date(hour + index * 1_800_000).toISOString(),
						features: { amount: index === 1 ? null : index, country: "DE" },
					}),
				),
			),
		);
		expect(await service.sealer.sealAll()).toBe(3);
		expect(await service.sealer.sealAll()).toBe(3);
		const rows = service.store.connection
			.prepare(
				"SELECT c.name, s.hour, s.count, s.missing FROM segments s JOIN columns c ON c.key = s.column_key ORDER BY c.name, s.hour",
			)
			.all();
		const at = hour / 3_600_000;
		expect(rows).toEqual([
			{ name: "amount", hour: at, count: 1, missing: 1 },
			{ name: "amount", hour: at + 1, count: 1, missing: 0 },
			{ name: "country", hour: at, count: 2, missing: 0 },
			{ name: "country", hour: at + 1, count: 1, missing: 0 },
			{ name: "score", hour: at, count: 2, missing: 0 },
			{ name: "score", hour: at + 1, count: 1, missing: 0 },
		]);
	});
});
