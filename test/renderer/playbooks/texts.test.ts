// What programs print and commands say is shown as text that can do nothing: no terminal sequence,
// no turned reading direction, nothing hidden. Rules read as sentences or stay as they were written.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlaybook } from "../../../src-main/engine/playbooks/catalogue/reading/read-playbook.ts";
import {
	costWords,
	secondsWords,
} from "../../../src-renderer/features/playbooks/action-words.ts";
import { playbookExample } from "../../../src-renderer/features/playbooks/playbook-example.ts";
import { ruleWords } from "../../../src-renderer/features/playbooks/rule-words.ts";
import { nameWords } from "../../../src-renderer/features/playbooks/schema-fields.ts";
import {
	inertCommand,
	inertText,
} from "../../../src-renderer/ground/inert-text.ts";

describe("inert text", () => {
	test.each([
		["plain\ttext\n", "plain\ttext\n"],
		["\u001b[31mred\u001b[0m", "red"],
		["\u001b[38;2;1;2;3mtrue\u001b[K colour", "true colour"],
		["\u009b31mred", "red"],
		["\u001b]0;title\u0007after", "after"],
		["\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"],
		["\u001bP1$qm\u001b\\after", "after"],
		["\u001b(Bafter", "after"],
		["\u001bcafter", "after"],
		["cut \u001b", "cut "],
		["cut \u001b[3", "cut "],
		["bell\u0007 nul\u0000 del\u007f", "bell␇ nul␀ del␡"],
		["a\u202eb", "a⟨U+202E⟩b"],
		["a\u200bb", "a⟨U+200B⟩b"],
		["\u001b]never ended\nvisible", "never ended\nvisible"],
	])("%j is shown as %j", (text, expected) => {
		expect(inertText(text)).toBe(expected);
	});

	test("a command shows its line ends", () => {
		expect(inertCommand("rm a\nrm b")).toBe("rm a␊rm b");
	});

	test("whatever is printed, nothing active is left, and a megabyte of it is quick", () => {
		const piece = fc.constantFrom(
			"\u001b",
			"[",
			"]",
			"\u009b",
			"\u009d",
			"\u0007",
			"3",
			"m",
			"\\",
			"\u202e",
			"a",
			"\n",
			"\r",
			"P",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const shown = inertText(pieces.join("")).replaceAll(/[\n\t]/g, "");
				expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
			}),
		);
		const started = performance.now();
		inertText("\u001b]".repeat(500_000));
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});

describe("rules in words", () => {
	test.each([
		["params.full_refresh", "“Full refresh” is on"],
		["params.full_refresh == true", "“Full refresh” is on"],
		["!params.dry", "“Dry” is off"],
		["params.a != true", "“A” is off"],
		["params.target > params.now", "“Target” is above “Now”"],
		["params.percent >= 50", "“Percent” is at least 50"],
		['params.env == "production"', '“Env” is "production"'],
		["params.a && (params.n < 3)", "“A” is on and “N” is below 3"],
		["params.a || params.b", "“A” is on or “B” is on"],
		["true", "always"],
		[
			"has(params.now) ? params.target > params.now : params.target > 0",
			"“Now” is given and “Target” is above “Now”, or else “Target” is above 0",
		],
	])("%s: %s", (rule, expected) => {
		expect(ruleWords(rule, nameWords)).toBe(expected);
	});

	test.each([
		"size(params.models) > 3",
		"params.a && params.b || params.c",
		"params.models.exists(m, m == 'x')",
		"params.a > true",
		"",
	])("%j is more than words: it is shown as written", (rule) => {
		expect(ruleWords(rule, nameWords)).toBeNull();
	});
});

test("durations and costs are as exact as they are useful", () => {
	expect([0, 0.2, 12.4, 60, 90, 600, 3_900, 7_200].map(secondsWords)).toEqual([
		"0 s",
		"under 1 s",
		"12 s",
		"1 min",
		"1 min 30 s",
		"10 min",
		"1 h 5 min",
		"2 h",
	]);
	expect([0, 0.004, 0.1, 12].map(costWords)).toEqual([
		"no cost",
		"under $0.01",
		"$0.10",
		"$12.00",
	]);
});

test("the example that is offered for copying is a playbook without faults", () => {
	const read = readPlaybook(playbookExample);
	expect("faults" in read ? read.faults : []).toEqual([]);
});
