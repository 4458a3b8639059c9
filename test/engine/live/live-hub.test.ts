// A window is told the newest state of everything that changed, once per gathering; how
// slow it is costs neither the publisher time nor the engine memory.
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LiveHub } from "../../../src-main/engine/live/index.ts";
import type { LiveFeed } from "../../../src-main/engine/live/live-hub.ts";
import { PendingChanges } from "../../../src-main/engine/live/pending-changes.ts";
import type {
	IncidentSummary,
	LiveChange,
} from "../../../src-shared/contract/index.ts";

function summary(id: string, version: number): IncidentSummary {
	return {
		id,
		number: 1,
		title: id,
		state: "detected",
		severity: 3,
		source: "person",
		modelId: null,
		metric: null,
		value: null,
		ownerId: null,
		ownerName: null,
		isHistory: false,
		openedAt: 0,
		updatedAt: version,
		acknowledgedAt: null,
		mitigatedAt: null,
		resolvedAt: null,
		closedAt: null,
		driftId: null,
		projectId: null,
		version,
	};
}

function incidents(sequence: number, ...items: [string, number][]): LiveChange {
	return {
		kind: "incidents",
		items: items.map(([id, version]) => summary(id, version)),
		sequence,
	};
}

function models(modelId: string, eventCount: number): LiveChange {
	return { kind: "models", items: [{ modelId, eventCount, lastSeenAt: 0 }] };
}

test("a window holds as many ids as it may, and loads again with one more", () => {
	const pending = new PendingChanges(2);
	pending.add({ kind: "timeline", incidentIds: ["a", "b"] });
	expect(pending.drain()).toEqual([
		{ kind: "timeline", incidentIds: ["a", "b"] },
	]);
	pending.add({ kind: "timeline", incidentIds: ["a", "b"] });
	pending.add({ kind: "jobs", jobIds: ["c"] });
	expect(pending.drain()).toEqual([{ kind: "resync" }]);
	expect(pending.isEmpty).toBe(true);
});

test("every kind of change reaches a window, each once", () => {
	const all: LiveChange[] = [
		incidents(1, ["a", 1]),
		{ kind: "timeline", incidentIds: ["a"] },
		{ kind: "drift", modelIds: ["m"] },
		models("m", 1),
		{ kind: "jobs", jobIds: ["j"] },
		{ kind: "hypotheses", incidentIds: ["a"] },
		{ kind: "actions", actionIds: ["x"], incidentIds: ["a"] },
		{ kind: "webhooks" },
		{ kind: "alerts" },
		{ kind: "members" },
	];
	const pending = new PendingChanges(100);
	for (const change of [...all, ...all]) pending.add(change);
	expect(pending.drain()).toEqual(all);
	expect(pending.drain()).toEqual([]);
});

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** The next `count` changes of a feed, letting gathering times pass. */
async function take(feed: LiveFeed, count: number): Promise<LiveChange[]> {
	const taken: LiveChange[] = [];
	while (taken.length < count) {
		const next = feed.next();
		await vi.advanceTimersByTimeAsync(25);
		const { value, done } = await next;
		if (done) throw new Error("the feed ended");
		taken.push(value);
	}
	return taken;
}

describe("one window", () => {
	test("hears what gathers in 25 ms as one change per kind, newest per id", async () => {
		const hub = new LiveHub();
		const feed = hub.subscribe(1);
		hub.publish(1, incidents(5, ["a", 1], ["b", 1]));
		hub.publish(1, { kind: "timeline", incidentIds: ["a"] });
		hub.publish(1, models("fraud", 1));
		await vi.advanceTimersByTimeAsync(10);
		hub.publish(1, incidents(6, ["a", 2]));
		hub.publish(1, { kind: "timeline", incidentIds: ["a", "b"] });
		hub.publish(1, models("fraud", 7));
		hub.publish(1, { kind: "drift", modelIds: ["fraud"] });
		hub.publish(1, { kind: "jobs", jobIds: ["j"] });
		expect(await take(feed, 5)).toEqual([
			incidents(6, ["a", 2], ["b", 1]),
			{ kind: "timeline", incidentIds: ["a", "b"] },
			{ kind: "drift", modelIds: ["fraud"] },
			models("fraud", 7),
			{ kind: "jobs", jobIds: ["j"] },
		]);
	});

	test("is told not before the gathering is over, and only once", async () => {
		const hub = new LiveHub({ gatherMillis: 25 });
		const feed = hub.subscribe(1);
		let told = 0;
		const listening = (async () => {
			for await (const _ of feed) told++;
		})();
		hub.publish(1, models("fraud", 1));
		await vi.advanceTimersByTimeAsync(24);
		expect(told).toBe(0);
		await vi.advanceTimersByTimeAsync(1);
		expect(told).toBe(1);
		await vi.advanceTimersByTimeAsync(10_000);
		expect(told).toBe(1);
		hub.close();
		await listening;
	});

	test("does not go back to an older version that comes late", async () => {
		const hub = new LiveHub();
		const feed = hub.subscribe(1);
		hub.publish(1, incidents(9, ["a", 4]));
		hub.publish(1, incidents(8, ["a", 3]));
		expect(await take(feed, 1)).toEqual([incidents(9, ["a", 4])]);
	});

	test("hears what was published between subscribing and the first read, and `first` before it", async () => {
		const hub = new LiveHub();
		const feed = hub.subscribe(1, undefined, [incidents(3, ["a", 3])]);
		hub.publish(1, incidents(4, ["b", 1]));
		expect(await take(feed, 1)).toEqual([incidents(4, ["a", 3], ["b", 1])]);
	});

	test("gets large news in parts of 500", async () => {
		const hub = new LiveHub();
		const feed = hub.subscribe(1);
		const ids = Array.from({ length: 1200 }, (_, index) => `i${index}`);
		hub.publish(1, incidents(1, ...ids.map((id): [string, number] => [id, 1])));
		const parts = await take(feed, 3);
		const sizes = parts.map((part) =>
			part.kind === "incidents" ? part.items.length : 0,
		);
		expect(sizes).toEqual([500, 500, 200]);
	});

	test("that is behind by too much is told to load again, then hears on", async () => {
		const hub = new LiveHub({ mostPending: 10 });
		const feed = hub.subscribe(1);
		for (let index = 0; index < 50; index++) {
			hub.publish(1, incidents(index, [`i${index}`, 1]));
		}
		expect(await take(feed, 1)).toEqual([{ kind: "resync" }]);
		hub.publish(1, incidents(51, ["a", 1]));
		expect(await take(feed, 1)).toEqual([incidents(51, ["a", 1])]);
	});
});

