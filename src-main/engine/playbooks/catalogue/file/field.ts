import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { JsonValue } from "../../definition.ts";
import { nearestWord, suggestion } from "./nearest-word.ts";
import type { YamlText } from "./yaml-text.ts";

const deepest = 40;

/**
 * A value in a YAML file that knows its line and its name, so that whatever is wrong with it
 * is said like a compiler says it. Every reader notes a fault and answers undefined when the
 * value is not what was asked for: one pass over a file finds all its faults.
 */
export class Field {
	readonly #text: YamlText;
	readonly #node: Node | null;
	/** 1-based. */
	readonly line: number;
	/** `steps[2].http.path`; empty for the whole file. */
	readonly name: string;

	constructor(text: YamlText, node: Node | null, line: number, name: string) {
		this.#text = text;
		this.#node = node;
		this.line = line;
		this.name = name;
	}

	fault(message: string): undefined {
		const where = this.name === "" ? "" : `${this.name}: `;
		this.#text.fault(this.line, `${where}${message}`);
		return undefined;
	}

	get isMap(): boolean {
		return isMap(this.#node);
	}

	get isList(): boolean {
		return isSeq(this.#node);
	}

	get isText(): boolean {
		return isScalar(this.#node) && typeof this.#node.value === "string";
	}

	/** The members by name. Unknown names are faults, unless any name will do. */
	members(known: readonly string[] | "any"): Map<string, Field> | undefined {
		const node = this.#node;
		if (!isMap(node)) return this.fault(`must be a map, not ${this.kind}.`);
		const found = new Map<string, Field>();
		for (const { key, value } of node.items) {
			const name = isScalar(key) ? String(key.value) : "";
			const line = this.#text.lineOf(key as Node | null) ?? this.line;
			const path = this.name === "" ? name : `${this.name}.${name}`;
			const field = new Field(this.#text, value as Node | null, line, path);
			if (name === "") {
				this.fault("every name in a map must be a plain word.");
			} else if (known !== "any" && !known.includes(name)) {
				this.#text.fault(
					line,
					`${path} is not known here; ${suggestion(name, known)}`,
				);
			} else {
				found.set(name, field);
			}
		}
		return found;
	}

	items(): Field[] | undefined {
		const node = this.#node;
		if (!isSeq(node)) return this.fault(`must be a list, not ${this.kind}.`);
		return node.items.map((item, index) => {
			const child = item as Node | null;
			const line = this.#text.lineOf(child) ?? this.line;
			return new Field(this.#text, child, line, `${this.name}[${index}]`);
		});
	}

	text(longest = 10_000): string | undefined {
		const value = isScalar(this.#node) ? this.#node.value : undefined;
		if (typeof value !== "string") {
			const advice =
				typeof value === "number" || typeof value === "boolean"
					? " Put it in quotes."
					: "";
			return this.fault(`must be text, not ${this.kind}.${advice}`);
		}
		if (value.trim() === "") return this.fault("must not be empty.");
		if (value.length > longest) {
			return this.fault(
				`is ${value.length} characters long; ${longest} at most.`,
			);
		}
		return value;
	}

	flag(): boolean | undefined {
		const value = isScalar(this.#node) ? this.#node.value : undefined;
		if (typeof value === "boolean") return value;
		return this.fault(`must be true or false, not ${this.kind}.`);
	}

	number(least: number, most: number): number | undefined {
		const value = isScalar(this.#node) ? this.#node.value : undefined;
		if (typeof value !== "number" || !Number.isFinite(value)) {
			return this.fault(`must be a number, not ${this.kind}.`);
		}
		if (value < least || value > most) {
			return this.fault(`is ${value}; it must lie in ${least} to ${most}.`);
		}
		return value;
	}

	whole(least: number, most: number): number | undefined {
		const value = this.number(least, most);
		if (value === undefined || Number.isInteger(value)) return value;
		return this.fault(`is ${value}; it must be a whole number.`);
	}

	choice<const Word extends string>(words: readonly Word[]): Word | undefined {
		const value = this.text();
		if (value === undefined) return undefined;
		const word = words.find((candidate) => candidate === value);
		if (word !== undefined) return word;
		const nearest = nearestWord(value, words);
		const question = nearest === null ? "" : ` Did you mean "${nearest}"?`;
		return this.fault(
			`"${value}" is not one of ${words.join(", ")}.${question}`,
		);
	}

	/** The value as JSON. */
	json(): JsonValue | undefined {
		return this.#json(this.#node, 0);
	}

	#json(node: unknown, depth: number): JsonValue | undefined {
		if (depth > deepest) return this.fault("is nested too deep.");
		if (node === null) return null;
		if (isScalar(node)) return this.#scalar(node.value);
		if (isSeq(node)) {
			const list: JsonValue[] = [];
			for (const item of node.items) {
				const value = this.#json(item, depth + 1);
				if (value === undefined) return undefined;
				list.push(value);
			}
			return list;
		}
		if (isMap(node)) {
			const members: [string, JsonValue][] = [];
			for (const { key, value } of node.items) {
				const member = this.#json(value, depth + 1);
				if (member === undefined) return undefined;
				members.push([isScalar(key) ? String(key.value) : "", member]);
			}
			return Object.fromEntries(members);
		}
		return this.fault("cannot be read as plain data.");
	}

	#scalar(value: unknown): JsonValue | undefined {
		if (value === null || value === undefined) return null;
		if (typeof value === "string" || typeof value === "boolean") return value;
		if (typeof value === "number" && Number.isFinite(value)) return value;
		return this.fault(`${String(value)} is not a JSON value.`);
	}

	/** What the value is, for people. */
	get kind(): string {
		const node = this.#node;
		if (isMap(node)) return "a map";
		if (isSeq(node)) return "a list";
		if (!isScalar(node) || node.value === null) return "nothing";
		switch (typeof node.value) {
			case "string":
				return "text";
			case "boolean":
				return "true or false";
			default:
				return "a number";
		}
	}

	/** The field at a path of names and indices below this one; the nearest that exists. */
	at(path: readonly (string | number)[]): Field {
		let field: Field = this;
		for (const step of path) {
			const node = field.#node;
			if (isMap(node)) {
				const pair = node.items.find(
					({ key }) => isScalar(key) && String(key.value) === String(step),
				);
				if (pair === undefined) return field;
				field = new Field(
					this.#text,
					pair.value as Node | null,
					this.#text.lineOf(pair.key as Node | null) ?? field.line,
					field.name === "" ? String(step) : `${field.name}.${step}`,
				);
			} else if (isSeq(node)) {
				const item = node.items[Number(step)] as Node | null | undefined;
				if (item === undefined) return field;
				field = new Field(
					this.#text,
					item,
					this.#text.lineOf(item) ?? field.line,
					`${field.name}[${step}]`,
				);
			} else return field;
		}
		return field;
	}
}
