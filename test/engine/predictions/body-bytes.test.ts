// What is written letter by letter is what JSON.stringify and a UTF-8 encoder make of it.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	BodyBytes,
	utf8Bytes,
} from "../../../src-main/engine/predictions/body-bytes.ts";

const text = fc.oneof(
	fc.string({ maxLength: 40 }),
	fc.string({ unit: "binary", maxLength: 40 }),
	fc.string({ unit: fc.constantFrom('"', "\\", "\n", "\u007f", "é", "a") }),
);

test("strings, numbers and raw parts are written as JSON", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.tuple(text, fc.double({ noNaN: true, noDefaultInfinity: true })),
				{
					maxLength: 20,
				},
			),
			fc.integer({ min: 0, max: 64 }),
			(pairs, capacity) => {
				const bytes = new BodyBytes(capacity);
				bytes.raw(utf8Bytes("["));
				for (const [index, [name, value]] of pairs.entries()) {
					if (index > 0) bytes.ascii(",");
					bytes.string(name);
					bytes.raw(utf8Bytes(","));
					bytes.ascii(String(value));
				}
				bytes.raw(utf8Bytes("]"));
				const { length } = bytes;
				const written = Buffer.from(bytes.take());
				expect([written.length, bytes.length]).toEqual([length, 0]);
				expect(JSON.parse(written.toString("utf8"))).toEqual(
					pairs.flat().map((part) => (Object.is(part, -0) ? 0 : part)),
				);
			},
		),
	);
});
