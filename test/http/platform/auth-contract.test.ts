// API A, "Authentication", and the keys for programs: each operation's shape, cookie and
// refusals. A refresh token is good once, one that comes again ends its whole family, and
// what was signed out stays out when the engine starts again on the same data.
import { decodeJwt } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { startListeners } from "../../../src-main/http/index.ts";
import { temporaryFolder, testPorts } from "../../engine/test-ports.ts";
import { cookiesOf } from "../open-listeners.ts";
import { checkedFetch } from "../openapi/checked-fetch.ts";
import {
	alice,
	bob,
	type OpenPlatform,
	sharedPlatform,
} from "./open-platform.ts";

const platform = sharedPlatform();
const password = { username: alice.email, password: alice.password };

interface Given {
	json?: unknown;
	token?: string | undefined;
	cookie?: string | undefined;
}

function send(
	{ listeners }: Pick<OpenPlatform, "listeners">,
	method: string,
	path: string,
	{ json, token, cookie }: Given = {},
) {
	return checkedFetch(listeners, `/api/v1${path}`, {
		method,
		...(json === undefined ? {} : { body: JSON.stringify(json) }),
		headers: {
			...(json === undefined ? {} : { "content-type": "application/json" }),
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			...(cookie === undefined ? {} : { cookie }),
		},
	});
}

/** Signs in by password: the access token and the cookie of the refresh token. */
async function signIn(opened: Pick<OpenPlatform, "listeners"> = platform()) {
	return session(await send(opened, "POST", "/auth/token", { json: password }));
}

async function session(answer: Response) {
	expect(answer.status).toBe(200);
	const { access_token: token } = (await answer.json()) as {
		access_token: string;
	};
	return { token, cookie: cookiesOf(answer) };
}

describe("POST /auth/token", () => {
	test("answers a token of an hour and sets the refresh token", async () => {
		const answer = await send(platform(), "POST", "/auth/token", {
			json: password,
		});
		const body = (await answer.json()) as { access_token: string };
		expect(body).toEqual({
			access_token: expect.stringMatching(/^eyJ/),
			token_type: "bearer",
			expires_in: 3600,
		});
		const { exp = 0, iat = 0 } = decodeJwt(body.access_token);
		expect(exp - iat).toBe(3600);
		expect(answer.headers.getSetCookie()).toEqual([
			expect.stringMatching(
				/^refresh_token=rt_\S+; Max-Age=604800; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
			),
		]);
	});

	test.each<[string, unknown, number, string[]]>([
		["a wrong password", { ...password, password: "wrong" }, 401, []],
		["a wrong name", { ...password, username: "nobody" }, 401, []],
		[
			"somebody else's password",
			{ ...password, password: bob.password },
			401,
			[],
		],
		["no password", { username: alice.email }, 422, ["password"]],
		["nothing", {}, 422, ["username", "password"]],
		["no body", undefined, 422, ["body"]],
		["a number", { ...password, password: 1 }, 422, ["password"]],
		["a list", { username: [alice.email], password: "x" }, 422, ["username"]],
		["an empty name", { ...password, username: "" }, 422, ["username"]],
		[
			"a password that is too long",
			{ ...password, password: "x".repeat(1_001) },
			422,
			["password"],
		],
		["a field that is not known", { ...password, otp: "1" }, 422, ["otp"]],
	])("with %s is refused", async (_, json, status, fields) => {
		const answer = await send(platform(), "POST", "/auth/token", { json });
		const body = (await answer.json()) as { errors?: { field: string }[] };
		expect([
			answer.status,
			body.errors?.map(({ field }) => field) ?? [],
		]).toEqual([status, fields]);
		expect(answer.headers.getSetCookie()).toEqual([]);
	});

	test("tells neither name nor password apart", async () => {
		const details = await Promise.all(
			[
				{ username: "nobody@example.com", password: "x" },
				{ username: alice.email, password: "x" },
			].map(async (json) =>
				(await send(platform(), "POST", "/auth/token", { json })).json(),
			),
		);
		expect(details[0]).toEqual(details[1]);
	});
});

