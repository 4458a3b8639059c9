// The code that the settings hand out really accepts what is sent and refuses what was
// changed: it is run here as a receiver would run it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Webhook } from "standardwebhooks";
import { afterAll, describe, expect, test } from "vitest";
import { snippets } from "../../../../src-renderer/features/settings/webhooks/snippets.ts";
import { must } from "../../../../src-shared/domain/must.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const body = '{"type":"incident.created","data":{"title":"Überlast 💥"}}';

function signed(secrets: readonly string[], at = Date.now()) {
	return {
		"webhook-id": "msg_1",
		"webhook-timestamp": String(Math.floor(at / 1_000)),
		"webhook-signature": secrets
			.map((each) => new Webhook(each).sign("msg_1", new Date(at), body))
			.join(" "),
	};
}

/** What arrives, and whether it is to be accepted. */
const cases: readonly [string, Record<string, string>, string, boolean][] = [
	["what is sent", signed([secret]), body, true],
	["either signature during a change", signed([other, secret]), body, true],
	["another secret", signed([other]), body, false],
	["a changed body", signed([secret]), body.replace("Ü", "U"), false],
	["another id", { ...signed([secret]), "webhook-id": "msg_2" }, body, false],
	["an old message", signed([secret], Date.now() - 400_000), body, false],
	[
		"a message from the future",
		signed([secret], Date.now() + 400_000),
		body,
		false,
	],
	[
		"no signature",
		{ ...signed([secret]), "webhook-signature": "" },
		body,
		false,
	],
	["no time", { ...signed([secret]), "webhook-timestamp": "x" }, body, false],
];

function codeOf(id: "node" | "python"): string {
	return must(
		snippets.find((each) => each.id === id),
		"there is one",
	).code;
}

describe("Node.js", () => {
	test.each(cases)("%s", async (_what, headers, text, isGood) => {
		const file = join(folder, "verify.mjs");
		writeFileSync(file, codeOf("node"));
		const { verify } = await import(
			/* @vite-ignore */ pathToFileURL(file).href
		);
		if (isGood) expect(verify(secret, headers, text)).toEqual(JSON.parse(text));
		else expect(() => verify(secret, headers, text)).toThrow();
	});
});

function hasPython(): boolean {
	try {
		execFileSync("python3", ["--version"]);
		return true;
	} catch {
		return false;
	}
}

describe("Python", () => {
	test("accepts and refuses the same", ({ skip }) => {
		skip(!hasPython(), "there is no python3 here");
		const file = join(folder, "receiver.py");
		writeFileSync(
			file,
			`${codeOf("python")}
import sys
results = []
for headers, text in json.load(sys.stdin):
    try:
        results.append(verify("${secret}", headers, text.encode()) == json.loads(text))
    except ValueError:
        results.append(False)
print(json.dumps(results))
`,
		);
		const output = execFileSync("python3", [file], {
			input: JSON.stringify(cases.map(([, headers, text]) => [headers, text])),
			encoding: "utf8",
		});
		expect(JSON.parse(output)).toEqual(cases.map(([, , , isGood]) => isGood));
	});
});
