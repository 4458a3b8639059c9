// Pages of other sites, and of other ports of this machine, get nothing from the engine and
// change nothing in it, with the session's cookie in the very same browser.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "@playwright/test";
import { findBrowser } from "../runner/find-browser.mjs";
import { expect, test } from "./engine-fixture.ts";
import { openIncidents, signIn } from "./war-room.ts";

let server: Server;
let foreign = "";

test.beforeAll(async () => {
	server = createServer((_, response) => {
		response.writeHead(200, { "content-type": "text/html" });
		response.end("<!doctype html><title>Another site</title>");
	});
	await new Promise<void>((listening) =>
		server.listen(0, "127.0.0.1", listening),
	);
	foreign = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => {
	server.closeAllConnections();
	server.close();
});

test("another port of this machine cannot read, write, sign in or open the socket", async ({
	engine,
	page,
	context,
}) => {
	const client = await engine.client();
	const [id] = await openIncidents(client, ["Ada"]);
	await signIn(page, engine);
	const attacker = await context.newPage();
	await attacker.goto(foreign);
	expect(await attacks(attacker, engine.api)).toEqual([]);
	const socket = await attacker.evaluate(
		(api) =>
			new Promise((told) => {
				const opened = new WebSocket(`${api.replace(/^http/, "ws")}/rpc`);
				opened.onopen = () => told("open");
				opened.onerror = () => told("refused");
			}),
		engine.api,
	);
	expect(socket).toBe("refused");

	// A form needs no permission to send; the guard is what stops it.
	const [answer] = await Promise.all([
		attacker.waitForResponse((each) => each.url().includes("/ui/sign-out")),
		attacker.evaluate((api) => {
			const form = document.createElement("form");
			form.method = "post";
			form.action = `${api}/ui/sign-out`;
			document.body.append(form);
			form.submit();
		}, engine.api),
	]);
	expect(answer.status()).toBe(403);
	await page.reload();
	await expect(page.getByText("Connected")).toBeVisible();
	expect((await client.incidents.get({ id: id ?? "" })).state).toBe("detected");
	expect(await client.models.list()).toEqual([]);
});

test("its pages cannot be framed", async ({ engine, page, context }) => {
	await signIn(page, engine);
	const attacker = await context.newPage();
	await attacker.goto(foreign);
	await attacker.evaluate((api) => {
		const frame = document.createElement("iframe");
		frame.src = api;
		document.body.append(frame);
		return new Promise((loaded) => {
			frame.onload = loaded;
		});
	}, engine.api);
	const [, framed] = attacker.frames();
	expect(await framed?.locator("#root").count()).toBe(0);
});

test("a name that is re-bound to this machine reads nothing", async ({
	engine,
}) => {
	const browser = await chromium.launch({
		executablePath: findBrowser() ?? undefined,
		args: ["--host-resolver-rules=MAP evil.test 127.0.0.1"],
	});
	try {
		const page = await browser.newPage();
		const { port } = new URL(engine.api);
		const own = await page.goto(`http://evil.test:${port}/`);
		expect(own?.status()).toBe(421);
		expect(await page.content()).not.toContain("root");
		// From its own page: for the browser, one origin with the engine.
		const reads = await page.evaluate(async () => {
			const read: string[] = [];
			for (const path of [
				"/",
				"/ui/session",
				"/v1/models",
				"/v1/incidents",
				"/api/v1/api-keys",
			]) {
				const response = await fetch(path);
				if (response.status !== 421) read.push(`${response.status} ${path}`);
			}
			const socket = await new Promise((told) => {
				const opened = new WebSocket(`ws://${location.host}/rpc`);
				opened.onopen = () => told(true);
				opened.onerror = () => told(false);
			});
			return socket === true ? [...read, "/rpc"] : read;
		});
		expect(reads).toEqual([]);
	} finally {
		await browser.close();
	}
});

/** What a page of another origin could read or do; none of it may succeed. */
function attacks(page: Page, api: string): Promise<string[]> {
	return page.evaluate(async (engine) => {
		const succeeded: string[] = [];
		const body = JSON.stringify({ model_id: "stolen", score: 0.5 });
		const tries: [string, RequestInit][] = [
			["/ui/session", {}],
			["/v1/models", {}],
			["/api/v1/api-keys", { method: "POST", body: '{"name":"stolen"}' }],
			["/v1/events/prediction", { method: "POST", body }],
			[
				"/v1/events/prediction",
				{
					method: "POST",
					body,
					headers: { "content-type": "application/json" },
				},
			],
			["/ui/sign-out", { method: "POST" }],
			["/ui/uploads?name=x.csv", { method: "PUT", body: "a,b\n" }],
		];
		for (const [path, options] of tries) {
			for (const mode of ["cors", "no-cors"] as const) {
				try {
					const response = await fetch(`${engine}${path}`, {
						...options,
						mode,
						credentials: "include",
					});
					if (response.type !== "opaque") {
						succeeded.push(`${path} ${mode} ${response.status}`);
					}
				} catch {
					// Refused by the browser or the guard: as it must be.
				}
			}
		}
		return succeeded;
	}, api);
}
