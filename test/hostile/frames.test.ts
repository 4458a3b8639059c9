// Garbage over the sockets: every frame is answered with a refusal or ends its socket with a
// code that says why; the engine stays up, no row changes, and a good call works right after.
import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { contract } from "../../src-shared/contract/index.ts";
import { cookiesOf } from "../http/open-listeners.ts";
import {
	type OpenSentryml,
	openSentryml,
	openTenants,
} from "../http/sentryml/open-sentryml.ts";
import { contents } from "./unchanged.ts";

type Frame = string | Buffer;

const garbage: Frame[] = [
	"",
	" ",
	"{",
	"[]",
	"{}",
	"null",
	"true",
	"0",
	'"text"',
	"NaN",
	"\u0000",
	"\u{1f980}",
	"GET / HTTP/1.1\r\n\r\n",
	"[".repeat(30_000),
	'{"a":'.repeat(10_000),
	'{"__proto__":{"i":"1","p":{"u":"/system/session"}}}',
	"x".repeat(60_000),
	Buffer.alloc(0),
	Buffer.alloc(64, 0xff),
	Buffer.from([0xc3, 0x28]),
	Buffer.from('{"i":"1","p":{"u":"/system/session"}}', "utf16le"),
	"x".repeat(40 * 1024 * 1024),
];

const badCalls: unknown[] = [
	{ i: 1, p: { u: "/system/session" } },
	{ i: "1" },
	{ i: "1", p: null },
	{ i: "1", p: [] },
	{ i: "1", p: "x" },
	{ i: "1", p: {} },
	{ i: "1", p: { u: 5 } },
	{ i: "1", p: { u: "system/session" } },
	{ i: "1", p: { u: "/nothing" } },
	{ i: "1", p: { u: "/__proto__/constructor" } },
	{ i: "1", p: { u: "/incidents" } },
	{ i: "1", p: { u: "/incidents/list/more" } },
	{ i: "1", p: { u: "//evil.example/" } },
	{ i: "1", p: { u: "/%" } },
	{ i: "1", p: { u: "/\ud800" } },
	{ i: "1", p: { u: `/${"x".repeat(50_000)}` } },
	{ i: "1", t: 99, p: { u: "/system/session" } },
	{ i: "1", t: 3, p: { e: "message" } },
	{ i: "1", p: { u: "/system/session", m: "DELETE" } },
	{ i: "1", p: { u: "/incidents/list", h: { "content-type": "text/x" } } },
	{ i: "1", p: { u: "/incidents/list", h: { a: 5 } } },
];

interface Procedure {
	readonly "~orpc": {
		readonly inputSchema?: { readonly shape?: Record<string, unknown> };
	};
}

/** A call of every method that takes an input, with inputs of the wrong kind and with every field wrong. */
function wrongInputs(): unknown[] {
	const calls: unknown[] = [];
	for (const [module, methods] of Object.entries(contract)) {
		for (const [method, procedure] of Object.entries(methods)) {
			const { inputSchema } = (procedure as unknown as Procedure)["~orpc"];
			if (inputSchema === undefined) continue;
			const fields = Object.keys(inputSchema.shape ?? {});
			const inputs: unknown[] = [
				5,
				"x",
				[1],
				...fields.map((field) => ({ [field]: [[{}]] })),
			];
			for (const json of inputs) {
				calls.push({
					i: "1",
					p: { u: `/${module}/${method}`, b: { json } },
				});
			}
		}
	}
	return calls;
}

type Outcome =
	| { readonly closed: number }
	| { readonly text: string }
	| "silence";

/** Sends frames over a socket of its own, each after the answer to the one before; tells what the last one got: an answer, or the code of the close. */
async function outcome(
	url: string,
	headers: Record<string, string>,
	frames: readonly Frame[],
): Promise<Outcome> {
	const socket = new WebSocket(url, { headers });
	socket.on("error", () => {});
	await once(socket, "open");
	let result: Outcome = "silence";
	for (const frame of frames) {
		const answer = new Promise<Outcome>((resolve) => {
			socket.once("close", (closed) => resolve({ closed }));
			socket.once("message", (data) => resolve({ text: String(data) }));
			setTimeout(() => resolve("silence"), 3_000);
		});
		socket.send(frame);
		result = await answer;
	}
	socket.terminate();
	return result;
}

