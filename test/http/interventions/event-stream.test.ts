// API E's event stream: the document's events with the document's payloads, each with the
// id that a reader resumes from; whoever comes back gets what they missed, and is told
// when that is no longer known; a credential that ends takes its stream with it.
import { EventSource } from "eventsource";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { must } from "../../../src-shared/domain/must.ts";
import { EventReader } from "./event-reader.ts";
import { appendWithNext } from "./more-events.ts";
import {
	addPerson,
	alice,
	bob,
	call,
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
		const { number, id } = engine.incidents.open(owner.principal, {
			title: "Data freshness violation",
			description: "",
			severity: 1,
			modelId: null,
			kind: "budget",
		});
		tellActions(["execution", "dry_run", "rollback"]);
		engine.incidents.edit(
			owner.principal,
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
		opened.openIncidents(owner.principal, 3);
		opened.ports.clock.set(opened.ports.clock.now() + 31 * 86_400_000);
		expect(await opened.engine.feed.trim()).toBe(3);
		owner = await signInAgain();
		const late = await listen({ ...owner.authorized, "last-event-id": "1" });
		expect(late.of("resync")).toHaveLength(1);
		const last = await listen({ ...owner.authorized, "last-event-id": "3" });
		expect(last.of("resync")).toHaveLength(0);
	});

	test("an empty id is a new reader", async () => {
		opened.openIncidents(owner.principal, 2);
		const reader = await listen({ ...owner.authorized, "last-event-id": "" });
		expect(reader.events.map(({ event }) => event)).toEqual(["connected"]);
	});
});

describe("who may listen", () => {
	test("nobody without a credential, in the API's own words", async () => {
		for (const headers of [
			{},
			{ authorization: "Bearer x.y.z" },
			{ authorization: "Basic YTpi" },
			{ authorization: "Bearer sk_live_nonsense" },
			{ "x-api-key": "nonsense" },
			{ cookie: "tocsin_session=nonsense" },
			{ cookie: "access_token=nonsense" },
		]) {
			const { status, body } = await call("GET", `${opened.base}/sse/events`, {
				headers: headers as Record<string, string>,
			});
			expect([status, body]).toEqual([
				401,
				{
					error: {
						code: "unauthorized",
						message: expect.any(String),
						details: {},
					},
				},
			]);
		}
	});

	test("by a token, an API key in either header, or a cookie", async () => {
		const { identity } = opened.engine;
		const { key } = identity.apiKeys.create(owner.principal, "stream");
		const session = await identity.startSession(alice.email, alice.password);
		for (const headers of [
			owner.authorized,
			{ authorization: `Bearer ${key}` },
			{ "x-api-key": key },
			{ cookie: `tocsin_session=${session}` },
			{ cookie: `access_token=${owner.token}` },
		]) {
			const reader = await listen(headers as Record<string, string>);
			expect(reader.of("connected")).toHaveLength(1);
		}
	});

	test("by a ticket: once, within 30 s, as whoever asked for it", async () => {
		const now = vi.spyOn(opened.ports.clock, "monotonic");
		now.mockReturnValue(1_000);
		const other = await opened.signUp(bob);
		const ask = async (headers: Record<string, string>) => {
			const answer = await call("POST", `${opened.base}/sse/tickets`, {
				headers,
			});
			expect([answer.status, answer.headers.get("cache-control")]).toEqual([
				201,
				"no-store",
			]);
			expect(answer.body).toEqual({
				ticket: expect.stringMatching(/^et_[\w-]{43}$/),
				expires_in: 30,
			});
			return (answer.body as { ticket: string }).ticket;
		};
		const ticket = await ask(other.authorized);
		const reader = await listen({}, `?ticket=${ticket}`);
		opened.openIncidents(owner.principal);
		const [number] = opened.openIncidents(other.principal);
		await expect.poll(() => reader.of("incident_created").length).toBe(1);
		expect(reader.of("incident_created")[0]?.id).toBe(number);
		await expect(listen({}, `?ticket=${ticket}`)).rejects.toThrow("401");
		// A ticket that is wrong is not mended by a token that is right.
		await expect(listen(owner.authorized, `?ticket=${ticket}`)).rejects.toThrow(
			"401",
		);
		const late = await ask(owner.authorized);
		now.mockReturnValue(31_000);
		await expect(listen({}, `?ticket=${late}`)).rejects.toThrow("401");
		const orphan = await ask(owner.authorized);
		await signOut(owner);
		await expect(listen({}, `?ticket=${orphan}`)).rejects.toThrow("401");
	});

	test("a ticket is not had by a cookie, nor without a credential", async () => {
		for (const headers of [{}, { cookie: `access_token=${owner.token}` }]) {
			const { status } = await call("POST", `${opened.base}/sse/tickets`, {
				headers: headers as Record<string, string>,
			});
			expect(status).toBe(401);
		}
	});

	test.each([
		["another origin", { origin: "http://evil.example" }],
		["another port of this machine", { origin: "http://127.0.0.1:1" }],
		["another site", { "sec-fetch-site": "cross-site" }],
		["another port, without a name", { "sec-fetch-site": "same-site" }],
	])("no page of %s, whatever its credential", async (_, headers) => {
		await expect(
			listen({ ...owner.authorized, ...headers } as Record<string, string>),
		).rejects.toThrow("403");
	});

	test("viewers may", async () => {
		const viewer = await addPerson(opened, owner.principal, "vic", "viewer");
		const reader = await listen(viewer.authorized);
		expect(reader.of("connected")).toHaveLength(1);
	});
});

