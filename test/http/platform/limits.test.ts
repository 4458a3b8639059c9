// Under /api/v1 every answer says what is left of the caller's limit, whatever its status:
// sign-in counts by address, changes of incidents and all else by user, and a request
// without a good token by its address.
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
	limits,
	requestLimits,
	scaled,
} from "../../../src-main/http/limits.ts";
import { checkedFetch } from "../openapi/checked-fetch.ts";
import {
	alice,
	type OpenPlatform,
	openPlatform,
	type Person,
	sharedPlatform,
} from "./open-platform.ts";

const model = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const incident = { title: "Drift", severity: "P2", model_id: model };
const absent = "/incidents/00000000-0000-4000-8000-000000000000";

/** A platform whose monotonic clock stands still until it is moved. */
async function open(rateLimitScale = 1) {
	const opened = await openPlatform({ rateLimitScale });
	const clock = { now: 5_000 };
	vi.spyOn(opened.ports.clock, "monotonic").mockImplementation(() => clock.now);
	return { ...opened, clock };
}

function headersOf({ headers }: { headers: Headers }) {
	return ["limit", "remaining", "reset"].map((name) =>
		Number(headers.get(`x-ratelimit-${name}`)),
	);
}

function send(
	{ listeners }: OpenPlatform,
	path: string,
	init: RequestInit = {},
	token?: string,
) {
	return checkedFetch(listeners, `/api/v1${path}`, {
		...init,
		headers: {
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			...init.headers,
		},
	});
}

describe("every answer has the headers", () => {
	const platform = sharedPlatform({ rateLimitScale: 1 });
	let viewer: Person | undefined;
	beforeEach(() => {
		vi.spyOn(platform().ports.clock, "monotonic").mockReturnValue(5_000);
	});
	const json = { "content-type": "application/json" };
	test.each<[number, string, RequestInit, "owner" | "viewer" | "nobody"]>([
		[200, "/incidents", {}, "owner"],
		[
			201,
			"/incidents",
			{
				method: "POST",
				headers: json,
				body: JSON.stringify({ ...incident, severity: "P1" }),
			},
			"owner",
		],
		[400, "/incidents", { method: "POST", headers: json, body: "{" }, "owner"],
		[401, "/incidents", {}, "nobody"],
		[401, "/incidents", { headers: { authorization: "Bearer x" } }, "nobody"],
		[401, "/auth/refresh", { method: "POST" }, "nobody"],
		[
			403,
			"/incidents",
			{ method: "POST", headers: json, body: JSON.stringify(incident) },
			"viewer",
		],
		[404, absent, {}, "owner"],
		[404, "/nowhere", {}, "owner"],
		[404, "/nowhere", {}, "nobody"],
		[404, "", {}, "nobody"],
		[404, "/auth/nowhere", {}, "nobody"],
		[405, "/incidents", { method: "DELETE" }, "owner"],
		[405, "/auth/token", {}, "nobody"],
		[
			409,
			"/incidents",
			{ method: "POST", headers: json, body: JSON.stringify(incident) },
			"owner",
		],
		[
			413,
			"/incidents",
			{ method: "POST", headers: json, body: " ".repeat(1_100_000) },
			"owner",
		],
		[415, "/incidents", { method: "POST", body: "x" }, "owner"],
		[
			415,
			"/incidents",
			{
				method: "POST",
				headers: { ...json, "content-encoding": "gzip" },
				body: "{}",
			},
			"owner",
		],
		[422, "/incidents", { method: "POST", headers: json, body: "{}" }, "owner"],
		[422, "/incidents?page=0", {}, "owner"],
		[204, "/auth/logout", { method: "POST" }, "viewer"],
	])("%i of %s %o as %s", async (status, path, init, who) => {
		const opened = platform();
		const { owner, addPerson, ports } = opened;
		viewer ??= await addPerson(owner.principal, "Vic", "viewer");
		if (status === 409)
			await owner.call("POST", "/incidents", { json: incident });
		const token = who === "nobody" ? undefined : { owner, viewer }[who].token;
		const answer = await send(opened, path, init, token);
		expect(answer.status).toBe(status);
		const [limit, remaining, reset] = headersOf(answer);
		expect(limit).toBeGreaterThan(0);
		expect(remaining).toBeLessThan(limit ?? 0);
		expect(reset).toBe(Math.ceil(ports.clock.now() / 1_000) + 60);
		expect(answer.headers.get("ratelimit")).toMatch(/^"[\w-]+";r=\d+;t=60$/);
		expect(answer.headers.get("ratelimit-policy")).toMatch(
			/^"[\w-]+";q=\d+;w=60$/,
		);
	});
});

