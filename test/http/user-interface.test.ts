import {
	mkdirSync,
	readdirSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { alice, bob } from "../engine/identity/open-identity.ts";
import { testMember } from "../engine/test-member.ts";
import { temporaryFolder } from "../engine/test-ports.ts";
import { cookiesOf, openListeners, post, readJson } from "./open-listeners.ts";
import { rawRequest } from "./raw-request.ts";

// The war room in a browser: its files, its sign-in by ticket or password, and its uploads.

function uiFolder(): string {
	const folder = temporaryFolder(onTestFinished);
	mkdirSync(join(folder, "assets"));
	writeFileSync(
		join(folder, "index.html"),
		"<!doctype html><title>Tocsin</title>",
	);
	writeFileSync(join(folder, "assets", "app-1a2b.js"), "export {};");
	writeFileSync(join(folder, ".secret"), "no");
	return folder;
}

async function signedIn(options: Parameters<typeof openListeners>[0] = {}) {
	const opened = await openListeners(options);
	const url = opened.signInUrl();
	const answer = await fetch(url, { redirect: "manual" });
	const headers = { cookie: cookiesOf(answer), origin: opened.urls.api };
	return { ...opened, headers };
}

describe("pages", () => {
	test("come with a policy that runs our files alone", async () => {
		const { urls } = await openListeners({
			config: { uiDirectory: uiFolder() },
		});
		const page = await fetch(urls.ui);
		expect([page.status, await page.text()]).toEqual([
			200,
			expect.stringContaining("Tocsin"),
		]);
		const host = new URL(urls.ui).host;
		expect(page.headers.get("content-security-policy")?.split("; ")).toEqual(
			expect.arrayContaining([
				"default-src 'none'",
				"script-src 'self'",
				`connect-src 'self' ws://${host}`,
				"frame-ancestors 'none'",
			]),
		);
		expect(Object.fromEntries(page.headers)).toMatchObject({
			"x-content-type-options": "nosniff",
			"referrer-policy": "no-referrer",
			"cross-origin-opener-policy": "same-origin",
			"cross-origin-resource-policy": "same-origin",
			"cache-control": "no-cache",
		});
		const asset = await fetch(`${urls.ui}assets/app-1a2b.js`);
		expect([asset.status, asset.headers.get("cache-control")]).toEqual([
			200,
			"public, max-age=31536000, immutable",
		]);
		expect(asset.headers.get("content-security-policy")).not.toBeNull();
	});

	test.each([
		["/incident/0190", "text/html", 200],
		["/drift?model=a", "text/html,*/*", 200],
		["/incident/0190", "application/json", 404],
		["/v1/nowhere", "text/html", 404],
		["/api/nowhere", "text/html", 404],
		["/assets/gone.js", "text/html", 404],
		["/missing.png", "text/html", 404],
		["/.secret", "*/*", 404],
		["/..%2f..%2fetc%2fpasswd", "*/*", 404],
		["/%2e%2e/%2e%2e/etc/passwd", "*/*", 403],
	])("%s asked as %s -> %i", async (path, accept, status) => {
		const { urls } = await openListeners({
			config: { uiDirectory: uiFolder() },
		});
		const answer = await rawRequest(urls.api, [
			`GET ${path} HTTP/1.1`,
			`Host: ${new URL(urls.api).host}`,
			`Accept: ${accept}`,
			"Connection: close",
		]);
		expect(answer.status).toBe(status);
		expect(answer.text).not.toContain("root:");
	});

	test("without a built war room there are none", async () => {
		const { urls } = await openListeners();
		expect((await fetch(urls.ui)).status).toBe(404);
	});
});

describe("signing in", () => {
	test("a ticket works once", async () => {
		const { signInUrl, urls } = await openListeners({
			config: { uiDirectory: uiFolder() },
		});
		const url = signInUrl();
		const first = await fetch(url, { redirect: "manual" });
		expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
		expect(first.headers.getSetCookie()).toEqual([
			expect.stringMatching(
				/^tocsin_session=us_[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
			),
		]);
		const cookie = cookiesOf(first);
		const session = await fetch(`${urls.ui}ui/session`, {
			headers: { cookie },
		});
		expect([session.status, await session.json()]).toMatchObject([
			200,
			{ user: { name: "Local owner" }, role: "owner", isLocalOwner: false },
		]);
		const again = await fetch(url, { redirect: "manual" });
		expect([
			again.headers.get("location"),
			again.headers.getSetCookie(),
		]).toEqual(["/?signin=expired", []]);
		const guessedAhead = await fetch(url, {
			redirect: "manual",
			headers: { cookie },
		});
		expect(guessedAhead.headers.get("location")).toBe("/");
	});

	test("asking for headers alone does not spend a ticket", async () => {
		const { signInUrl } = await openListeners({
			config: { uiDirectory: uiFolder() },
		});
		const url = signInUrl();
		await fetch(url, { method: "HEAD", redirect: "manual" });
		const answer = await fetch(url, { redirect: "manual" });
		expect(answer.headers.get("location")).toBe("/");
	});

	test("by password, until signed out", async () => {
		const { urls, identity } = await openListeners();
		await identity.register(alice, 900);
		const origin = urls.api;
		const signIn = (password: string) =>
			post(
				`${urls.api}/ui/sign-in`,
				{ email: alice.email, password },
				{ origin },
			);
		expect((await signIn("wrong")).status).toBe(401);
		const answer = await signIn(alice.password);
		expect(answer.status).toBe(204);
		const cookie = cookiesOf(answer);
		const session = () =>
			fetch(`${urls.api}/ui/session`, { headers: { cookie } });
		expect(await (await session()).json()).toMatchObject({
			user: { name: "Alice Doe", email: alice.email },
		});
		const out = await post(`${urls.api}/ui/sign-out`, undefined, {
			cookie,
			origin,
		});
		expect([out.status, cookiesOf(out)]).toEqual([204, "tocsin_session="]);
		expect((await session()).status).toBe(401);
	});

	test("attempts are limited", async () => {
		const { urls } = await openListeners({ config: { rateLimitScale: 1 } });
		const statuses: number[] = [];
		for (let attempt = 0; attempt < 11; attempt++) {
			statuses.push((await post(`${urls.api}/ui/sign-in`, {})).status);
		}
		expect(statuses).toEqual([...Array(10).fill(422), 429]);
	});
});

describe("uploads", () => {
	test("are kept for the person who sent them, readable by their owner alone", async () => {
		const { urls, headers, identity, uploads, folder } = await signedIn();
		const content = "model_id,score\nfraud,0.5\n".repeat(10_000);
		const answer = await fetch(`${urls.api}/ui/uploads?name=events.csv`, {
			method: "PUT",
			headers,
			body: content,
		});
		const upload = await readJson<{ uploadId: string }>(answer);
		expect([answer.status, upload]).toEqual([
			201,
			{
				uploadId: expect.stringMatching(/^[0-9a-f-]{36}$/),
				name: "events.csv",
				sizeBytes: content.length,
			},
		]);
		const path = join(folder, "uploads", upload.uploadId);
		expect(statSync(path)).toMatchObject({ size: content.length });
		expect(statSync(path).mode & 0o777).toBe(0o600);
		const owner = identity.localPrincipal();
		expect(uploads.resolve(upload.uploadId, owner)).toEqual({
			...upload,
			path,
		});
		const stranger = testMember(owner.tenant, "owner", { id: "someone" });
		expect(uploads.resolve(upload.uploadId, stranger)).toBeNull();
		await uploads.release(upload.uploadId);
		expect(uploads.resolve(upload.uploadId, owner)).toBeNull();
		expect(readdirSync(join(folder, "uploads"))).toEqual([]);
	});

	test.each([
		["no name", "", "x", 422],
		["a name with a NUL", "?name=a%00b", "x", 422],
		["too much", "?name=a", "x".repeat(1_001), 413],
	])("%s is refused and leaves nothing", async (_, query, body, status) => {
		const { urls, headers, folder } = await signedIn({ uploadLimit: 1_000 });
		const answer = await fetch(`${urls.api}/ui/uploads${query}`, {
			method: "PUT",
			headers,
			body,
		});
		expect([answer.status, await answer.json()]).toEqual([
			status,
			{ detail: expect.any(String) },
		]);
		expect(readdirSync(join(folder, "uploads"))).toEqual([]);
	});

	test("too much without a declared length is refused as it comes", async () => {
		const { urls, headers, folder } = await signedIn({ uploadLimit: 1_000 });
		const { status } = await rawRequest(
			urls.api,
			[
				"PUT /ui/uploads?name=a HTTP/1.1",
				`Host: ${new URL(urls.api).host}`,
				`Cookie: ${headers.cookie}`,
				`Origin: ${headers.origin}`,
				"Transfer-Encoding: chunked",
			],
			`7d0\r\n${"x".repeat(2_000)}\r\n`,
		);
		expect(status).toBe(413);
		expect(readdirSync(join(folder, "uploads"))).toEqual([]);
	});

	test("one that breaks off leaves nothing", async () => {
		const { urls, headers, folder, logged } = await signedIn();
		const stop = new AbortController();
		const body = new ReadableStream({
			start: (controller) => controller.enqueue(new Uint8Array(100_000)),
		});
		const sent = fetch(`${urls.api}/ui/uploads?name=a`, {
			method: "PUT",
			headers,
			body,
			signal: stop.signal,
			...{ duplex: "half" },
		});
		const files = () => readdirSync(join(folder, "uploads"));
		await expect.poll(files).toHaveLength(1);
		stop.abort();
		await expect(sent).rejects.toThrow();
		await expect.poll(files).toEqual([]);
		expect(logged.filter(({ fields }) => "error" in fields)).toEqual([]);
	});

	test("without a session there is none", async () => {
		const { urls, identity } = await openListeners();
		const key = identity.apiKeys.create(identity.localPrincipal(), "k").key;
		for (const headers of [{}, { "x-api-key": key }]) {
			const answer = await fetch(`${urls.api}/ui/uploads?name=a`, {
				method: "PUT",
				headers,
				body: "x",
			});
			expect(answer.status).toBe(401);
		}
	});

	test("go after a day, whoever left them", async () => {
		const { folder, uploads, ports } = await signedIn();
		for (const [name, ageHours] of [
			["old", 25],
			["new", 23],
		] as const) {
			const path = join(folder, "uploads", name);
			writeFileSync(path, "x");
			const at = ports.clock.now() / 1000 - ageHours * 3_600;
			utimesSync(path, at, at);
		}
		await uploads.sweep();
		expect(readdirSync(join(folder, "uploads"))).toEqual(["new"]);
	});
});

test("another tenant's session sees its own tenant", async () => {
	const { urls, identity } = await openListeners();
	await identity.register(alice, 900);
	await identity.register(bob, 900);
	const answer = await post(`${urls.api}/ui/sign-in`, {
		email: bob.email,
		password: bob.password,
	});
	const session = await fetch(`${urls.api}/ui/session`, {
		headers: { cookie: cookiesOf(answer) },
	});
	expect(await session.json()).toMatchObject({ tenant: { name: "Beta" } });
});
