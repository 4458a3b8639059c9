import { createContext, Script } from "node:vm";

const millis = 100;
const script = new Script("pattern.test(text)");
const context = createContext(Object.create(null));

/**
 * A regular expression that cannot hang. V8 backtracks without end on patterns such as
 * `^(a+)+$`; a script of `node:vm` can be stopped, so the match runs in one. A match that takes
 * longer than 100 ms counts as none.
 */
export class BoundedPattern {
	readonly #pattern: RegExp;

	constructor(pattern: string, flags: string) {
		this.#pattern = new RegExp(pattern, flags);
	}

	/** ajv takes two patterns with one text for the same. */
	toString(): string {
		return this.#pattern.toString();
	}

	test(text: string): boolean {
		context.pattern = this.#pattern;
		context.text = text;
		try {
			return script.runInContext(context, { timeout: millis }) === true;
		} catch (error) {
			if (hasTimedOut(error)) return false;
			throw error;
		} finally {
			context.text = "";
		}
	}
}

/** The error is of the context's own kind, so that `instanceof Error` does not know it. */
function hasTimedOut(error: unknown): boolean {
	return (
		typeof error === "object" &&
		error !== null &&
		"code" in error &&
		error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
	);
}
