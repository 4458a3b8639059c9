import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { allowedHosts } from "../../src-main/http/guard/allowed-hosts.ts";
import { refusalOf } from "../../src-main/http/guard/request-guard.ts";
import { alice } from "../engine/identity/open-identity.ts";
import { cookiesOf, openListeners, post } from "./open-listeners.ts";
import { rawRequest } from "./raw-request.ts";

// A page of another site reaches no listener: neither by a name of its own for our address,
// nor with a cookie that the browser adds, nor over a WebSocket.

const allowed = allowedHosts("127.0.0.1", 8000);
const own = "http://127.0.0.1:8000";

function statusOf(
	method: string,
	headers: Record<string, string>,
	rawHeaders = ["Host", headers.host ?? ""],
) {
	return (
		refusalOf({ method, url: "/x", headers, rawHeaders }, allowed)?.status ??
		200
	);
}

describe("the guard", () => {
	test.each([
		["127.0.0.1:8000", 200],
		["localhost:8000", 200],
		["[::1]:8000", 200],
		["evil.example:8000", 421],
		["127.0.0.1.evil.example:8000", 421],
		["LOCALHOST.:8000", 421],
		["localhost.:8000", 421],
		["LOCALHOST:8000", 421],
		["localhost", 421],
		["localhost:8001", 421],
		["127.0.0.1:8000@evil.example", 421],
		["127.1:8000", 421],
		["2130706433:8000", 421],
		["[::ffff:127.0.0.1]:8000", 421],
		["", 421],
	])("answers Host %j with %i", (host, status) => {
		expect(statusOf("GET", { host })).toBe(status);
	});

	test("refuses a missing and a doubled Host, and a target that is a whole address", () => {
		const host = "127.0.0.1:8000";
		expect(statusOf("GET", {}, [])).toBe(400);
		expect(statusOf("GET", { host }, ["Host", host, "hOST", host])).toBe(400);
		expect(
			refusalOf(
				{
					method: "GET",
					url: "http://evil.example/",
					headers: { host },
					rawHeaders: ["Host", host],
				},
				allowed,
			)?.status,
		).toBe(400);
	});

	const cookie = "tocsin_session=us_x";
	test.each<[string, string, Record<string, string>, number]>([
		["a script without a browser", "POST", {}, 200],
		["a script with a key", "POST", { "x-api-key": "k" }, 200],
		[
			"a script with API B's cookies",
			"POST",
			{ cookie: "access_token=x" },
			200,
		],
		[
			"our page",
			"POST",
			{ cookie, origin: own, "sec-fetch-site": "same-origin" },
			200,
		],
		["our page, an older browser", "POST", { cookie, origin: own }, 200],
		["a session without an Origin", "POST", { cookie }, 403],
		["a session, read only", "GET", { cookie }, 200],
		["another site", "POST", { cookie, origin: "https://evil.example" }, 403],
		[
			"another port of this machine",
			"POST",
			{ cookie, origin: "http://localhost:3000" },
			403,
		],
		[
			"another scheme",
			"POST",
			{ cookie, origin: "https://127.0.0.1:8000" },
			403,
		],
		["a sandboxed page", "POST", { cookie, origin: "null" }, 403],
		[
			"another site with a key",
			"POST",
			{ "x-api-key": "k", origin: "https://evil.example" },
			403,
		],
		[
			"another site with a token",
			"GET",
			{ authorization: "Bearer x", origin: "http://localhost:3000" },
			403,
		],
		[
			"our Origin that the browser contradicts",
			"POST",
			{ origin: own, "sec-fetch-site": "same-site" },
			403,
		],
		[
			"a same-site request without an Origin",
			"POST",
			{ "sec-fetch-site": "same-site" },
			403,
		],
		[
			"a preflight of another site",
			"OPTIONS",
			{
				origin: "https://evil.example",
				"access-control-request-private-network": "true",
			},
			403,
		],
		[
			"an image of another site",
			"GET",
			{
				"sec-fetch-site": "cross-site",
				"sec-fetch-mode": "no-cors",
				"sec-fetch-dest": "image",
			},
			403,
		],
		[
			"a frame of another site",
			"GET",
			{
				"sec-fetch-site": "cross-site",
				"sec-fetch-mode": "navigate",
				"sec-fetch-dest": "iframe",
			},
			403,
		],
		[
			"a link of another site",
			"GET",
			{
				"sec-fetch-site": "cross-site",
				"sec-fetch-mode": "navigate",
				"sec-fetch-dest": "document",
			},
			200,
		],
		[
			"a form of another site",
			"POST",
			{
				"sec-fetch-site": "cross-site",
				"sec-fetch-mode": "navigate",
				"sec-fetch-dest": "document",
			},
			403,
		],
		[
			"an address typed by hand",
			"GET",
			{ "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
			200,
		],
	])("%s: %s -> %o", (_, method, headers, status) => {
		expect(statusOf(method, { host: "127.0.0.1:8000", ...headers })).toBe(
			status,
		);
	});

	test("an address that others reach has the machine's own names too", () => {
		expect(allowedHosts("0.0.0.0", 80).hosts.has("127.0.0.1")).toBe(true);
		expect(allowedHosts("192.0.2.7", 8000).hosts.has("192.0.2.7:8000")).toBe(
			true,
		);
		expect(allowedHosts("0.0.0.0", 8000).hosts.has("0.0.0.0:8000")).toBe(false);
	});
});

describe("every listener", () => {
	test("keeps the guard before its routes, on HTTP and on upgrades", async () => {
		const { urls } = await openListeners();
		const bases = [
			urls.api,
			urls.copilot,
			urls.events.replace(/^ws(.*)\/ws$/, "http$1"),
		];
		for (const base of bases) {
			const { host } = new URL(base);
			const upgrade = [
				"Connection: Upgrade",
				"Upgrade: websocket",
				"Sec-WebSocket-Version: 13",
				"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
			];
			const cases: [readonly string[], number][] = [
				[["GET /x HTTP/1.1", `Host: ${host}`, "Connection: close"], 404],
				[["GET /x HTTP/1.1", "Host: evil.example", "Connection: close"], 421],
				[["GET /x HTTP/1.1", "Connection: close"], 400],
				[["GET /x HTTP/1.0"], 400],
				[
					[
						"GET /x HTTP/1.1",
						`Host: ${host}`,
						`Host: ${host}`,
						"Connection: close",
					],
					400,
				],
				[["GET /ws HTTP/1.1", "Host: evil.example", ...upgrade], 421],
				[
					[
						"GET /rpc HTTP/1.1",
						`Host: ${host}`,
						"Origin: http://localhost:3000",
						...upgrade,
					],
					403,
				],
				[
					["GET /ws HTTP/1.1", `Host: ${host}`, "Origin: null", ...upgrade],
					403,
				],
				[
					[
						"GET /nowhere HTTP/1.1",
						`Host: ${host}`,
						"Connection: close",
						...upgrade.slice(1),
					],
					404,
				],
			];
			for (const [lines, status] of cases) {
				const answer = await rawRequest(base, lines);
				expect({ base, lines, status: answer.status }).toEqual({
					base,
					lines,
					status,
				});
				expect(answer.text.toLowerCase()).not.toContain("access-control-allow");
			}
		}
	});

	test("serves a client that offers HTTP/2 as if it had not", async () => {
		const { urls } = await openListeners();
		const { status } = await rawRequest(urls.api, [
			"GET /nowhere HTTP/1.1",
			`Host: ${new URL(urls.api).host}`,
			"Connection: Upgrade, HTTP2-Settings",
			"Upgrade: h2c",
			"HTTP2-Settings: AAMAAABkAAQAAP__",
			"Connection: close",
		]);
		expect(status).toBe(404);
	});

	test("a form of another port changes nothing", async () => {
		const { urls, identity } = await openListeners();
		await identity.register(alice, 900);
		const cookie = await identity.startSession(alice.email, alice.password);
		const answer = await fetch(`${urls.api}/ui/sign-out`, {
			method: "POST",
			headers: {
				cookie: `tocsin_session=${cookie}`,
				origin: "http://localhost:3000",
				"content-type": "text/plain",
			},
			body: "{}",
		});
		expect(answer.status).toBe(403);
		expect(identity.authenticateSession(cookie)).not.toBeNull();
	});

	test("refuses an address that others reach unless that is meant", async () => {
		await expect(
			openListeners({ config: { host: "0.0.0.0" } }),
		).rejects.toThrow(/--insecure-bind/);
		const { urls } = await openListeners({
			config: { host: "0.0.0.0", insecureBind: true },
		});
		const port = new URL(urls.api).port;
		expect((await fetch(`http://127.0.0.1:${port}/x`)).status).toBe(404);
	});

	test("a taken port names its flag, and nothing stays bound", async () => {
		const blocker = createServer();
		await new Promise<void>((resolve) =>
			blocker.listen(0, "127.0.0.1", resolve),
		);
		const address = blocker.address();
		const port = typeof address === "object" ? (address?.port ?? 0) : 0;
		const free = createServer();
		await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
		const freeAddress = free.address();
		const mainPort =
			typeof freeAddress === "object" ? (freeAddress?.port ?? 0) : 0;
		await new Promise((resolve) => free.close(resolve));
		await expect(
			openListeners({ config: { port: mainPort, eventsPort: port } }),
		).rejects.toMatchObject({
			code: "EADDRINUSE",
			flag: "--events-port",
			port,
			message: `--events-port ${port} is taken by another program.`,
		});
		await expect(fetch(`http://127.0.0.1:${mainPort}/`)).rejects.toThrow();
		blocker.close();
	});

	test("finishes what it accepted before it closes", async () => {
		const { urls, close, identity } = await openListeners();
		const register = vi.spyOn(identity, "register");
		const answer = post(`${urls.copilot}/api/v1/auth/register`, alice);
		await vi.waitFor(() => expect(register).toHaveBeenCalled());
		await close();
		expect((await answer).status).toBe(200);
		await expect(fetch(urls.api)).rejects.toThrow();
	});

	test("a body that takes more than half a minute is given up, an upload's is not", async () => {
		vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const { urls, signInUrl, folder } = await openListeners();
		const host = `Host: ${new URL(urls.copilot).host}`;
		const slow = rawRequest(
			urls.copilot,
			[
				"POST /api/v1/auth/login HTTP/1.1",
				host,
				"Content-Type: application/json",
				"Content-Length: 100",
			],
			"{",
		);
		const cookie = cookiesOf(await fetch(signInUrl(), { redirect: "manual" }));
		const upload = rawRequest(
			urls.api,
			[
				"PUT /ui/uploads?name=a HTTP/1.1",
				`Host: ${new URL(urls.api).host}`,
				`Cookie: ${cookie}`,
				`Origin: ${urls.api}`,
				"Content-Length: 100",
			],
			"x",
		);
		const uploads = () => readdirSync(join(folder, "uploads"));
		await expect.poll(uploads).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(40_000);
		expect((await slow).status).toBe(408);
		expect(uploads()).toHaveLength(1);
		expect(await Promise.race([upload, "still going"])).toBe("still going");
	});

	test("limits bodies to 1 MiB and takes JSON alone", async () => {
		const { urls } = await openListeners();
		const register = `${urls.copilot}/api/v1/auth/register`;
		const tooLarge = await post(register, {
			...alice,
			x: "x".repeat(1024 * 1024),
		});
		expect([tooLarge.status, await tooLarge.json()]).toEqual([
			413,
			{ detail: "The body is too large." },
		]);
		const text = await fetch(register, { method: "POST", body: "{}" });
		expect(text.status).toBe(415);
		const broken = await fetch(register, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: "{",
		});
		expect([broken.status, await broken.json()]).toEqual([
			400,
			{ detail: "The body is not JSON." },
		]);
		const poisoned = await fetch(register, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: '{"__proto__":{"x":1}}',
		});
		expect(poisoned.status).toBe(400);
	});
});

test("cookies alone open no WebSocket without an Origin of ours", async () => {
	const { urls, identity } = await openListeners();
	await identity.register(alice, 900);
	const signedIn = await post(`${urls.api}/ui/sign-in`, {
		email: alice.email,
		password: alice.password,
	});
	const cookie = cookiesOf(signedIn);
	const attempt = (headers: Record<string, string>) =>
		new Promise<string>((resolve) => {
			const socket = new WebSocket(`${urls.api.replace("http", "ws")}/rpc`, {
				headers,
			});
			socket.on("open", () => {
				socket.close();
				resolve("open");
			});
			socket.on("unexpected-response", (_, { statusCode }) =>
				resolve(String(statusCode)),
			);
			socket.on("error", () => {});
		});
	expect(await attempt({ cookie, origin: urls.api })).toBe("open");
	expect(await attempt({ cookie })).toBe("401");
	expect(await attempt({ cookie, origin: "http://localhost:3000" })).toBe(
		"403",
	);
	expect(await attempt({ origin: urls.api })).toBe("401");
	expect(
		await attempt({ authorization: `Bearer ${identity.localToken}` }),
	).toBe("open");
	expect(await attempt({ authorization: "Bearer lo_x" })).toBe("401");
});