describe("POST /auth/refresh", () => {
	test("answers as the sign-in did, and spends the token", async () => {
		const first = await signIn();
		const answer = await send(platform(), "POST", "/auth/refresh", first);
		const next = await session(answer);
		expect(next.token).not.toBe(first.token);
		expect(next.cookie).not.toBe(first.cookie);
	});

	test("with a spent token ends the whole family", async () => {
		const first = await signIn();
		const other = await signIn();
		const next = await session(
			await send(platform(), "POST", "/auth/refresh", { cookie: first.cookie }),
		);
		const refresh = async (cookie: string) =>
			(await send(platform(), "POST", "/auth/refresh", { cookie })).status;
		expect(await refresh(first.cookie)).toBe(401);
		expect(await refresh(next.cookie)).toBe(401);
		// Its access tokens too, and nobody else's.
		for (const [{ token }, status] of [
			[first, 401],
			[next, 401],
			[other, 200],
		] as const) {
			const answer = await send(platform(), "GET", "/api-keys", { token });
			expect(answer.status).toBe(status);
		}
		expect(await refresh(other.cookie)).toBe(200);
	});

	test.each([
		["no cookie", undefined],
		["another cookie", "access_token=x"],
		["a made up token", "refresh_token=rt_x"],
		["an access token", "refresh_token=eyJ"],
	])("with %s is 401", async (_, cookie) => {
		const answer = await send(platform(), "POST", "/auth/refresh", { cookie });
		expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
	});

	test("of twenty at once lets one through", async () => {
		const { cookie } = await signIn();
		const answers = await Promise.all(
			Array.from({ length: 20 }, () =>
				send(platform(), "POST", "/auth/refresh", { cookie }),
			),
		);
		const statuses = answers.map(({ status }) => status).sort();
		expect(statuses).toEqual([200, ...Array(19).fill(401)]);
	});
});

describe("POST /auth/logout", () => {
	test("ends the access token and the refresh token, and clears the cookie", async () => {
		const { token, cookie } = await signIn();
		const answer = await send(platform(), "POST", "/auth/logout", { token });
		expect([answer.status, await answer.text()]).toEqual([204, ""]);
		expect(answer.headers.getSetCookie()).toEqual([
			expect.stringMatching(
				/^refresh_token=; (Max-Age=0; )?Path=\/api\/v1\/auth; Expires=Thu, 01 Jan 1970/,
			),
		]);
		for (const [method, path] of [
			["POST", "/auth/logout"],
			["GET", "/api-keys"],
		] as const) {
			expect((await send(platform(), method, path, { token })).status).toBe(
				401,
			);
		}
		const refreshed = await send(platform(), "POST", "/auth/refresh", {
			cookie,
		});
		expect(refreshed.status).toBe(401);
	});

	test("needs the token itself: a cookie is none", async () => {
		const { cookie } = await signIn();
		const answer = await send(platform(), "POST", "/auth/logout", { cookie });
		expect(answer.status).toBe(401);
		expect(answer.headers.get("www-authenticate")).toBe("Bearer");
	});
});

/** An engine on a folder, with its listeners. */
async function serve(folder: string) {
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		testPorts(),
	);
	const listeners = await startListeners(engine, {
		host: "127.0.0.1",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: 0,
		uiDirectory: null,
	});
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		await listeners.close();
		await engine.close();
	};
	onTestFinished(close);
	return { engine, listeners, close };
}

test("what was signed out or spent stays so after a restart", async () => {
	const folder = temporaryFolder(onTestFinished);
	const first = await serve(folder);
	await first.engine.identity.register(alice, 900);
	const out = await signIn(first);
	const kept = await signIn(first);
	const stolen = await signIn(first);
	await send(first, "POST", "/auth/logout", { token: out.token });
	const owner = await session(
		await send(first, "POST", "/auth/refresh", { cookie: stolen.cookie }),
	);
	await first.close();

	const second = await serve(folder);
	const status = async (method: string, path: string, given: Given) =>
		(await send(second, method, path, given)).status;
	expect(await status("GET", "/api-keys", { token: out.token })).toBe(401);
	expect(await status("POST", "/auth/refresh", { cookie: out.cookie })).toBe(
		401,
	);
	expect(await status("GET", "/api-keys", { token: kept.token })).toBe(200);
	// The thief comes second, and both are out.
	expect(await status("GET", "/api-keys", { token: owner.token })).toBe(200);
	expect(await status("POST", "/auth/refresh", { cookie: stolen.cookie })).toBe(
		401,
	);
	expect(await status("GET", "/api-keys", { token: owner.token })).toBe(401);
	expect(await status("POST", "/auth/refresh", { cookie: owner.cookie })).toBe(
		401,
	);
	expect(await status("POST", "/auth/refresh", { cookie: kept.cookie })).toBe(
		200,
	);
});
