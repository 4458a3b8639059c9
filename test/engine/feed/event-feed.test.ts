// The feed: an event is there exactly when its change is, in one order for everybody;
// readers on memory and readers on the disk read the same; what was missed is never
// passed over in silence; what a consumer still needs is never trimmed.
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import type { EventFeedPorts } from "../../../src-main/engine/feed/event-feed.ts";
import {
	EventFeed,
	type FeedEvent,
} from "../../../src-main/engine/feed/index.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

function open(
	options: Partial<EventFeedPorts> & { folder?: string } = {},
): ReturnType<typeof openOn> {
	return openOn(options.folder ?? temporaryFolder(onTestFinished), options);
}

function openOn(folder: string, options: Partial<EventFeedPorts>) {
	const ports = testPorts();
	const store = openCommandStore(join(folder, "command.db"), ports);
	const feed = new EventFeed({ store, ...ports, ...options });
	let isOpen = true;
	const close = () => {
		if (isOpen) store.close();
		isOpen = false;
		feed.close();
	};
	onTestFinished(close);
	const tell = (tenantKey: number, ...names: string[]) =>
		store.work.run((transaction) => {
			for (const name of names) feed.append(transaction, tenantKey, told(name));
		});
	const names = (tenantKey: number, sequence: number, limit = 1_000) =>
		feed.after(tenantKey, sequence, limit).map((entry) => entry.incidentId);
	return { folder, ports, store, feed, tell, names, close };
}

function told(incidentId: string): FeedEvent {
	return {
		type: "action.executed",
		incidentId,
		actionId: `of ${incidentId}`,
		data: {
			incidentId,
			incidentNumber: 7,
			actionId: `of ${incidentId}`,
			actionNumber: 1,
			actionType: "rerun_dbt",
			kind: "execution",
			status: "success",
		},
	};
}

test("an entry is what was told, stamped, and only its tenant's", () => {
	const { feed, tell, ports } = open();
	tell(1, "a");
	tell(2, "b");
	const entry = {
		...told("b"),
		tenantKey: 2,
		sequence: 2,
		at: ports.clock.now(),
	};
	expect(feed.after(2, 0, 10)).toEqual([entry]);
	expect(feed.allTenantsAfter(1, 10)).toEqual([entry]);
	expect(feed.range(2)).toEqual({ oldest: 2, newest: 2 });
	expect(feed.range(3)).toEqual({ oldest: 1, newest: 0 });
});

test("listeners hear once per commit, of their own tenant, and of nothing that was taken back", () => {
	const { feed, tell, store, names } = open();
	const [one, two, all] = [vi.fn(), vi.fn(), vi.fn()];
	feed.subscribe(1, one);
	feed.subscribe(2, two);
	feed.subscribeAll(all);
	tell(1, "a", "b", "c");
	expect([one, two, all].map((heard) => heard.mock.calls.length)).toEqual([
		1, 0, 1,
	]);
	expect(() =>
		store.work.run((transaction) => {
			feed.append(transaction, 1, told("x"));
			throw new Error("no");
		}),
	).toThrow("no");
	expect(one).toHaveBeenCalledTimes(1);
	expect(names(1, 0)).toEqual(["a", "b", "c"]);
	tell(2, "d");
	expect(names(2, 0)).toEqual(["d"]);
});

test("a listener that throws keeps no other from hearing, nor the change from being answered", () => {
	const { feed, tell } = open();
	const heard = vi.fn();
	feed.subscribe(1, () => {
		throw new Error("broken");
	});
	feed.subscribe(1, heard);
	tell(1, "a");
	expect(heard).toHaveBeenCalledTimes(1);
});

test("a feed that ended hears nothing more", () => {
	const { feed, tell, names } = open();
	const [first, second] = [vi.fn(), vi.fn()];
	const endFirst = feed.subscribe(1, first);
	endFirst();
	const endSecond = feed.subscribe(1, second);
	endFirst();
	tell(1, "a");
	expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
	endSecond();
	tell(1, "b");
	expect(names(1, 0)).toEqual(["a", "b"]);
});

