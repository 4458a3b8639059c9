// However a run's output is cut into pieces, the lines are the same: each stream continues its own
// line, a carriage return begins it anew, and a line without an end is cut rather than grown for ever.
import fc from "fast-check";
import { expect, test } from "vitest";
import { OutputLines } from "../../../src-renderer/state/output-lines.ts";
import type { OutputChunk } from "../../../src-shared/contract/index.ts";

function chunk(
	text: string,
	stream: OutputChunk["stream"] = "stdout",
	stepId = "run",
): OutputChunk {
	return { sequence: 1, stepId, stream, text, at: 0 };
}

function linesOf(...chunks: OutputChunk[]): string[] {
	const output = new OutputLines();
	output.append(chunks);
	return output.lines
		.filter(({ kind }) => kind !== "step")
		.map(({ kind, text }) => `${kind} ${text}`);
}

test("lines that come in pieces are whole", () => {
	expect(linesOf(chunk("on"), chunk("e\ntw"), chunk("o\n"))).toEqual([
		"stdout one",
		"stdout two",
	]);
});

test("streams do not run into each other", () => {
	expect(
		linesOf(chunk("out "), chunk("err\n", "stderr"), chunk("put\n")),
	).toEqual(["stdout out put", "stderr err"]);
});

test("empty lines stay, and a note is a line of its own", () => {
	expect(
		linesOf(
			chunk("a\n\nb"),
			chunk("Cancelled.", "note"),
			chunk("Ended.", "note"),
		),
	).toEqual([
		"stdout a",
		"stdout ",
		"stdout b",
		"note Cancelled.",
		"note Ended.",
	]);
});

test("a progress bar is one line, as it was last drawn", () => {
	expect(linesOf(chunk("10 %\r20 %\r"), chunk("30 %\r\nend"))).toEqual([
		"stdout 30 %\r",
		"stdout end",
	]);
});

test("each step begins with its name", () => {
	const output = new OutputLines();
	output.append([chunk("a"), chunk("b", "stdout", "check")]);
	expect(output.lines.map(({ kind, stepId }) => `${kind} ${stepId}`)).toEqual([
		"step run",
		"stdout run",
		"step check",
		"stdout check",
	]);
});

test("however it is cut, the lines are the same", () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom("a", "b", "\n", "\r\n", "é", " "), {
				maxLength: 40,
			}),
			fc.array(fc.nat(40)),
			(pieces, cuts) => {
				const text = pieces.join("");
				const at = [...new Set([0, ...cuts, text.length])]
					.filter((cut) => cut <= text.length)
					.sort((a, b) => a - b);
				const parts = at
					.slice(1)
					.map((end, index) => chunk(text.slice(at[index], end)));
				expect(linesOf(...parts)).toEqual(linesOf(chunk(text)));
			},
		),
	);
});

test("a line without an end is cut, and nothing of it is lost", () => {
	const text = "x".repeat(10_001);
	const lines = linesOf(chunk(text.slice(0, 5_000)), chunk(text.slice(5_000)));
	expect(lines).toHaveLength(3);
	expect(lines.map((line) => line.slice(7)).join("")).toBe(text);
});
