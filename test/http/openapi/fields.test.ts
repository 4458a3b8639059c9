// The document describes a field as the server reads it: what the one takes, the other does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { uuidField } from "../../../src-main/http/openapi/index.ts";

const { pattern } = z.toJSONSchema(uuidField) as { pattern: string };

test("a UUID is one in any case, in the document too", () => {
	fc.assert(
		fc.property(fc.uuid(), fc.boolean(), fc.string(), (id, upper, other) => {
			const spelled = upper ? id.toUpperCase() : id;
			for (const text of [spelled, `${spelled}0`, other]) {
				expect(new RegExp(pattern, "u").test(text)).toBe(
					uuidField.safeParse(text).success,
				);
			}
			expect(uuidField.safeParse(spelled).success).toBe(true);
		}),
	);
});
