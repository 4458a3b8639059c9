import type { JsonValue } from "../../definition.ts";
import { Expression, type Scope, type Variable } from "./expression.ts";

/** A piece of a text with `{{ expressions }}` in it. */
export type TemplatePart =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "expression"; readonly expression: Expression };

/** `Will re-run {{ size(params.models) }} models`: literal text with CEL between double braces. */
export class TextTemplate {
	readonly text: string;
	readonly parts: readonly TemplatePart[];

	/** Throws an Error whose message says what is wrong. */
	constructor(text: string, variables: readonly Variable[]) {
		this.text = text;
		this.parts = split(text).map((part): TemplatePart => {
			if (part.kind === "text") return { kind: "text", text: part.text };
			const expression = new Expression(part.text.trim(), variables);
			return { kind: "expression", expression };
		});
	}

	get expressions(): readonly Expression[] {
		return this.parts.flatMap((part) =>
			part.kind === "expression" ? [part.expression] : [],
		);
	}

	/** The only expression of a text that is nothing else; it keeps its type. */
	get alone(): Expression | null {
		const [first, ...rest] = this.parts;
		return first?.kind === "expression" && rest.length === 0
			? first.expression
			: null;
	}

	/** Fills the text in; `write` gets each value. */
	render(scope: Scope, write: (value: JsonValue) => string = words): string {
		return this.parts
			.map((part) =>
				part.kind === "text"
					? part.text
					: write(part.expression.evaluate(scope)),
			)
			.join("");
	}
}

/** Text as it is, everything else as JSON. */
export function words(value: JsonValue): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

export function hasTemplate(text: string): boolean {
	return text.includes("{{");
}

function split(
	text: string,
): { readonly kind: "text" | "expression"; readonly text: string }[] {
	const parts: { kind: "text" | "expression"; text: string }[] = [];
	let from = 0;
	for (;;) {
		const open = text.indexOf("{{", from);
		if (open === -1) break;
		const close = endOf(text, open + 2);
		if (close === -1) {
			throw new Error(`"{{" at "${text.slice(open, open + 30)}" has no "}}"`);
		}
		if (open > from) parts.push({ kind: "text", text: text.slice(from, open) });
		parts.push({ kind: "expression", text: text.slice(open + 2, close) });
		from = close + 2;
	}
	if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
	return parts;
}

/** Where the `}}` of an expression stands, past quotes and the braces of CEL's own maps. */
function endOf(text: string, start: number): number {
	let quote: string | null = null;
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		const character = text.charAt(at);
		if (quote !== null) {
			if (character === "\\") at++;
			else if (character === quote) quote = null;
		} else if (character === '"' || character === "'") quote = character;
		else if (character === "{") depth++;
		else if (character === "}" && depth > 0) depth--;
		else if (character === "}" && text.charAt(at + 1) === "}") return at;
	}
	return -1;
}
