import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import {
	makeSecret,
	type SecretKind,
} from "../../../src-main/engine/identity/credentials/secret-text.ts";
import {
	createLog,
	RotatingFile,
	redactText,
} from "../../../src-main/engine/log/index.ts";
import { redact } from "../../../src-main/engine/log/redact.ts";
import { alice, openIdentity } from "../identity/open-identity.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

// A secret never reaches the log: not as a field, at any depth, not inside a text, not in an error.

function keptLog(level?: string) {
	const lines: string[] = [];
	const log = createLog({ write: (line) => lines.push(line) }, level);
	return { log, lines, text: () => lines.join("") };
}

test("real secrets of every kind are taken out of messages, fields and errors", async () => {
	const { identity } = openIdentity();
	const { accessToken, refreshToken } = await identity.register(alice, 900);
	const secrets = [
		accessToken,
		refreshToken,
		identity.apiKeys.create(identity.localPrincipal(), "k").key,
		identity.issueTicket(),
		identity.localToken,
		await identity.startSession(alice.email, alice.password),
	];
	const { log, text, lines } = keptLog();
	for (const secret of secrets) {
		log.warn({ url: `/?ticket=${secret}&x=1` }, `said ${secret}.`);
		log.error(
			{ error: new Error(`no ${secret}`, { cause: secret }) },
			"failed",
		);
		log.info({ list: [{ deep: { sentence: `in ${secret}` } }] }, "nested");
	}
	expect(lines).toHaveLength(18);
	expect(secrets.filter((secret) => text().includes(secret))).toEqual([]);
	expect(text()).toContain("&x=1");
});

test("each of our own tokens is known in a text by its look alone", () => {
	const kinds = { rt: 0, us: 0, ut: 0, wt: 0, lo: 0 } satisfies Record<
		SecretKind,
		0
	>;
	for (const kind of Object.keys(kinds)) {
		const token = makeSecret(kind as SecretKind, testPorts().random);
		expect(redactText(`closed (${token}), again`)).toBe(
			`closed (${kind}_[redacted]), again`,
		);
	}
});

test.each([
	[
		"a key of a program sk_live_a-B_9 is",
		"a key of a program sk_live_[redacted] is",
	],
	["whsec_aB+/9= signs", "whsec_[redacted] signs"],
	["got eyJhbGciOiJIUzI1.eyJzdWIi.c2ln.", "got [redacted]."],
	["Authorization: bearer abc.def", "Authorization: bearer [redacted]"],
	["Basic dXNlcjpwYXNz failed", "Basic [redacted] failed"],
	...[
		"ticket",
		"token",
		"key",
		"password",
		"secret",
		"access_token",
		"refresh_token",
	].flatMap((name): [string, string][] => [
		[`at /x?${name}=a1&b=2`, `at /x?${name}=[redacted]&b=2`],
		[`at "/x?b=2&${name}=a1"`, `at "/x?b=2&${name}=[redacted]"`],
	]),
])("%j is told as %j", (text, told) => {
	expect(redactText(text)).toBe(told);
});

test("fields with a secret's name are hidden whatever they hold, down to any depth", () => {
	const names = fc.constantFrom(
		"password",
		"new_password",
		"token",
		"access_token",
		"accessToken",
		"ticket",
		"key",
		"apiKey",
		"api_key",
		"x-api-key",
		"X-API-Key",
		"authorization",
		"Authorization",
		"cookie",
		"set-cookie",
		"secret",
		"client_secret",
		"sessionCookie",
	);
	const secret = "hunter2-hunter2";
	fc.assert(
		fc.property(
			names,
			fc.integer({ min: 0, max: 12 }),
			fc.boolean(),
			(name, depth, inList) => {
				const { log, text } = keptLog();
				let value: Record<string, unknown> = {
					[name]: inList ? [secret] : secret,
				};
				for (let level = 0; level < depth; level++) value = { level: value };
				log.info(value, "m");
				return !text().includes(secret) && text().includes('"msg":"m"');
			},
		),
	);
});

test("what is no secret stays readable", () => {
	expect(
		redact({
			tenant: { key: 1, name: "Acme" },
			tokens: 12,
			key: 7,
			token: null,
			at: new Date(0),
			big: 5n,
			bytes: new Uint8Array(3),
			text: "models/fraud_v1 at 0.31; lo_fi and us_east-1",
		}),
	).toEqual({
		tenant: { key: 1, name: "Acme" },
		tokens: 12,
		key: 7,
		token: null,
		at: "1970-01-01T00:00:00.000Z",
		big: "5",
		bytes: "[3 bytes]",
		text: "models/fraud_v1 at 0.31; lo_fi and us_east-1",
	});
});

test("an error is told with its code, its cause and where it was", () => {
	const { log, lines } = keptLog();
	const cause = Object.assign(new Error("disk"), { code: "EIO" });
	log.error({ error: new Error("write failed", { cause }) }, "lost");
	expect(JSON.parse(lines[0] ?? "")).toMatchObject({
		msg: "lost",
		error: {
			name: "Error",
			message: "write failed",
			stack: expect.stringContaining("log.test.ts"),
			cause: { message: "disk", code: "EIO" },
		},
	});
});

test("cycles end, control characters are escaped, one line is one entry", () => {
	const { log, lines } = keptLog();
	const loop: Record<string, unknown> = { name: "a\u001b]8;;x\u0007\nb" };
	loop.self = loop;
	log.info(loop, "line\nbreak");
	expect(lines).toHaveLength(1);
	expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u);
	expect(JSON.parse(lines[0] ?? "")).toMatchObject({ self: "[circular]" });
});

test("levels below the chosen one are not written; an unknown level is info", () => {
	for (const [level, count] of [
		["debug", 4],
		["warn", 2],
		["nonsense", 3],
		["toString", 3],
	] as const) {
		const { log, lines } = keptLog(level);
		for (const at of ["debug", "info", "warn", "error"] as const)
			log[at]({}, at);
		expect(lines).toHaveLength(count);
	}
});

test("a file that grows too large is put aside, and the oldest goes", () => {
	const path = join(temporaryFolder(onTestFinished), "engine.log");
	const file = new RotatingFile(path, { largest: 10, kept: 3 });
	for (const line of [
		"first line\n",
		"second line\n",
		"third line\n",
		"last\n",
	]) {
		file.write(line);
	}
	file.close();
	expect(
		["", ".1", ".2"].map((end) => readFileSync(path + end, "utf8")),
	).toEqual(["last\n", "third line\n", "second line\n"]);
	expect(existsSync(`${path}.3`)).toBe(false);
});
