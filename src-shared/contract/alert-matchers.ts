import { z } from "zod";
import { patternFault } from "../domain/linear-pattern.ts";
import { name } from "./shapes.ts";

/** The parts of an alert that a rule can look at, beside its labels. */
export const alertFields = [
	"name",
	"service",
	/** The rank, "1" to "5". */
	"severity",
	/** The source's own word. */
	"severityWord",
	"source",
	"integrationId",
	"summary",
	"description",
	"fingerprint",
] as const;

/** As Alertmanager's: = and != compare, =~ and !~ match a regular expression with the whole value. */
export const matchOperators = ["=", "!=", "=~", "!~"] as const;

/**
 * One condition on an alert. A label or field that it does not have reads as "". A regular
 * expression has at most 500 characters of RE2's syntax without flags, and is matched in
 * linear time.
 */
export const alertMatcher = z
	.object({
		on: z.enum(["label", "field"]),
		/** The label's name, or one of the fields. */
		name,
		operator: z.enum(matchOperators),
		value: z.string().max(1_000),
	})
	.check((context) => {
		const { on, name, operator, value } = context.value;
		const isField = (alertFields as readonly string[]).includes(name);
		if (on === "field" && !isField) {
			context.issues.push({
				code: "custom",
				path: ["name"],
				message: `must be a label, or one of the fields ${alertFields.join(", ")}`,
				input: name,
			});
		}
		const fault =
			operator === "=~" || operator === "!~" ? patternFault(value) : null;
		if (fault !== null) {
			context.issues.push({
				code: "custom",
				path: ["value"],
				message: `not a usable regular expression: ${fault}`,
				input: value,
			});
		}
	});
export type AlertMatcher = z.infer<typeof alertMatcher>;

/** All of them must hold; none holds for every alert. */
export const alertMatchers = z.array(alertMatcher).max(20);