describe("a credential that ends takes its stream with it within 2 s", () => {
	const endings: [
		string,
		() => Promise<[Record<string, string>, () => unknown]>,
	][] = [
		[
			"a token that is signed out",
			async () => [owner.authorized, () => signOut(owner)],
		],
		[
			"a token that ran out",
			async () => {
				const { clock } = opened.ports;
				return [owner.authorized, () => clock.set(clock.now() + 3_600_000)];
			},
		],
		[
			"an API key that is revoked",
			async () => {
				const { apiKeys } = opened.engine.identity;
				const { id, key } = apiKeys.create(owner.principal, "stream");
				return [
					{ "x-api-key": key },
					() => apiKeys.revoke(owner.principal, id),
				];
			},
		],
		[
			"a session that is ended",
			async () => {
				const { identity } = opened.engine;
				const session = await identity.startSession(
					alice.email,
					alice.password,
				);
				return [
					{ cookie: `tocsin_session=${session}` },
					() => identity.sessions.end(session),
				];
			},
		],
		[
			"a person who is turned off",
			async () => {
				const eve = await addPerson(opened, owner.principal, "eve", "admin");
				return [
					eve.authorized,
					() =>
						opened.engine.identity.members.setActive(
							owner.principal,
							must(eve.principal.actor.id, "a person has an id"),
							false,
						),
				];
			},
		],
	];
	test.each(endings)("%s", async (_, prepare) => {
		const [headers, end] = await prepare();
		const reader = await listen(headers);
		await end();
		const since = performance.now();
		await expect.poll(() => reader.isOver, { timeout: 5_000 }).toBe(true);
		expect(performance.now() - since).toBeLessThan(2_000);
	});

	test("and no other stream", async () => {
		const eve = await addPerson(opened, owner.principal, "eve", "admin");
		const [hers, mine] = [await listen(eve.authorized), await listen()];
		await signOut(eve);
		await expect.poll(() => hers.isOver, { timeout: 5_000 }).toBe(true);
		opened.openIncidents(owner.principal);
		await expect.poll(() => mine.of("incident_created").length).toBe(1);
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

async function signOut({ token }: Person): Promise<void> {
	const { identity } = opened.engine;
	const holder = must(
		await identity.authenticateAccessToken(token),
		"still signed in",
	);
	identity.logout(holder);
}
