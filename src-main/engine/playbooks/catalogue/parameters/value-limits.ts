import type { JsonValue, ParameterFault } from "../../definition.ts";

/** Looked at before any schema is, so that no pattern ever meets a text without an end. */
export const valueLimits = {
	depth: 16,
	values: 10_000,
	/** UTF-16 code units of one text, unless the schema allows less. */
	text: 65_536,
	/** Of all texts together. */
	texts: 1_048_576,
} as const;

/**
 * A copy of the input as plain JSON within the limits, or why it is none. The copy has no
 * prototype tricks: a member named `__proto__` is refused.
 */
export function plainValue(
	input: unknown,
):
	| { readonly value: JsonValue }
	| { readonly faults: readonly ParameterFault[] } {
	const reading = new Reading();
	const value = reading.read(input, "", 0);
	return value === undefined ? { faults: reading.faults } : { value };
}

class Reading {
	readonly faults: ParameterFault[] = [];
	#values = 0;
	#texts = 0;

	read(input: unknown, path: string, depth: number): JsonValue | undefined {
		if (++this.#values > valueLimits.values) {
			return this.#fault("", `holds over ${valueLimits.values} values`);
		}
		if (depth > valueLimits.depth) {
			return this.#fault(path, `is nested over ${valueLimits.depth} deep`);
		}
		switch (typeof input) {
			case "string":
				return this.#text(input, path);
			case "boolean":
				return input;
			case "number":
				return Number.isFinite(input)
					? input
					: this.#fault(path, "must be a finite number");
			case "object":
				return this.#object(input, path, depth);
			default:
				return this.#fault(path, `a ${typeof input} is no JSON value`);
		}
	}

	#text(text: string, path: string): string | undefined {
		this.#texts += text.length;
		if (text.length > valueLimits.text || this.#texts > valueLimits.texts) {
			return this.#fault(
				path,
				`is ${count(text.length)} characters long; ${count(valueLimits.text)} at most`,
			);
		}
		if (text.isWellFormed()) return text;
		return this.#fault(path, "holds half a character (a lone surrogate)");
	}

	#object(
		input: object | null,
		path: string,
		depth: number,
	): JsonValue | undefined {
		if (input === null) return null;
		const before = this.faults.length;
		if (Array.isArray(input)) {
			const list: JsonValue[] = [];
			for (const [index, item] of input.entries()) {
				const value = this.read(item, `${path}/${index}`, depth + 1);
				if (value !== undefined) list.push(value);
				if (this.#values > valueLimits.values) break;
			}
			return this.faults.length > before ? undefined : list;
		}
		const members: [string, JsonValue][] = [];
		for (const [name, member] of Object.entries(input)) {
			if (member === undefined) continue;
			const place = `${path}/${pointerToken(name)}`;
			if (name === "__proto__") {
				this.#fault(place, "is no name for a value");
				continue;
			}
			const value = this.read(member, place, depth + 1);
			if (value !== undefined) members.push([name, value]);
			if (this.#values > valueLimits.values) break;
		}
		return this.faults.length > before
			? undefined
			: Object.fromEntries(members);
	}

	#fault(path: string, message: string): undefined {
		this.faults.push({ path, message });
		return undefined;
	}
}

/** A name as a JSON pointer has it (RFC 6901). A long one is cut: it came from outside. */
export function pointerToken(name: string): string {
	return name.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");
}

export function count(value: number): string {
	return value.toLocaleString("en-US");
}
