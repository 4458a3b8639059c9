// Splitting a streamed body: whatever the borders of its chunks, the items are those that
// splitting the whole text at once gives, and only the bad ones are refused.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	ElementSplitter,
	type ItemSplitter,
	itemLimit,
	LineSplitter,
} from "../../../src-main/http/sentryml/bulk-items.ts";

/** `bytes` cut at the given places, in order. */
function* chunks(bytes: Buffer, cuts: readonly number[]): Generator<Buffer> {
	const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))];
	let start = 0;
	for (const place of [...places.sort((a, b) => a - b), bytes.length]) {
		yield bytes.subarray(start, place);
		start = place;
	}
}

function split(
	splitter: ItemSplitter,
	bytes: Buffer,
	cuts: readonly number[] = [],
) {
	const items = [...chunks(bytes, cuts)].flatMap((chunk) =>
		splitter.push(chunk),
	);
	return [...items, ...splitter.end()].map((item) =>
		"code" in item ? [item.line, item.code] : [item.line, item.value],
	);
}

const cuts = fc.array(fc.nat(10_000), { maxLength: 12 });
const space = fc.stringMatching(/^[ \t\r]{0,3}$/);
/** Bytes with a meaning of their own on every side of a border. */
const nastyText = fc.array(
	fc.constantFrom('"', "\\", ",", "[", "]", "{", "}", "\u{1f6a8}", "é", "n"),
	{ maxLength: 6 },
);
const value = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	nastyText.map((parts) => ({ [parts.join("")]: parts.join("\\") })),
);
const goodText = fc
	.tuple(space, value, space)
	.map(([before, json, after]) => before + JSON.stringify(json) + after);

describe("NDJSON", () => {
	const badLine = fc.constantFrom("{", "nul", "{} {}", "[1,]", "NaN", '"\t"');
	const broken = fc.constant(Buffer.from([0x22, 0xc3, 0x28, 0x22]));
	const line = fc.oneof(
		{ weight: 4, arbitrary: goodText.map((text) => Buffer.from(text)) },
		badLine.map((text) => Buffer.from(text)),
		space.map((text) => Buffer.from(text)),
		broken,
	);

	test("is what its lines are, at any chunk borders", () => {
		fc.assert(
			fc.property(
				fc.array(line, { maxLength: 12 }),
				fc.constantFrom("\n", "\r\n"),
				fc.boolean(),
				cuts,
				(lines, end, isEnded, places) => {
					const text = Buffer.concat(
						lines.flatMap((part, index) =>
							index + 1 < lines.length || isEnded
								? [part, Buffer.from(end)]
								: [part],
						),
					);
					const expected = lines.flatMap((part, index) => {
						const decoder = new TextDecoder("utf-8", {
							fatal: true,
							ignoreBOM: true,
						});
						if (part.toString().trim() === "") return [];
						try {
							decoder.decode(part);
						} catch {
							return [[index + 1, "invalid_utf8"]];
						}
						try {
							return [[index + 1, JSON.parse(decoder.decode(part))]];
						} catch {
							return [[index + 1, "json_broken"]];
						}
					});
					expect(split(new LineSplitter(), text, places)).toEqual(expected);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test("a line over 1 MiB is refused alone", () => {
		const long = Buffer.alloc(itemLimit + 1, 0x20);
		const text = Buffer.concat([
			Buffer.from("1\n"),
			long,
			Buffer.from("\n2\n"),
			long.subarray(1),
			Buffer.from("\n3"),
		]);
		const expected = [
			[1, 1],
			[2, "line_too_long"],
			[3, 2],
			[5, 3],
		];
		for (const places of [
			[],
			[500_000],
			[2, 1_048_578, 1_048_579, 1_048_580],
		]) {
			expect(split(new LineSplitter(), text, places)).toEqual(expected);
		}
	});

	test("a byte order mark before the first line is no part of it", () => {
		const text = Buffer.from("\ufeff1\n\ufeff2\n");
		for (const places of [[], [1], [2], [3], [1, 2, 3, 4]]) {
			expect(split(new LineSplitter(), text, places)).toEqual([
				[1, 1],
				[2, "json_broken"],
			]);
		}
	});
});

describe("a JSON array", () => {
	test("is what its elements are, at any chunk borders", () => {
		fc.assert(
			fc.property(
				fc.array(goodText, { maxLength: 10 }),
				cuts,
				(elements, places) => {
					const text = ` \n[${elements.join(",\n")}]\r\n`;
					const items = split(new ElementSplitter(), Buffer.from(text), places);
					expect(items).toEqual(
						(JSON.parse(text) as unknown[]).map((item, index) => [
							index + 1,
							item,
						]),
					);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test("a bad element is refused alone, at any chunk borders", () => {
		const bad = fc.constantFrom(
			"nul",
			"1 2",
			"{}}",
			"{1}",
			"[1 2]",
			"NaN",
			"'a'",
		);
		fc.assert(
			fc.property(
				fc.array(fc.oneof(goodText, bad), { minLength: 1, maxLength: 10 }),
				cuts,
				(elements, places) => {
					const text = `[${elements.join(",")}]`;
					const splitter = new ElementSplitter();
					const items = split(splitter, Buffer.from(text), places);
					expect(items).toEqual(
						elements.map((element, index) => {
							try {
								return [index + 1, JSON.parse(element) as unknown];
							} catch {
								return [index + 1, "json_broken"];
							}
						}),
					);
					expect(splitter.isBroken).toBe(false);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test.each([
		[
			"[1,,2]",
			[
				[1, 1],
				[2, "json_broken"],
			],
		],
		["[,]", [[1, "json_broken"]]],
		[
			"[1,]",
			[
				[1, 1],
				[2, "json_broken"],
			],
		],
		[
			"[1,2",
			[
				[1, 1],
				[2, "json_broken"],
			],
		],
		[
			"[1] 2",
			[
				[1, 1],
				[2, "json_broken"],
			],
		],
		[
			"[1]]",
			[
				[1, 1],
				[2, "json_broken"],
			],
		],
		['["a', [[1, "json_broken"]]],
		["[", [[1, "json_broken"]]],
		["{", [[1, "json_broken"]]],
		["{} {}", [[1, "json_broken"]]],
		["", []],
		["  ", []],
	])("%s is broken as a whole; what came before stays", (text, expected) => {
		const splitter = new ElementSplitter();
		expect(split(splitter, Buffer.from(text), [1])).toEqual(expected);
		expect(splitter.isBroken).toBe(true);
	});

	test("an element over 1 MiB is refused alone", () => {
		const long = JSON.stringify("x".repeat(itemLimit));
		const text = Buffer.from(`[1,${long},2]`);
		for (const places of [[], [3, 700_000], [1_048_580, 1_048_581]]) {
			expect(split(new ElementSplitter(), text, places)).toEqual([
				[1, 1],
				[2, "line_too_long"],
				[3, 2],
			]);
		}
	});
});
