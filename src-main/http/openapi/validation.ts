import type { FastifySchemaCompiler } from "fastify";
import type { ZodType, z } from "zod";
import { EngineError } from "../../engine/errors.ts";
import { issueWords } from "./issue-words.ts";

const errorsTold = 20;

/** One field at fault. `field` is a path such as `labels.2`, or `body` for the whole. */
export interface FieldError {
	readonly field: string;
	readonly message: string;
}

/** Checks a part of the request with the route's zod schema; a failure is thrown as INVALID with `data.errors`. */
export const compileValidator: FastifySchemaCompiler<ZodType> = ({
	schema,
	httpPart,
}) => {
	const isBody = httpPart === "body";
	return (value: unknown) => {
		// Fastify hands over null where nothing was sent.
		const sent = isBody && value === null ? undefined : value;
		const parsed = schema.safeParse(sent, { error: issueWords });
		return parsed.success
			? { value: parsed.data }
			: { error: invalid(fieldErrors(parsed.error.issues)) };
	};
};

/** Checks a value like the validator does. Throws INVALID. */
export function checked<Schema extends ZodType>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const parsed = schema.safeParse(value, { error: issueWords });
	if (parsed.success) return parsed.data;
	throw invalid(fieldErrors(parsed.error.issues));
}

/** The refusal of an input for fields that only the route could check. */
export function invalid(errors: readonly FieldError[]): EngineError {
	const [first] = errors;
	const message = errors
		.map(({ field, message }) => `${field}: ${message}`)
		.join("; ");
	return new EngineError("INVALID", message, {
		...(first === undefined ? {} : { field: first.field }),
		errors,
	});
}

function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
	return issues
		.flatMap((issue) =>
			issue.code === "unrecognized_keys"
				? issue.keys.map((key) => fieldError([...issue.path, key], issue))
				: [fieldError(issue.path, issue)],
		)
		.slice(0, errorsTold);
}

function fieldError(
	path: readonly PropertyKey[],
	{ message }: z.core.$ZodIssue,
): FieldError {
	return { field: path.length === 0 ? "body" : path.join("."), message };
}
