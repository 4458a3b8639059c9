// What is thrown under a route becomes a refusal that says what to do and nothing of the inside.
import { expect, test } from "vitest";
import { EngineError } from "../../src-main/engine/errors.ts";
import { bearerToken } from "../../src-main/http/credentials.ts";
import { faultOf } from "../../src-main/http/fault.ts";
import { testPorts } from "../engine/test-ports.ts";

const withStatus = (statusCode: number, code = "", message = "words") =>
	Object.assign(new Error(message), { statusCode, code });

test.each([
	[
		"who must sign in",
		new EngineError("UNAUTHENTICATED"),
		401,
		"unauthenticated",
		{ "www-authenticate": "Bearer" },
	],
	[
		"too many requests",
		new EngineError("RATE_LIMITED", "Slow.", { retryAfterSeconds: 7 }),
		429,
		"rate-limited",
		{ "retry-after": "7" },
	],
	[
		"too many, without a time",
		new EngineError("RATE_LIMITED"),
		429,
		"rate-limited",
		{ "retry-after": "60" },
	],
	[
		"a full disk",
		new EngineError("STORAGE_FULL"),
		507,
		"storage-full",
		{ "retry-after": "5" },
	],
	[
		"shutting down",
		new EngineError("UNAVAILABLE"),
		503,
		"unavailable",
		{ "retry-after": "5" },
	],
	["not found", new EngineError("NOT_FOUND"), 404, "not-found", {}],
	["a large body", withStatus(413), 413, "payload-too-large", {}],
	[
		"closing",
		withStatus(503),
		503,
		"service-unavailable",
		{ "retry-after": "5" },
	],
	["the inside", new Error("secret inside"), 500, "internal-server-error", {}],
	["no error at all", "secret inside", 500, "internal-server-error", {}],
	[
		"a status of the inside",
		withStatus(500, "", "secret inside"),
		500,
		"internal-server-error",
		{},
	],
])("%s", (_, thrown, status, kind, headers) => {
	const logged: unknown[] = [];
	const log = { ...testPorts().log, error: () => logged.push(1) };
	const fault = faultOf(thrown, log);
	expect(fault).toMatchObject({ status, kind });
	expect(fault.headers).toEqual(headers);
	expect(fault.detail).not.toContain("inside");
	expect(logged).toHaveLength(status === 500 ? 1 : 0);
});

test.each([
	[
		"FST_ERR_CTP_INVALID_MEDIA_TYPE",
		415,
		"The Content-Type must be application/json.",
	],
	["FST_ERR_CTP_INVALID_JSON_BODY", 400, "The body is not JSON."],
	["OTHER", 400, "words"],
])("%s of the framework is told in our words", (code, status, detail) => {
	expect(faultOf(withStatus(status, code), testPorts().log).detail).toBe(
		detail,
	);
});

test("who goes away while sending is no fault of ours", () => {
	const gone = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
	expect(faultOf(gone, testPorts().log)).toMatchObject({
		status: 400,
		detail: "The body broke off.",
	});
});

test.each([
	["Bearer abc", "abc"],
	["bearer  abc", "abc"],
	["abc", null],
	["Basic abc", null],
	["Bearer a b", null],
	["Bearer ", null],
	["XBearer abc", null],
	[undefined, null],
])("Authorization: %s bears %s", (header, token) => {
	expect(bearerToken(header)).toBe(token);
});