describe("many windows", () => {
	test("of other tenants hear nothing", async () => {
		const hub = new LiveHub();
		const [mine, theirs] = [hub.subscribe(1), hub.subscribe(2)];
		hub.publish(1, incidents(1, ["mine", 1]));
		hub.publish(2, incidents(2, ["theirs", 1]));
		expect(await take(mine, 1)).toEqual([incidents(1, ["mine", 1])]);
		expect(await take(theirs, 1)).toEqual([incidents(2, ["theirs", 1])]);
	});

	test("one that never reads holds up neither the publisher nor the others", async () => {
		const hub = new LiveHub({ mostPending: 100 });
		const stuck = hub.subscribe(1);
		const live = hub.subscribe(1);
		for (let round = 0; round < 20; round++) {
			for (let index = 0; index < 50; index++) {
				hub.publish(1, incidents(round, [`r${round}-${index}`, 1]));
			}
			const [heard] = await take(live, 1);
			expect(heard).toMatchObject({ kind: "incidents", sequence: round });
		}
		expect(await take(stuck, 1)).toEqual([{ kind: "resync" }]);
	});
});

describe("ending", () => {
	test.each([
		["the signal", (_: LiveFeed, abort: AbortController) => abort.abort()],
		["return", (feed: LiveFeed) => void feed.return()],
		["dispose", (feed: LiveFeed) => void feed[Symbol.asyncDispose]()],
	])("by %s before, while and after reading leaves nothing", async (_, end) => {
		for (const reads of [0, 1, 2]) {
			const hub = new LiveHub();
			const abort = new AbortController();
			const feed = hub.subscribe(1, abort.signal);
			hub.publish(1, models("fraud", 1));
			if (reads > 0) await take(feed, 1);
			const waiting = reads > 1 ? feed.next() : null;
			end(feed, abort);
			if (waiting !== null) expect((await waiting).done).toBe(true);
			expect(hub.subscriberCount(1)).toBe(0);
			expect((await feed.next()).done).toBe(true);
			hub.publish(1, models("fraud", 2));
			expect(vi.getTimerCount()).toBe(0);
		}
	});

	test("a signal that has fired already ends it at once", async () => {
		const hub = new LiveHub();
		const feed = hub.subscribe(1, AbortSignal.abort());
		expect(hub.subscriberCount(1)).toBe(0);
		expect((await feed.next()).done).toBe(true);
	});

	test("breaking out of a loop unsubscribes", async () => {
		const hub = new LiveHub();
		const feed = hub.subscribe(1);
		hub.publish(1, models("fraud", 1));
		const loop = (async () => {
			for await (const change of feed) {
				expect(change.kind).toBe("models");
				break;
			}
		})();
		await vi.advanceTimersByTimeAsync(25);
		await loop;
		expect(hub.subscriberCount(1)).toBe(0);
	});

	test("closing the hub ends every feed", async () => {
		const hub = new LiveHub();
		const feeds = [hub.subscribe(1), hub.subscribe(1), hub.subscribe(2)];
		const reads = feeds.map((feed) => feed.next());
		hub.close();
		for (const read of reads) expect((await read).done).toBe(true);
	});
});

test("whatever the interleaving, applying what was heard gives the final state, or a resync was heard", () => {
	const change = fc.oneof(
		fc.record({ id: fc.nat(20) }),
		fc.record({ modelId: fc.nat(5) }),
		fc.constant("drain" as const),
	);
	fc.assert(
		fc.property(
			fc.array(change, { maxLength: 100 }),
			fc.integer({ min: 1, max: 30 }),
			(steps, most) => {
				const pending = new PendingChanges(most);
				const final = new Map<string, number>();
				let heard = new Map<string, number>();
				const drain = () => {
					for (const told of pending.drain()) {
						if (told.kind === "resync") heard = new Map(final);
						else if (told.kind === "incidents") {
							for (const { id, version } of told.items) heard.set(id, version);
						} else if (told.kind === "models") {
							for (const { modelId, eventCount } of told.items) {
								heard.set(modelId, eventCount);
							}
						}
					}
				};
				for (const step of steps) {
					if (step === "drain") drain();
					else {
						const id = "id" in step ? `i${step.id}` : `m${step.modelId}`;
						const next = (final.get(id) ?? 0) + 1;
						final.set(id, next);
						pending.add(
							"id" in step ? incidents(1, [id, next]) : models(id, next),
						);
					}
					expect(pending.size).toBeLessThanOrEqual(most);
				}
				drain();
				expect(heard).toEqual(final);
				expect(pending.isEmpty).toBe(true);
			},
		),
	);
});