/** Sends until it is refused; how many were let through. */
async function letThrough(
	request: () => Promise<{ status: number; headers: Headers }>,
	most: number,
) {
	for (let count = 0; count <= most; count++) {
		const answer = await request();
		if (answer.status === 429) return { count, refusal: answer };
	}
	throw new Error(`${most} and more were let through`);
}

describe("the limits", () => {
	test("of sign-in are 10 in 60 s from one address", async () => {
		const opened = await open();
		const { owner, clock } = opened;
		let guess = 0;
		const wrong = () =>
			opened.nobody("POST", "/auth/token", {
				json: { username: `nobody-${guess++}`, password: "wrong" },
			});
		const { count, refusal } = await letThrough(wrong, 20);
		expect(count).toBe(10);
		expect(refusal.headers.get("retry-after")).toBe("60");
		expect(headersOf(refusal).slice(0, 2)).toEqual([10, 0]);
		// The right password too, and whatever else is under /auth; but nothing beside it.
		const right = { username: alice.email, password: alice.password };
		const token = () => opened.nobody("POST", "/auth/token", { json: right });
		expect((await token()).status).toBe(429);
		expect((await owner.call("POST", "/auth/logout")).status).toBe(429);
		expect((await owner.call("GET", "/auth/nowhere")).status).toBe(429);
		expect((await owner.call("GET", "/incidents")).status).toBe(200);
		clock.now += 60_001;
		expect((await token()).status).toBe(200);
	});

	test("of changes of incidents are 30 a user, apart from all else", async () => {
		const opened = await open();
		const { owner, addPerson } = opened;
		const made = await owner.call("POST", "/incidents", { json: incident });
		const path = `/incidents/${(made.body as { id: string }).id}`;
		const writes = [
			["POST", "/incidents", {}],
			["PATCH", path, { severity: "P1" }],
			["POST", `${path}/timeline`, { event_type: "note", body: "b" }],
		] as const;
		let next = 0;
		const { count, refusal } = await letThrough(() => {
			const [method, where, json] = writes[next++ % 3] ?? writes[0];
			return owner.call(method, where, { json });
		}, 40);
		// Refused ones count too, and the first was before the loop.
		expect(count).toBe(29);
		expect(headersOf(refusal).slice(0, 2)).toEqual([30, 0]);
		expect(refusal).toMatchObject({
			body: { type: "urn:tocsin:error:rate-limited", status: 429 },
		});
		expect((await owner.call("GET", path)).status).toBe(200);
		const other = await addPerson(owner.principal, "Eve", "engineer");
		const note = { event_type: "note", body: "b" };
		const answer = await other.call("POST", `${path}/timeline`, { json: note });
		expect(answer.status).toBe(201);
	});

	test("of all else are 200 a user", async () => {
		const opened = await open();
		const { owner, stranger, nobody } = opened;
		const { count } = await letThrough(
			() => owner.call("GET", "/models?limit=1"),
			250,
		);
		expect(count).toBe(200);
		expect((await owner.call("GET", "/nowhere")).status).toBe(429);
		expect((await owner.call("DELETE", "/models")).status).toBe(429);
		expect((await stranger.call("GET", "/models")).status).toBe(200);
		expect((await nobody("GET", "/models")).status).toBe(401);
	});

	test("of one without a good token are 200 from the address", async () => {
		const opened = await open();
		const tokens = [undefined, "x", "a.b.c"];
		let next = 0;
		const { count } = await letThrough(
			() => send(opened, "/incidents", {}, tokens[next++ % 3]),
			250,
		);
		expect(count).toBe(200);
		// Nobody is shut out by guesses from the same machine.
		expect((await opened.owner.call("GET", "/incidents")).status).toBe(200);
	});

	test("are multiplied by the scale", async () => {
		const { nobody } = await open(0.2);
		const { count } = await letThrough(
			() => nobody("POST", "/auth/refresh"),
			9,
		);
		expect(count).toBe(2);
	});

	test("with a scale of 0 refuse nothing, and the headers say that all is left", async () => {
		const { nobody } = await open(0);
		for (let count = 0; count < 12; count++) {
			const answer = await nobody("POST", "/auth/refresh");
			expect(answer.status).toBe(401);
			expect(headersOf(answer).slice(0, 2)).toEqual([10, 10]);
		}
	});
});

test("the limits are told as they are kept", () => {
	expect(requestLimits(1)).toEqual(Object.values(limits));
	expect(requestLimits(0).every(({ requests }) => requests === 0)).toBe(true);
	expect(requestLimits(0.01).every(({ requests }) => requests >= 1)).toBe(true);
	expect([
		scaled(10, 2),
		scaled(30, 0.5),
		scaled(10, 0.01),
		scaled(10, 0),
	]).toEqual([20, 15, 1, 0]);
});