/** Close codes of RFC 6455 that say what was wrong with a message. */
const refusalCodes = [1002, 1003, 1007, 1008, 1009, 1011, 4400, 4403];

async function open() {
	const opened = await openSentryml();
	const json = { model_id: "known", score: 0.5 };
	await opened.call("POST", "/v1/events/prediction", { json });
	return opened;
}

async function rpc({ listeners }: OpenSentryml) {
	const signedIn = await fetch(listeners.signInUrl(), { redirect: "manual" });
	return {
		url: `${listeners.urls.api.replace("http", "ws")}/rpc`,
		headers: { cookie: cookiesOf(signedIn), origin: listeners.urls.api },
	};
}

test("the contract's socket", async () => {
	const opened = await open();
	const { url, headers } = await rpc(opened);
	const before = contents(opened.folder);
	const frames: Frame[] = [
		...garbage,
		...[...badCalls, ...wrongInputs()].map((call) => JSON.stringify(call)),
	];
	const wrong: string[] = [];
	for (const frame of frames) {
		const result = await outcome(url, headers, [frame]);
		const isRefused =
			result !== "silence" &&
			("closed" in result
				? refusalCodes.includes(result.closed)
				: statusOf(result.text) >= 400 && statusOf(result.text) < 500);
		if (!isRefused) {
			wrong.push(`${String(frame).slice(0, 120)} -> ${JSON.stringify(result)}`);
		}
	}
	console.info(`${frames.length} bad frames, ${wrong.length} not refused`);
	expect(wrong).toEqual([]);
	expect(frames.length).toBeGreaterThanOrEqual(150);
	expect(contents(opened.folder)).toEqual(before);
	expect(opened.logged).toEqual([]);
	const good = await outcome(url, headers, [
		JSON.stringify({ i: "1", p: { u: "/models/list", b: {} } }),
	]);
	expect(good).toEqual({ text: expect.stringContaining("known") });
}, 120_000);

test("API B's event socket, before and after connecting", async () => {
	const opened = await open();
	const { first } = await openTenants(opened);
	const { accessToken } = await opened.engine.identity.login(
		"alice@example.com",
		"securepassword123",
		900,
	);
	const connect = JSON.stringify({
		type: "connect",
		token: accessToken,
		tenantId: first.tenant.id,
	});
	const messages: Frame[] = [
		...garbage,
		...[
			{ type: "connect" },
			{ type: "connect", token: 5, tenantId: first.tenant.id },
			{ type: "connect", token: "", tenantId: "" },
			{ type: "connect", token: "x".repeat(20_000), tenantId: "x" },
			{ type: "connect", token: accessToken, tenantId: "another" },
			{ type: "connect", token: `${accessToken}x`, tenantId: first.tenant.id },
			{ type: "subscribe" },
			{ type: "subscribe", channels: "incidents" },
			{ type: "subscribe", channels: ["nothing"] },
			{ type: "subscribe", channels: [5] },
			{ type: "subscribe", channels: Array(101).fill("incidents") },
			{ type: "unsubscribe", channels: {} },
			{ type: "__proto__" },
			{ type: ["ping"] },
			{ type: "constructor", channels: [] },
		].map((message) => JSON.stringify(message)),
	];
	const before = contents(opened.folder);
	const wrong: string[] = [];
	for (const prelude of [[], [connect]]) {
		for (const frame of messages) {
			const result = await outcome(opened.listeners.urls.events, {}, [
				...prelude,
				frame,
			]);
			const isRefused =
				result !== "silence" &&
				("closed" in result
					? refusalCodes.includes(result.closed)
					: JSON.parse(result.text).type === "error");
			if (!isRefused) {
				wrong.push(
					`${String(frame).slice(0, 120)} -> ${JSON.stringify(result)}`,
				);
			}
		}
	}
	console.info(
		`${messages.length * 2} bad messages, ${wrong.length} not refused`,
	);
	expect(wrong).toEqual([]);
	expect(contents(opened.folder)).toEqual(before);
	expect(opened.logged).toEqual([]);
	expect(await outcome(opened.listeners.urls.events, {}, [connect])).toEqual({
		text: expect.stringContaining('"connected"'),
	});
}, 120_000);

/** The status of an answering frame: 200 when it names none. */
function statusOf(text: string): number {
	return (JSON.parse(text) as { p: { s?: number } }).p.s ?? 200;
}
