import type { JsonValue } from "../definition.ts";
import { TextSearch } from "./text-search.ts";

export const hidden = "***";

/** A secret of several lines is also hidden line by line, from this length on: `}` alone is none. */
const shortestLine = 8;
/** A text that may be the beginning of a secret is held back, up to this much. */
const mostHeld = 65_536;

/**
 * Every text to hide for one secret: as it is, as it stands in JSON, in an address and in
 * base64 (which is how HTTP sends a password), and each of its lines.
 */
export function formsOf(secret: string): string[] {
	if (secret === "") return [];
	const lines = secret
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line.length >= shortestLine);
	const forms = [secret, ...lines].flatMap((text) => [
		text,
		JSON.stringify(text).slice(1, -1),
		encodeURIComponent(text.toWellFormed()),
		Buffer.from(text).toString("base64"),
	]);
	return [...new Set(forms)];
}

/** Every text and number inside a value, for a parameter that is secret as a whole. */
export function textsIn(value: JsonValue | undefined): string[] {
	switch (typeof value) {
		case "string":
			return [value];
		case "number":
			return [String(value)];
		case "object":
			return value === null ? [] : Object.values(value).flatMap(textsIn);
		default:
			return [];
	}
}

/** A secret's place in a text. */
type Span = [start: number, end: number];

/** Hides secrets in whole texts, and in streams that may cut a secret in two. */
export class Redaction {
	readonly #forms: readonly { length: number; search: TextSearch }[];

	constructor(secrets: readonly string[]) {
		this.#forms = [...new Set(secrets.flatMap(formsOf))].map((form) => ({
			length: form.length,
			search: new TextSearch(form),
		}));
	}

	text(text: string): string {
		return this.#hide(text, this.#find(text).spans, text.length);
	}

	/** For one stream of a step. */
	stream(): RedactedStream {
		let held = "";
		return {
			push: (text) => {
				held += text;
				const { spans, safe } = this.#find(held);
				const shown = this.#hide(held, spans, safe);
				held = held.slice(safe);
				return shown;
			},
			end: () => {
				const shown = this.text(held);
				held = "";
				return shown;
			},
		};
	}

	/**
	 * Where secrets stand in a text: ordered, apart from each other, overlapping ones as one;
	 * and how much of the text can be shown whatever comes after it.
	 */
	#find(text: string): { spans: Span[]; safe: number } {
		const found: Span[] = [];
		let safe = text.length;
		for (const { length, search } of this.#forms) {
			const { starts, begun } = search.in(text);
			for (const start of starts) found.push([start, start + length]);
			safe = Math.min(safe, text.length - begun);
		}
		const spans = apart(found);
		const cut = spans.find(([start, end]) => start < safe && safe < end);
		if (cut !== undefined) safe = cut[0];
		return { spans, safe: text.length - safe > mostHeld ? text.length : safe };
	}

	#hide(
		text: string,
		spans: readonly (readonly [number, number])[],
		length: number,
	): string {
		let shown = "";
		let at = 0;
		for (const [start, end] of spans) {
			if (end > length) break;
			shown += text.slice(at, start) + hidden;
			at = end;
		}
		return shown + text.slice(at, length);
	}
}

function apart(found: Span[]): Span[] {
	found.sort(([left], [right]) => left - right);
	const spans: Span[] = [];
	for (const [start, end] of found) {
		const last = spans.at(-1);
		if (last === undefined || start >= last[1]) spans.push([start, end]);
		else last[1] = Math.max(last[1], end);
	}
	return spans;
}

export interface RedactedStream {
	/** What can be shown by now. */
	push(text: string): string;
	/** The rest. */
	end(): string;
}