test("readers on memory, on the disk, and across both read the same", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record({
					tenant: fc.integer({ min: 1, max: 2 }),
					count: fc.integer({ min: 1, max: 5 }),
					listen: fc.boolean(),
				}),
				{ maxLength: 30 },
			),
			fc.integer({ min: 1, max: 4 }),
			fc.integer({ min: 1, max: 7 }),
			(commits, newestHeld, limit) => {
				const { feed, tell, close } = open({ newestHeld });
				const model: { tenant: number; name: string }[] = [];
				let end: (() => void) | null = null;
				for (const { tenant, count, listen } of commits) {
					if (listen && end === null) end = feed.subscribe(1, () => {});
					else if (!listen) {
						end?.();
						end = null;
					}
					const made = Array.from(
						{ length: count },
						(_, index) => `${model.length + index}`,
					);
					tell(tenant, ...made);
					model.push(...made.map((name) => ({ tenant, name })));
				}
				for (const tenant of [1, 2]) {
					const read: string[] = [];
					let cursor = 0;
					for (;;) {
						const page = feed.after(tenant, cursor, limit);
						expect(page.length).toBeLessThanOrEqual(limit);
						read.push(...page.map((entry) => String(entry.incidentId)));
						const last = page.at(-1);
						if (last === undefined) break;
						cursor = last.sequence;
					}
					expect(read).toEqual(
						model
							.filter((entry) => entry.tenant === tenant)
							.map(({ name }) => name),
					);
				}
				close();
			},
		),
		{ numRuns: 60 },
	);
});

test("one can resume from one's own entries and from the very end of what was trimmed, and from nothing else", async () => {
	const { feed, tell, ports } = open({ limits: { days: 30, entries: 2 } });
	expect(feed.canResume(1, 0)).toBe(true);
	tell(1, "a");
	tell(2, "b");
	tell(1, "c", "d");
	const resumable = (tenantKey: number) =>
		[-1, 0, 0.5, 1, 2, 3, 4, 5, Number.NaN, 2 ** 60].filter((sequence) =>
			feed.canResume(tenantKey, sequence),
		);
	expect(resumable(1)).toEqual([0, 1, 3, 4]);
	expect(resumable(2)).toEqual([0, 2]);
	expect(await feed.trim()).toBe(2);
	expect(resumable(1)).toEqual([2, 3, 4]);
	expect(resumable(2)).toEqual([2]);
	ports.clock.set(ports.clock.now() + 31 * 86_400_000);
	expect(await feed.trim()).toBe(2);
	expect(feed.range(1)).toEqual({ oldest: 5, newest: 4 });
	expect(resumable(1)).toEqual([4]);
	tell(1, "e");
	expect(feed.range(1)).toEqual({ oldest: 5, newest: 5 });
});

test("trimming goes from the old end, in batches, and stops at what a consumer needs", async () => {
	const { feed, tell, names } = open({ limits: { days: 30, entries: 10 } });
	tell(1, ...Array.from({ length: 2_500 }, (_, index) => `${index + 1}`));
	let needed = 1_800;
	const release = feed.holdFrom(() => needed);
	expect(await feed.trim()).toBe(1_799);
	needed = 2_400;
	expect(await feed.trim()).toBe(600);
	release();
	expect(await feed.trim()).toBe(91);
	expect(names(1, 0)).toEqual(
		Array.from({ length: 10 }, (_, index) => `${2_491 + index}`),
	);
});

test("it is all there after a restart, and no sequence is given twice", async () => {
	const first = open({ limits: { days: 30, entries: 0 } });
	first.tell(1, "a", "b");
	await first.feed.trim();
	first.close();
	const second = open({ folder: first.folder });
	second.tell(1, "c");
	expect(second.feed.after(1, 0, 10)).toMatchObject([
		{ sequence: 3, incidentId: "c" },
	]);
	expect(second.feed.canResume(1, 2)).toBe(true);
	expect(second.feed.canResume(1, 1)).toBe(false);
});
