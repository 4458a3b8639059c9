import { z } from "zod";

/** A number in a path, as `/incidents/123` has it. */
export const numberField = z
	.string()
	.regex(/^[1-9]\d{0,14}$/, { error: "must be a whole number from 1 up" })
	.transform(Number)
	.meta({ type: "integer", minimum: 1 });

/** An object that came as JSON; its size and depth are the engine's to check. */
export const objectField = z.record(z.string(), z.unknown());
