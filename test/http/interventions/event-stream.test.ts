// API E's event stream: the document's events with the document's payloads, each with the
// id that a reader resumes from; whoever comes back gets what they missed, and is told
// when that is no longer known; a credential that ends takes its stream with it.
import { EventSource } from "eventsource";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { EventReader } from "./event-reader.ts";
import { appendWithNext } from "./more-events.ts";
import {
	alice,
	bob,
	type OpenInterventions,
	openInterventions,
	type Person,
} from "./open-interventions.ts";

let opened: OpenInterventions;
let owner: Person;

beforeEach(async () => {
	opened = await openInterventions();
	owner = await opened.signUp(alice);
});

async function listen(
	headers: Record<string, string> = owner.authorized,
	query = "",
): Promise<EventReader> {
	const reader = await EventReader.open(
		`${opened.base}/sse/events${query}`,
		headers,
	);
	onTestFinished(() => reader.destroy());
	await expect.poll(() => reader.events.length).toBeGreaterThan(0);
	return reader;
}

describe("what is sent", () => {
	test("first when to come back and from where, then who one is", async () => {
		opened.openIncidents(owner.principal);
		const reader = await listen();
		expect(reader.start).toMatch(
			/^retry: 2000\nid: 1\n\nevent: connected\ndata: \{.*\}\n\n$/,
		);
		expect(reader.events[0]?.data).toEqual({
			subscriber_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			timestamp: "2026-01-20T12:00:00.000Z",
		});
		expect(reader.headers).toMatchObject({
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-cache",
			"x-accel-buffering": "no",
			"x-content-type-options": "nosniff",
		});
	});

	test("incidents and actions in the document's words, numbered by the feed", async () => {
		const reader = await listen();
		const { engine, ports } = opened;
		const { number, id } = engine.incidents.open(
			owner.principal.needs("engineer"),
			{
				title: "Data freshness violation",
				description: "",
				severity: 1,
				modelId: null,
				kind: "budget",
			},
		);
		tellActions(["execution", "dry_run", "rollback"]);
		engine.incidents.edit(
			owner.principal.needs("engineer"),
			id,
			{ move: "acknowledged" },
			{ acknowledgedByClaim: "engineer@example.com" },
		);
		await expect.poll(() => reader.events.length).toBe(5);
		expect(reader.events.slice(1)).toEqual([
			{
				event: "incident_created",
				data: {
					id: number,
					kind: "budget",
					severity: "sev1",
					status: "open",
					summary: "Data freshness violation",
					created_at: new Date(ports.clock.now()).toISOString(),
				},
				lastEventId: "1",
				hasId: true,
			},
			{
				event: "incident_updated",
				data: {
					id: number,
					status: "acknowledged",
					acknowledged_by: "engineer@example.com",
					change: "acknowledged",
				},
				lastEventId: "2",
				hasId: true,
			},
			...[3, 5].map((sequence) => ({
				event: "action_executed",
				data: {
					incident_id: number,
					action_id: sequence - 2,
					action_type: "rerun_dbt",
					status: "success",
				},
				lastEventId: `${sequence}`,
				hasId: true,
			})),
		]);
	});

	test("a heartbeat every 30 s and a comment between, neither with an id", async () => {
		vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
		onTestFinished(() => void vi.useRealTimers());
		opened = await openInterventions();
		owner = await opened.signUp(alice);
		const reader = await listen();
		vi.advanceTimersByTime(15_000);
		await expect.poll(() => reader.comments.length).toBe(1);
		expect(reader.of("heartbeat")).toEqual([]);
		vi.advanceTimersByTime(45_000);
		await expect.poll(() => reader.events.length).toBe(3);
		expect(reader.events.slice(1)).toEqual(
			[1, 2].map(() => ({
				event: "heartbeat",
				data: { timestamp: "2026-01-20T12:00:00.000Z" },
				lastEventId: "0",
				hasId: false,
			})),
		);
		expect(reader.comments).toHaveLength(2);
	});

	test("the document's own client understands it", async () => {
		const source = new EventSource(`${opened.base}/sse/events`, {
			fetch: (input, init) =>
				fetch(input, {
					...init,
					headers: { ...init?.headers, ...owner.authorized },
				}),
		});
		onTestFinished(() => source.close());
		const seen: unknown[] = [];
		const names = ["connected", "incident_created", "incident_updated"];
		for (const name of names) {
			source.addEventListener(name, (event) => {
				seen.push([name, event.lastEventId, JSON.parse(event.data).id]);
			});
		}
		await expect.poll(() => seen.length).toBe(1);
		const [number] = opened.openIncidents(owner.principal);
		await expect.poll(() => seen.length).toBe(2);
		expect(seen).toEqual([
			["connected", "0", undefined],
			["incident_created", "1", number],
		]);
	});
});

