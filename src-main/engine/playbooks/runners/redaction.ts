import type { JsonValue } from "../definition.ts";

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

/** Hides secrets in whole texts, and in streams that may cut a secret in two. */
export class Redaction {
	readonly #forms: readonly string[];

	constructor(secrets: readonly string[]) {
		this.#forms = [...new Set(secrets.flatMap(formsOf))];
	}

	text(text: string): string {
		return this.#hide(text, this.#spans(text), text.length);
	}

	/** For one stream of a step. */
	stream(): RedactedStream {
		let held = "";
		return {
			push: (text) => {
				held += text;
				const spans = this.#spans(held);
				const safe = this.#safeLength(held, spans);
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

	/** Where secrets stand in a text: ordered, apart from each other, overlapping ones as one. */
	#spans(text: string): [start: number, end: number][] {
		const found: [number, number][] = [];
		for (const form of this.#forms) {
			let at = text.indexOf(form);
			while (at !== -1) {
				found.push([at, at + form.length]);
				at = text.indexOf(form, at + 1);
			}
		}
		found.sort(([left], [right]) => left - right);
		const spans: [number, number][] = [];
		for (const [start, end] of found) {
			const last = spans.at(-1);
			if (last === undefined || start >= last[1]) spans.push([start, end]);
			else last[1] = Math.max(last[1], end);
		}
		return spans;
	}

	/** How much of a text can be shown whatever comes after it. */
	#safeLength(
		text: string,
		spans: readonly (readonly [number, number])[],
	): number {
		let safe = text.length;
		for (const form of this.#forms) {
			const first = Math.max(0, text.length - form.length + 1);
			for (let at = first; at < safe; at++) {
				if (form.startsWith(text.slice(at))) safe = at;
			}
		}
		const cut = spans.find(([start, end]) => start < safe && safe < end);
		if (cut !== undefined) safe = cut[0];
		return text.length - safe > mostHeld ? text.length : safe;
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

export interface RedactedStream {
	/** What can be shown by now. */
	push(text: string): string;
	/** The rest. */
	end(): string;
}
