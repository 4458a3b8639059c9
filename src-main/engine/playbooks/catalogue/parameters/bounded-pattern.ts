import { createContext, Script } from "node:vm";

/** Of the clock on the wall: a busy machine must not make a good pattern look slow. */
const patientMillis = 1_000;
/** For a pattern that was slow once, so that a list of a thousand texts is no hang either. */
const impatientMillis = 20;
const script = new Script("pattern.test(text)");
const context = createContext(Object.create(null));

/**
 * A regular expression that cannot hang. V8 backtracks without end on patterns such as
 * `^(a+)+$`; a script of `node:vm` can be stopped, so the match runs in one. A match that takes
 * longer than a second counts as none.
 */
export class BoundedPattern {
	readonly #pattern: RegExp;
	#wasSlow = false;

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
		const timeout = this.#wasSlow ? impatientMillis : patientMillis;
		try {
			return script.runInContext(context, { timeout }) === true;
		} catch (error) {
			if (!hasTimedOut(error)) throw error;
			this.#wasSlow = true;
			return false;
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
