import type {
	JsonValue,
	ParameterFault,
	Parameters,
} from "../../definition.ts";
import { isList } from "../expressions/cel-values.ts";
import type { Expression, Scope } from "../expressions/expression.ts";
import { type TextTemplate, words } from "../expressions/text-template.ts";
import { freeTextKeyword, membersOf } from "../parameters/schema-rules.ts";
import { pointerToken } from "../parameters/value-limits.ts";
import { hostileText } from "./hostile-text.ts";

/** Where a value is put: a program's argument, after `--option=`, or a part of an address. */
export type Place = "argument" | "attached" | "address";

/**
 * One filling-in of a playbook: evaluates its expressions and gathers every fault, each with
 * the parameter it comes from.
 */
export class Resolving {
	readonly scope: Scope;
	readonly #params: Parameters;
	readonly #properties: ReturnType<typeof membersOf>;
	readonly #faults = new Map<string, ParameterFault>();
	readonly #hostile: ParameterFault[] = [];

	constructor(
		params: Parameters,
		properties: ReturnType<typeof membersOf>,
		captured?: Readonly<Record<string, JsonValue>>,
	) {
		this.#params = params;
		this.#properties = properties;
		this.scope = captured === undefined ? { params } : { params, captured };
	}

	get faults(): readonly ParameterFault[] {
		return [...this.#faults.values()];
	}

	/** Of these the faults of values that look like what they are not. */
	get hostile(): readonly ParameterFault[] {
		return this.#hostile;
	}

	/** The first fault of a place is kept. */
	fault(path: string, message: string): void {
		if (!this.#faults.has(path)) this.#faults.set(path, { path, message });
	}

	/** The value, or undefined and a fault. */
	value(expression: Expression): JsonValue | undefined {
		try {
			return expression.evaluate(this.scope);
		} catch (error) {
			this.fault(this.pathOf(expression), messageOf(error));
			return undefined;
		}
	}

	/** False also when it cannot be told, which is a fault then. */
	holds(condition: Expression | null): boolean {
		if (condition === null) return true;
		try {
			return condition.holds(this.scope);
		} catch (error) {
			this.fault(this.pathOf(condition), messageOf(error));
			return false;
		}
	}

	/** For people to read: what cannot be seen is spelt out. */
	text(template: TextTemplate): string {
		try {
			return visible(template.render(this.scope));
		} catch (error) {
			const [first] = template.expressions;
			this.fault(first ? this.pathOf(first) : "", messageOf(error));
			return template.text;
		}
	}

	/** The value of an expression as the one text that stands in its place; undefined and a fault when it may not. */
	piece(expression: Expression, place: Place): string | undefined {
		const value = this.value(expression);
		if (value === undefined) return undefined;
		return this.pieceOf(value, expression, place, null);
	}

	/** The same for each value of a list; an empty list is a fault, for a program would read on. */
	pieces(expression: Expression, place: Place): string[] {
		const list = this.value(expression);
		if (list === undefined) return [];
		if (!isList(list)) {
			this.fault(this.pathOf(expression), "must be a list");
			return [];
		}
		if (list.length === 0) {
			this.fault(this.pathOf(expression), "must hold at least one");
		}
		return list.flatMap((value, index) => {
			const piece = this.pieceOf(value, expression, place, index);
			return piece === undefined ? [] : [piece];
		});
	}

	pieceOf(
		value: JsonValue,
		expression: Expression,
		place: Place,
		index: number | null,
	): string | undefined {
		const path = this.pathOf(expression, index);
		if (typeof value === "object") {
			this.fault(path, `must be one value, not ${words(value).slice(0, 40)}`);
			return undefined;
		}
		const text = words(value);
		const isFreeText = this.#isFreeText(expression);
		this.#judgeSources(expression, place, isFreeText);
		const fault = pieceFault(text, place, isFreeText);
		if (fault === null) return text;
		this.fault(path, fault);
		return undefined;
	}

	/**
	 * The values that an expression is made from are judged too: `"+" + model` would hide that
	 * the model begins with a dash.
	 */
	#judgeSources(
		expression: Expression,
		place: Place,
		isFreeText: boolean,
	): void {
		for (const name of expression.parameters) {
			if (!Object.hasOwn(this.#params, name)) continue;
			for (const [path, text] of textsOf(
				this.#params[name] ?? null,
				`/${name}`,
			)) {
				const fault = pieceFault(text, place, isFreeText);
				if (fault === null) continue;
				this.fault(path, fault);
				this.#hostile.push({ path, message: fault });
			}
		}
	}

	#isFreeText(expression: Expression): boolean {
		return [...expression.parameters].some(
			(name) => membersOf(this.#properties[name])[freeTextKeyword] === true,
		);
	}

	/** The parameter an expression is about: empty when it is about several or none. */
	pathOf(expression: Expression, index: number | null = null): string {
		const [name, ...others] = expression.parameters;
		if (name === undefined || others.length > 0) {
			const first = this.#listAmong(expression, index);
			return first ?? "";
		}
		const value = this.#params[name];
		const isSameList =
			index !== null &&
			value !== undefined &&
			isList(value) &&
			index < value.length;
		return isSameList ? `/${name}/${index}` : `/${name}`;
	}

	/** Of several parameters the only list, when the fault is in one value of a list. */
	#listAmong(expression: Expression, index: number | null): string | null {
		if (index === null) return null;
		const lists = [...expression.parameters].filter((name) => {
			const value = this.#params[name];
			return value !== undefined && isList(value) && index < value.length;
		});
		return lists.length === 1 ? `/${lists[0]}/${index}` : null;
	}
}

function pieceFault(
	text: string,
	place: Place,
	isFreeText: boolean,
): string | null {
	if (text === "" && place !== "attached") return "must not be empty";
	const hostile = hostileText(text, { isFreeText });
	if (hostile !== null) return hostile;
	switch (place) {
		case "argument":
			return text.startsWith("-")
				? 'begins with "-": a program would take it for an option'
				: null;
		case "attached":
			return null;
		case "address": {
			const structural = /[/\\?#%]/.exec(text);
			if (structural !== null) {
				return `holds "${structural[0]}", which would change the address`;
			}
			return text === "." || text === ".."
				? `is "${text}", which would change the address`
				: null;
		}
	}
}

function textsOf(value: JsonValue, path: string): [string, string][] {
	if (typeof value === "string") return [[path, value]];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) =>
		textsOf(member, `${path}/${pointerToken(name)}`),
	);
}

/** Control and invisible characters as `\u{200b}`, so that a shown line is the line. */
export function visible(text: string): string {
	return text.replace(
		/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
		(character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
	);
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