describe("coming back", () => {
	test.each([
		["Last-Event-ID", (id: string) => [{ "last-event-id": id }, ""] as const],
		["?since=", (id: string) => [{}, `?since=${id}`] as const],
	])("with %s brings what was missed, then what happens", async (_, ask) => {
		const numbers = opened.openIncidents(owner.principal, 5);
		const [headers, query] = ask("2");
		const reader = await listen({ ...owner.authorized, ...headers }, query);
		numbers.push(...opened.openIncidents(owner.principal, 2));
		await expect.poll(() => reader.of("incident_created").length).toBe(5);
		expect(reader.of("incident_created").map(({ id }) => id)).toEqual(
			numbers.slice(2),
		);
		expect(reader.of("resync")).toEqual([]);
	});

	test("a reader that was cut off before any event misses none", async () => {
		opened.openIncidents(owner.principal, 3);
		const first = await listen();
		first.destroy();
		const missed = opened.openIncidents(owner.principal, 2);
		const second = await listen({
			...owner.authorized,
			"last-event-id": first.lastEventId,
		});
		await expect.poll(() => second.of("incident_created").length).toBe(2);
		expect(second.of("incident_created").map(({ id }) => id)).toEqual(missed);
	});

	test.each([
		["text", "abc"],
		["of a time to come", "999"],
		["negative", "-1"],
		["fractional", "1.5"],
		["enormous", "9".repeat(40)],
		["another tenant's", "4"],
	])(
		"an id that is %s is answered with resync, and the stream goes on from now",
		async (_, id) => {
			opened.openIncidents(owner.principal, 3);
			const other = await opened.signUp(bob);
			opened.openIncidents(other.principal, 1);
			const reader = await listen({
				...owner.authorized,
				"last-event-id": id,
			});
			const [number] = opened.openIncidents(owner.principal);
			await expect.poll(() => reader.of("incident_created").length).toBe(1);
			expect(reader.events.map(({ event, hasId }) => [event, hasId])).toEqual([
				["connected", false],
				["resync", false],
				["incident_created", true],
			]);
			expect(reader.of("incident_created")[0]?.id).toBe(number);
		},
	);

	test("an id that is too old is answered with resync", async () => {
		const { feed } = opened.engine;
		const { key } = owner.principal.tenant;
		appendWithNext(opened.engine, (event) => Array(999).fill(event));
		opened.openIncidents(owner.principal);
		opened.ports.clock.set(opened.ports.clock.now() + 31 * 86_400_000);
		// What webhooks have yet to read is held until they have.
		await expect.poll(() => feed.trim()).toBeGreaterThan(0);
		expect(feed.canResume(key, 1)).toBe(false);
		owner = await signInAgain();
		const late = await listen({ ...owner.authorized, "last-event-id": "1" });
		expect(late.of("resync")).toHaveLength(1);
		const { newest } = feed.range(key);
		const last = await listen({
			...owner.authorized,
			"last-event-id": String(newest),
		});
		expect(last.of("resync")).toHaveLength(0);
	});

	test("an empty id is a new reader", async () => {
		opened.openIncidents(owner.principal, 2);
		const reader = await listen({ ...owner.authorized, "last-event-id": "" });
		expect(reader.events.map(({ event }) => event)).toEqual(["connected"]);
	});
});

test("a tenant hears of its own incidents alone", async () => {
	const other = await opened.signUp(bob);
	const [mine, theirs] = [await listen(), await listen(other.authorized)];
	const [first] = opened.openIncidents(owner.principal);
	const [second] = opened.openIncidents(other.principal);
	await expect.poll(() => mine.events.length).toBe(2);
	await expect.poll(() => theirs.events.length).toBe(2);
	expect(mine.of("incident_created").map(({ id }) => id)).toEqual([first]);
	expect(theirs.of("incident_created").map(({ id }) => id)).toEqual([second]);
});

test("closing ends all streams at once", async () => {
	const readers = await Promise.all(Array.from({ length: 20 }, () => listen()));
	const since = performance.now();
	await opened.close();
	expect(performance.now() - since).toBeLessThan(1_000);
	await expect.poll(() => readers.every((reader) => reader.isOver)).toBe(true);
});

function tellActions(kinds: ("execution" | "dry_run" | "rollback")[]): void {
	appendWithNext(opened.engine, ({ incidentId, data }) =>
		kinds.map((kind, index) => {
			const actionId = `action ${index}`;
			return {
				type: "action.executed",
				incidentId,
				actionId,
				data: {
					incidentId,
					incidentNumber: data.number,
					actionId,
					actionNumber: index + 1,
					actionType: "rerun_dbt",
					kind,
					status: "success",
				},
			};
		}),
	);
}

async function signInAgain(): Promise<Person> {
	const { accessToken } = await opened.engine.identity.login(
		alice.email,
		alice.password,
		3_600,
	);
	return {
		...owner,
		token: accessToken,
		authorized: { authorization: `Bearer ${accessToken}` },
	};
}
