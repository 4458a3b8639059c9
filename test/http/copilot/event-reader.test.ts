// A reader of the feed, whatever happened and however its socket takes it, cut at any frame
// and resumed from there: it sends what its project and channels are told of in the order of
// the feed, nothing twice and nothing else; all of it but updates of an incident that a later
// update follows; those too, as long as the socket never fell behind; and what waits in the
// socket is at most the limit and one frame.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeedEntry } from "../../../src-main/engine/feed/index.ts";
import {
	EventReader,
	type FrameSink,
} from "../../../src-main/http/copilot/events/event-reader.ts";
import {
	type Channel,
	channels,
} from "../../../src-main/http/copilot/events/messages.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";

const projects = ["first", "second"] as const;
const incidents = ["a", "b", "c"];

type Happening = readonly [
	kind: "created" | "updated" | "hypotheses" | "alert" | "action",
	incident: number,
	project: "first" | "second" | null,
	/** How many sequences of other tenants come before it. */
	gap: number,
];

const happening: fc.Arbitrary<Happening> = fc.tuple(
	fc.constantFrom(
		"created",
		"updated",
		"updated",
		"hypotheses",
		"alert",
		"action",
	),
	fc.nat(incidents.length - 1),
	fc.constantFrom(...projects, null),
	fc.nat(3),
);

function entriesOf(happenings: readonly Happening[]): FeedEntry[] {
	let sequence = 0;
	return happenings.map(([kind, incident, projectId, gap]) => {
		sequence += gap + 1;
		const id = incidents[incident] ?? "a";
		const at = { tenantKey: 1, sequence, at: 0, incidentId: id };
		const shown = { id, title: "t", severity: 3, state: "detected", projectId };
		switch (kind) {
			case "created":
				return {
					...at,
					type: "incident.created",
					data: shown,
				} as unknown as FeedEntry;
			case "updated":
				return {
					...at,
					type: "incident.updated",
					data: shown,
				} as unknown as FeedEntry;
			case "hypotheses":
				return {
					...at,
					type: "hypothesis.generated",
					data: { count: 0, top: null, projectId },
				};
			case "alert":
				return {
					...at,
					type: "alert.fired",
					data: {
						alertId: "x",
						name: "n",
						severity: 1,
						service: null,
						// Alerts may be long.
						description: "d".repeat(300),
						projectId,
					},
				};
			case "action":
				return { ...at, type: "action.executed" } as unknown as FeedEntry;
			default:
				return assertNever(kind, "kind");
		}
	});
}

const channelOf: Readonly<Record<FeedEntry["type"], Channel | null>> = {
	"incident.created": "incidents",
	"incident.updated": "incidents",
	"hypothesis.generated": "hypotheses",
	"alert.fired": "alerts",
	"alerts.backfilled": null,
	"action.executed": null,
};

/** A socket that takes some bytes each time it is asked to. */
class SlowSocket implements FrameSink {
	readonly sent: number[] = [];
	most = 0;
	#waiting: number[] = [];

	get buffered(): number {
		return this.#waiting.reduce((sum, each) => sum + each, 0);
	}

	/** What came out at the other end. */
	get taken(): number[] {
		return this.sent.slice(0, this.sent.length - this.#waiting.length);
	}

	send(text: string): void {
		this.sent.push((JSON.parse(text) as { seq: number }).seq);
		this.most = Math.max(this.most, this.buffered);
		this.#waiting.push(text.length);
	}

	take(frames: number): void {
		this.#waiting = this.#waiting.slice(frames);
	}
}

const mostBuffered = 400;

test("every reader is sent what it must be, whatever its socket takes", () => {
	fc.assert(
		fc.property(
			fc.array(happening, { maxLength: 80 }),
			fc.subarray([...channels]),
			fc.constantFrom(...projects),
			/** Frames taken between two looks at the feed; -1 cuts the line. */
			fc.array(fc.integer({ min: -1, max: 12 }), { minLength: 1 }),
			fc.integer({ min: 1, max: 20 }),
			(happenings, chosen, project, pace, pageSize) => {
				const feed = entriesOf(happenings);
				const interest = {
					channels: new Set(chosen),
					project: { id: project, isFirst: project === "first" },
				};
				const readAfter = (sequence: number, limit: number) =>
					feed
						.filter((entry) => entry.sequence > sequence)
						.slice(0, Math.min(limit, pageSize));
				const open = (cursor: number) => {
					const socket = new SlowSocket();
					const reader = new EventReader(socket, {
						cursor,
						mostBuffered,
						readAfter,
					});
					return { socket, reader };
				};
				const got: number[] = [];
				let everBehind = false;
				let { socket, reader } = open(0);
				for (let turn = 0; ; turn++) {
					reader.pump(interest);
					everBehind ||= reader.isBehind;
					expect(socket.most).toBeLessThanOrEqual(mostBuffered);
					if (!reader.isBehind) break;
					const step = pace[turn % pace.length] ?? 1;
					if (step === -1 && socket.taken.length > 0) {
						got.push(...socket.taken);
						({ socket, reader } = open(got.at(-1) ?? 0));
					} else socket.take(Math.max(1, step));
				}
				got.push(...socket.sent);
				const meant = feed.filter((entry) => {
					const channel = channelOf[entry.type];
					const of = (entry.data as { projectId?: string | null } | undefined)
						?.projectId;
					return (
						channel !== null &&
						interest.channels.has(channel) &&
						(of ?? "first") === project
					);
				});
				expect(got).toEqual(
					meant
						.filter(({ sequence }) => got.includes(sequence))
						.map(({ sequence }) => sequence),
				);
				expect(new Set(got).size).toBe(got.length);
				const left = meant.filter(({ sequence }) => !got.includes(sequence));
				if (!everBehind) expect(left).toEqual([]);
				for (const { type, incidentId, sequence } of left) {
					expect(type).toBe("incident.updated");
					const later = meant.find(
						(entry) =>
							entry.type === "incident.updated" &&
							entry.incidentId === incidentId &&
							entry.sequence > sequence &&
							got.includes(entry.sequence),
					);
					expect(later).toBeDefined();
				}
			},
		),
		{ numRuns: 500 },
	);
});

test("updates are left out once a reader is behind", () => {
	const feed = entriesOf(
		Array.from({ length: 200 }, () => ["updated", 0, "first", 0] as const),
	);
	const socket = new SlowSocket();
	const reader = new EventReader(socket, {
		cursor: 0,
		mostBuffered,
		readAfter: (sequence, limit) =>
			feed.filter((entry) => entry.sequence > sequence).slice(0, limit),
	});
	const interest = {
		channels: new Set<Channel>(["incidents"]),
		project: { id: "first", isFirst: true },
	};
	reader.pump(interest);
	expect(reader.isBehind).toBe(true);
	const before = socket.sent.length;
	expect(before).toBeLessThan(10);
	socket.take(before);
	reader.pump(interest);
	expect(socket.sent.slice(before)).toEqual([200]);
	expect([reader.isBehind, reader.cursor]).toEqual([false, 200]);
});
