// Requests that no HTTP client would send: each gets a clear 4xx before anything is read that
// need not be, and memory does not follow what a sender promises.
import { connect } from "node:net";
import { expect, test } from "vitest";
import { rawRequest } from "../http/raw-request.ts";
import { openSentryml } from "../http/sentryml/open-sentryml.ts";
import { contents } from "./unchanged.ts";

const event = '{"model_id":"m","score":1}';

test("broken requests are refused in words", async () => {
	const opened = await openSentryml();
	const { api } = opened.listeners.urls;
	const host = `Host: ${new URL(api).host}`;
	const key = `X-API-Key: ${opened.key}`;
	const json = "Content-Type: application/json";
	const close = "Connection: close";
	const post = "POST /v1/events/prediction HTTP/1.1";
	const length = `Content-Length: ${event.length}`;
	const requests: [name: string, lines: string[], body?: string][] = [
		["no HTTP at all", ["\u0016\u0003\u0001\u0002"]],
		["an unknown method", ["BREW /v1/models HTTP/1.1", host, close]],
		["no version", ["GET /v1/models", host]],
		["a version of the future", ["GET /v1/models HTTP/9.9", host]],
		["no Host", ["GET /v1/models HTTP/1.1", key, close]],
		["two Hosts", ["GET /v1/models HTTP/1.1", host, host, key, close]],
		["a foreign Host", ["GET /v1/models HTTP/1.1", "Host: evil.example", key]],
		[
			"a foreign Origin",
			[post, host, key, json, length, "Origin: http://evil.example"],
			event,
		],
		["an absolute target", [`GET ${api}/v1/models HTTP/1.1`, host, key, close]],
		["a target of a star", ["OPTIONS * HTTP/1.1", host, key, close]],
		["a tunnel", [`CONNECT ${new URL(api).host} HTTP/1.1`, host, key]],
		[
			"huge headers",
			["GET /v1/models HTTP/1.1", host, key, `X-Long: ${"x".repeat(100_000)}`],
		],
		[
			"a huge path",
			[`GET /v1/models/${"x".repeat(100_000)} HTTP/1.1`, host, key],
		],
		[
			"very many headers",
			[
				"GET /v1/models HTTP/1.1",
				host,
				...Array.from({ length: 3_000 }, (_, index) => `X-${index}: 1`),
			],
		],
		["a header without a name", ["GET /v1/models HTTP/1.1", host, ": value"]],
		[
			"a NUL in a header",
			["GET /v1/models HTTP/1.1", host, "X-API-Key: a\u0000b"],
		],
		["a folded header", ["GET /v1/models HTTP/1.1", host, "X-A: b\r\n c"]],
		[
			"a length of words",
			[post, host, key, json, "Content-Length: many"],
			event,
		],
		["a negative length", [post, host, key, json, "Content-Length: -1"], event],
		[
			"two lengths",
			[post, host, key, json, length, "Content-Length: 5"],
			event,
		],
		[
			"a length and chunks",
			[post, host, key, json, length, "Transfer-Encoding: chunked"],
			event,
		],
		[
			"broken chunks",
			[post, host, key, json, "Transfer-Encoding: chunked"],
			"zz\r\nnonsense",
		],
		[
			"an unknown transfer encoding",
			[post, host, key, json, "Transfer-Encoding: gzip"],
			event,
		],
		[
			"an expectation",
			[post, host, key, json, length, "Expect: nonsense", close],
			event,
		],
		["two keys", ["GET /v1/models HTTP/1.1", host, key, key, close]],
		[
			"a promise of 100 GB",
			[post, host, key, json, "Content-Length: 100000000000"],
			event,
		],
		[
			"a promise of 100 GB of settings",
			[
				"PUT /v1/models/m/monitor HTTP/1.1",
				host,
				key,
				json,
				"Content-Length: 100000000000",
			],
			event,
		],
	];
	const before = contents(opened.folder);
	const wrong: string[] = [];
	for (const [name, lines, body] of requests) {
		const { status, text } = await rawRequest(api, lines, body);
		if (!(status >= 400 && status < 500)) {
			wrong.push(`${name}: ${status} ${text.slice(0, 120)}`);
		}
	}
	console.info(
		`${requests.length} broken requests, ${wrong.length} not refused`,
	);
	expect(wrong).toEqual([]);
	expect(contents(opened.folder)).toEqual(before);
	expect((await opened.call("GET", "/v1/models")).status).toBe(200);
});

test("100 MB for one event are refused early, and not kept", async () => {
	const { listeners, key, call } = await openSentryml();
	const megabyte = Buffer.alloc(1_000_000, 0x20);
	const { port } = new URL(listeners.urls.api);
	const before = process.memoryUsage().rss;
	for (const framing of [
		"Content-Length: 100000000",
		"Transfer-Encoding: chunked",
	]) {
		const socket = connect(Number(port));
		let sent = 0;
		let text = "";
		socket.setEncoding("utf8").on("data", (chunk) => {
			text += chunk;
		});
		socket.on("error", () => {});
		const ended = new Promise((resolve) => socket.once("close", resolve));
		socket.write(
			`POST /v1/events/prediction HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`,
		);
		while (sent < 100 && text === "" && !socket.destroyed) {
			const chunk = framing.startsWith("T")
				? Buffer.concat([
						Buffer.from("f4240\r\n"),
						megabyte,
						Buffer.from("\r\n"),
					])
				: megabyte;
			await new Promise((resolve) => socket.write(chunk, resolve));
			sent++;
		}
		expect(text.slice(9, 12)).toBe("413");
		expect(text).toContain('"detail":"The body is too large."');
		expect(sent).toBeLessThan(30);
		socket.destroy();
		await ended;
	}
	expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(100);
	expect((await call("GET", "/v1/models")).body).toEqual([]);
});
