// A request ends in time with a whole answer or with a code that says what went wrong,
// however the receiver behaves; a certificate must prove the name.
import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { failureOf, listen, outboundFor, type Receiver } from "./receiver.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/tls");
const certificate = readFileSync(
	join(fixtures, "receiver-certificate.pem"),
	"utf8",
);
const key = readFileSync(join(fixtures, "receiver-key.pem"), "utf8");

const open: Receiver[] = [];
afterEach(async () => {
	for (const receiver of open.splice(0)) await receiver.close();
});

async function receiverThat(
	listener: RequestListener,
	make?: Parameters<typeof listen>[1],
): Promise<Receiver> {
	const receiver = await listen(listener, make);
	open.push(receiver);
	return receiver;
}

const names = { "receiver.test": ["127.0.0.1"], "other.test": ["127.0.0.1"] };

test("sends the method, path, headers and exact bytes, and answers with the receiver's", async () => {
	let received = "";
	const receiver = await receiverThat((request, response) => {
		const { host, connection, ...rest } = request.headers;
		received = `${JSON.stringify(rest)} ${host?.split(":")[0]}\n`;
		request.on("data", (part: Buffer) => {
			received += part.toString("latin1");
		});
		request.on("end", () => {
			response.writeHead(418, {
				"X-Answer": "yes",
				"Set-Cookie": ["a=1", "b=2"],
			});
			response.end("short and stout");
		});
	});
	const { get } = outboundFor(names);
	const answer = await get(
		`http://receiver.test:${receiver.port}/a%20b?c=d#e`,
		{
			method: "POST",
			headers: { "x-one": "1" },
			body: Buffer.from([0, 255, 10]),
			allowPrivate: true,
		},
	);
	expect(receiver.requests).toEqual(["POST /a%20b?c=d"]);
	expect(received).toBe(
		'{"x-one":"1","accept-encoding":"identity","content-length":"3"} receiver.test\n\u0000\u00ff\n',
	);
	expect(answer).toMatchObject({
		status: 418,
		headers: { "x-answer": "yes", "set-cookie": "a=1, b=2" },
		body: Buffer.from("short and stout"),
	});
	expect(answer.durationMs).toBeGreaterThan(0);
});

test.each<[string, RequestListener, string]>([
	["never answers", () => {}, "TIMEOUT"],
	[
		"stops in the middle",
		(_request, response) => response.write("half"),
		"TIMEOUT",
	],
	[
		"breaks off before the answer",
		(request) => request.socket.destroy(),
		"CONNECT",
	],
	[
		"breaks off in the body",
		(_request, response) => {
			response.writeHead(200, { "content-length": "100" });
			response.write("half", () => response.destroy());
		},
		"CONNECT",
	],
	[
		"does not speak HTTP",
		(request) => request.socket.end("SSH-2.0-OpenSSH_9.2\r\n"),
		"CONNECT",
	],
	[
		"sends headers without end",
		(request) =>
			request.socket.write(`HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(40_000)}`),
		"TOO_LARGE",
	],
	[
		"says it is too long",
		(_request, response) => {
			response.writeHead(200, { "content-length": "100000" });
			response.end(Buffer.alloc(100_000));
		},
		"TOO_LARGE",
	],
	[
		"never ends",
		(_request, response) => {
			const send = () => {
				while (!response.destroyed && response.write(Buffer.alloc(50_000)));
			};
			response.on("drain", send);
			send();
		},
		"TOO_LARGE",
	],
	[
		"leaves HTTP",
		(request) =>
			request.socket.write(
				"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
			),
		"CONNECT",
	],
])("a receiver that %s", async (_what, listener, code) => {
	const receiver = await receiverThat(listener);
	const { get } = outboundFor(names);
	const failure = await failureOf(
		get(`http://receiver.test:${receiver.port}/`, {
			allowPrivate: true,
			timeoutMillis: 300,
		}),
	);
	expect(failure.code).toBe(code);
});

test("an answer that may be cut is answered by its start", async () => {
	const receiver = await receiverThat((_request, response) => {
		const send = () => {
			while (!response.destroyed && response.write("a".repeat(50_000)));
		};
		response.on("drain", send);
		send();
	});
	const { get } = outboundFor(names);
	const answer = await get(`http://receiver.test:${receiver.port}/`, {
		allowPrivate: true,
		maxBytes: 100,
		beyondMaxBytes: "cut",
	});
	expect(answer.body.toString()).toBe("a".repeat(100));
});

