// Whatever is wrong with a request under /api/v1, the answer is a problem of RFC 9457 that
// names what is wrong: unknown routes and methods before anything of the request is looked
// at, then the credential, then the body.
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { checkedFetch } from "../openapi/checked-fetch.ts";
import { sharedPlatform } from "./open-platform.ts";

const platform = sharedPlatform();
const json = "application/json";

async function ask(path: string, init: RequestInit = {}) {
	const { listeners, owner } = platform();
	const answer = await checkedFetch(listeners, `/api/v1${path}`, {
		...init,
		headers: { authorization: `Bearer ${owner.token}`, ...init.headers },
	});
	expect(answer.headers.get("content-type")).toBe("application/problem+json");
	return { answer, body: (await answer.json()) as Record<string, unknown> };
}

describe("a path that is not known", () => {
	test.each([
		["GET", "/nowhere"],
		["POST", "/nowhere"],
		["DELETE", "/incidents/x/y/z"],
		["GET", "/auth"],
		["GET", "/Incidents"],
		["PATCH", ""],
	])("%s %s is 404", async (method, path) => {
		const { answer, body } = await ask(path, { method });
		expect([answer.status, body]).toEqual([
			404,
			{
				type: "urn:tocsin:error:not-found",
				title: "Not Found",
				status: 404,
				code: "NOT_FOUND",
				detail: "No such route.",
				instance: `/api/v1${path}`,
			},
		]);
	});

	test("is 404 whatever is sent there, and by whom", async () => {
		for (const init of [
			{ headers: { authorization: "Bearer x" } },
			{ body: "x" },
			{ body: "{", headers: { "content-type": json } },
			{ body: " ".repeat(2_000_000), headers: { "content-type": json } },
			{
				body: "{}",
				headers: { "content-type": json, "content-encoding": "br" },
			},
		]) {
			const { answer } = await ask("/nowhere", { method: "POST", ...init });
			expect([init.headers, answer.status]).toEqual([init.headers, 404]);
		}
	});
});

describe("a method that is not known", () => {
	test.each([
		["DELETE", "/incidents", "GET, POST"],
		["PUT", "/incidents/3fa85f64-5717-4562-b3fc-2c963f66afa6", "GET, PATCH"],
		["GET", "/auth/token", "POST"],
		["GET", "/incidents/x/timeline", "POST"],
		["POST", "/models/x/drift", "GET"],
		["POST", "/models/x/stage", "PUT"],
		["PATCH", "/api-keys/x", "DELETE"],
		["OPTIONS", "/models", "GET, POST"],
	])("%s %s is 405 and Allow is %s", async (method, path, allow) => {
		const { answer, body } = await ask(path, {
			method,
			headers: { authorization: "" },
		});
		expect(answer.headers.get("allow")).toBe(allow);
		expect(body).toEqual({
			type: "urn:tocsin:error:method-not-allowed",
			title: "Method Not Allowed",
			status: 405,
			code: "METHOD_NOT_ALLOWED",
			detail: `${method} is not known here; ${allow} is.`,
			instance: `/api/v1${path}`,
		});
	});

	test("HEAD is 405 without a body", async () => {
		const { listeners } = platform();
		const answer = await fetch(`${listeners.urls.api}/api/v1/models`, {
			method: "HEAD",
		});
		expect([
			answer.status,
			answer.headers.get("allow"),
			await answer.text(),
		]).toEqual([405, "GET, POST", ""]);
	});
});

describe("a body that cannot be read", () => {
	const to = (
		type: string | null,
		body: string | Uint8Array<ArrayBuffer>,
		more = {},
	) =>
		ask("/models", {
			method: "POST",
			body,
			headers: { ...(type === null ? {} : { "content-type": type }), ...more },
		});

	test.each<[string, () => ReturnType<typeof to>, number, string, RegExp]>([
		["is no JSON", () => to(json, '{"name":'), 400, "bad-request", /not JSON/],
		[
			"is no UTF-8",
			() => to(json, Buffer.from([0x22, 0xff, 0x22])),
			400,
			"bad-request",
			/not UTF-8/,
		],
		[
			"would change every object",
			() => to(json, '{"__proto__":{"x":1}}'),
			400,
			"bad-request",
			/./,
		],
		[
			"is of another type",
			() => to("text/plain", "{}"),
			415,
			"unsupported-media-type",
			/application\/json/,
		],
		[
			"is of no type",
			() => to(null, "{}"),
			415,
			"unsupported-media-type",
			/application\/json/,
		],
		[
			"is a form",
			() => to("application/x-www-form-urlencoded", "name=x"),
			415,
			"unsupported-media-type",
			/application\/json/,
		],
		[
			"is compressed",
			() => to(json, "{}", { "content-encoding": "gzip" }),
			415,
			"unsupported-media-type",
			/Content-Encoding gzip/,
		],
		[
			"is too large",
			() => to(json, `"${"x".repeat(1_048_576)}"`),
			413,
			"payload-too-large",
			/too large/,
		],
	])("because it %s", async (_, send, status, kind, detail) => {
		const { answer, body } = await send();
		expect(answer.status).toBe(status);
		expect(body).toMatchObject({
			type: `urn:tocsin:error:${kind}`,
			status,
			detail: expect.stringMatching(detail),
			instance: "/api/v1/models",
		});
	});

	test("a charset is no other type", async () => {
		const { answer } = await to(`${json}; charset=utf-8`, "{}");
		expect(answer.status).toBe(422);
	});
});

test("a field at fault is named, with what is allowed", async () => {
	const { answer, body } = await ask("/models", {
		method: "POST",
		body: '{"name":"","frameworkk":"x"}',
		headers: { "content-type": json },
	});
	expect([answer.status, body]).toEqual([
		422,
		{
			type: "urn:tocsin:error:invalid",
			title: "Unprocessable Entity",
			status: 422,
			code: "VALIDATION_ERROR",
			detail:
				"name: must not be empty; frameworkk: is not known here; allowed are name, description, model_type, framework, tags",
			instance: "/api/v1/models",
			field: "name",
			errors: [
				{ field: "name", message: "must not be empty" },
				{
					field: "frameworkk",
					message:
						"is not known here; allowed are name, description, model_type, framework, tags",
				},
			],
		},
	]);
});

test("a path that is no text is a problem before any API", async () => {
	const { port, host } = new URL(platform().listeners.urls.api);
	const answer = await new Promise<string>((resolve) => {
		const socket = connect(Number(port), "127.0.0.1");
		let text = "";
		socket.on("data", (data) => {
			text += data.toString("utf8");
		});
		socket.on("close", () => resolve(text));
		socket.write(
			`GET /api/v1/%ff HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
		);
	});
	expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
});
