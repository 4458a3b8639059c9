// A sender is who it says when it shows a secret, or signed exactly this body with one, and not long ago.
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
	isSigned,
	type SignedRequest,
	shownSecrets,
} from "../../../../src-main/engine/monitoring/integrations/sender-proof.ts";

const body = Buffer.from('{"a":1}');
const now = 1_700_000_000_000;
const hmac = (secret: string, text: string | Buffer = body) =>
	createHmac("sha256", secret).update(text).digest("hex");

test.each([
	[{ "x-webhook-secret": "one" }, ["one"]],
	[{ authorization: "Bearer two" }, ["two"]],
	[{ authorization: "bearer two" }, ["two"]],
	[
		{ authorization: `Basic ${Buffer.from("me:a:b").toString("base64")}` },
		["a:b"],
	],
	[{ "x-webhook-secret": "one", authorization: "Bearer two" }, ["one", "two"]],
	[{ authorization: "Digest two" }, []],
	[{ authorization: "two" }, []],
	[{ "x-webhook-secret": "" }, []],
	[{}, []],
])("%j shows %j", (headers, secrets) => {
	expect(shownSecrets(headers)).toEqual(secrets);
});

function signed(
	type: SignedRequest["type"],
	headers: SignedRequest["headers"],
	config = {},
) {
	return isSigned({ type, headers, body, config, now }, ["old", "new"]);
}

describe("PagerDuty", () => {
	const header = "x-pagerduty-signature";
	test.each([
		["the first secret", `v1=${hmac("old")}`, true],
		["the second", `v1=${hmac("new")}`, true],
		["one of several", `v1=${hmac("x")}, v1=${hmac("new")}`, true],
		["another secret", `v1=${hmac("x")}`, false],
		["no secret", `v1=${hmac("")}`, false],
		["another body", `v1=${hmac("old", "{}")}`, false],
		["another version", `v2=${hmac("old")}`, false],
		["the beginning of it", `v1=${hmac("old").slice(0, 32)}`, false],
		["nothing", "v1=", false],
	])("%s", (_, value, isMatch) => {
		expect(signed("pagerduty", { [header]: value })).toBe(isMatch);
	});

	test("a signature in another's header is none", () => {
		expect(signed("grafana", { [header]: `v1=${hmac("old")}` })).toBe(false);
		expect(signed("generic", { [header]: `v1=${hmac("old")}` })).toBe(false);
	});
});

describe("Grafana", () => {
	const header = "x-grafana-alerting-signature";
	const config = { timestampHeader: "X-Time" };
	const at = (seconds: number) => ({
		[header]: hmac("new", `${seconds}:${body}`),
		"x-time": String(seconds),
	});
	const seconds = now / 1_000;

	test("the body alone, where no time is configured", () => {
		expect(signed("grafana", { [header]: hmac("new") })).toBe(true);
		expect(signed("grafana", { [header]: hmac("x") })).toBe(false);
		expect(signed("grafana", { [header]: hmac("new") }, config)).toBe(false);
	});

	test.each([
		[0, true],
		[300, true],
		[-300, true],
		[301, false],
		[-301, false],
	])("signed %i s from now", (apart, isMatch) => {
		expect(signed("grafana", at(seconds + apart), config)).toBe(isMatch);
	});

	test("a time that was not the signed one", () => {
		const headers = { ...at(seconds), "x-time": String(seconds + 1) };
		expect(signed("grafana", headers, config)).toBe(false);
	});
});