test("a port where nobody listens", async () => {
	const receiver = await receiverThat(() => {});
	await receiver.close();
	const { get } = outboundFor(names);
	const url = `http://receiver.test:${receiver.port}/private-path`;
	const failure = await failureOf(get(url, { allowPrivate: true }));
	expect(failure.code).toBe("CONNECT");
	expect(failure.message).not.toContain("private-path");
});

test("a name without an address, and one whose lookup hangs", async () => {
	const { get } = outboundFor({ "empty.test": [] });
	expect((await failureOf(get("http://nowhere.test/"))).code).toBe("DNS");
	expect((await failureOf(get("http://empty.test/"))).code).toBe("DNS");
	const hanging = outboundFor({}, { resolve: () => new Promise(() => {}) });
	const request = hanging.get("http://slow.test/", { timeoutMillis: 50 });
	expect((await failureOf(request)).code).toBe("TIMEOUT");
});

test("several requests for one name share its lookup", async () => {
	const receiver = await receiverThat((_request, response) => response.end());
	const { get, lookups } = outboundFor(names);
	const url = `http://receiver.test:${receiver.port}/`;
	await Promise.all([1, 2, 3].map(() => get(url, { allowPrivate: true })));
	expect(lookups).toEqual(["receiver.test"]);
});

test("a name whose first address does not answer is reached at its second", async () => {
	const receiver = await receiverThat((_request, response) => response.end());
	const { get } = outboundFor({ "two.test": ["127.0.0.2", "127.0.0.1"] });
	const url = `http://two.test:${receiver.port}/`;
	expect((await get(url, { allowPrivate: true })).status).toBe(200);
});

test("the caller's signal ends a request, before and while it runs", async () => {
	const receiver = await receiverThat(() => stop.abort());
	const stop = new AbortController();
	const { get } = outboundFor(names);
	const url = `http://receiver.test:${receiver.port}/`;
	const request = { allowPrivate: true, signal: stop.signal };
	expect((await failureOf(get(url, request))).code).toBe("ABORTED");
	expect((await failureOf(get(url, request))).code).toBe("ABORTED");
	expect(receiver.requests).toHaveLength(1);
});

test.each([
	[{ method: "CONNECT" }],
	[{ method: "G E T" }],
	[{ headers: { Host: "evil.test" } }],
	[{ headers: { "Content-Length": "5" } }],
	[{ headers: { "transfer-encoding": "chunked" } }],
	[{ headers: { "x-a": "b\r\nx-c: d" } }],
	[{ headers: { "x a": "b" } }],
])("%j cannot be sent", async (part) => {
	const receiver = await receiverThat((_request, response) => response.end());
	const { get } = outboundFor(names);
	const url = `http://receiver.test:${receiver.port}/`;
	const failure = await failureOf(get(url, { allowPrivate: true, ...part }));
	expect(failure.code).toBe("BAD_URL");
	expect(receiver.requests).toEqual([]);
});

test("a certificate must be trusted and be for the name, or the address, that was asked", async () => {
	const receiver = await receiverThat(
		(_request, response) => response.end("safe"),
		(listener) => createSecureServer({ cert: certificate, key }, listener),
	);
	const trusting = outboundFor(names, {
		certificateAuthorities: [certificate],
	});
	const url = (host: string) => `https://${host}:${receiver.port}/`;
	const request = { allowPrivate: true };
	for (const host of ["receiver.test", "127.0.0.1"]) {
		const answer = await trusting.get(url(host), request);
		expect(answer.body.toString()).toBe("safe");
	}
	const wrongName = await failureOf(trusting.get(url("other.test"), request));
	expect(wrongName.code).toBe("TLS");
	const untrusted = await failureOf(
		outboundFor(names).get(url("receiver.test"), request),
	);
	expect(untrusted.code).toBe("TLS");
	expect(receiver.requests).toEqual(["GET /", "GET /"]);
});

test("https to a receiver that speaks http says so", async () => {
	const receiver = await receiverThat((_request, response) => response.end());
	const { get } = outboundFor(names);
	const url = `https://receiver.test:${receiver.port}/`;
	const failure = await failureOf(get(url, { allowPrivate: true }));
	expect(failure.code).toBe("TLS");
});

test.each([
	[100, null],
	[99, "TOO_LARGE"],
])("an answer of 100 bytes where %i are taken", async (maxBytes, code) => {
	const receiver = await receiverThat((_request, response) =>
		response.end("a".repeat(100)),
	);
	const { get } = outboundFor(names);
	const asked = get(`http://receiver.test:${receiver.port}/`, {
		allowPrivate: true,
		maxBytes,
	});
	if (code === null) expect((await asked).body).toHaveLength(100);
	else await expect(asked).rejects.toMatchObject({ code });
});
