// Who may listen to API E's stream, by which credential; and that a credential which ends
// takes its stream with it, and no other.
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { must } from "../../../src-shared/domain/must.ts";
import { EventReader } from "./event-reader.ts";
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
		const { key } = identity.apiKeys.create(
			owner.principal.needs("engineer"),
			"stream",
		);
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
				const { id, key } = apiKeys.create(
					owner.principal.needs("engineer"),
					"stream",
				);
				return [
					{ "x-api-key": key },
					() => apiKeys.revoke(owner.principal.needs("engineer"), id),
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
							owner.principal.needs("admin"),
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

async function signOut({ token }: Person): Promise<void> {
	const { identity } = opened.engine;
	const holder = must(
		await identity.authenticateAccessToken(token),
		"still signed in",
	);
	identity.logout(holder);
}
