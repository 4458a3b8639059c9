import type { JsonValue } from "../../definition.ts";
import { isList } from "../expressions/cel-values.ts";
import type { ParameterSchema } from "./parameter-schema.ts";
import {
	advancedKeyword,
	membersOf,
	type SchemaObject,
} from "./schema-rules.ts";

/**
 * The parameters as API E lists them.
 *
 * | schema                                             | words                                  |
 * |----------------------------------------------------|----------------------------------------|
 * | string, required                                   | string (required)                      |
 * | array of strings, required                         | array[string] (required)               |
 * | boolean, default false                             | boolean (optional, default: false)     |
 * | array of an enum, default every value of the enum  | array[string] (optional, default: all) |
 * | string                                             | string (optional)                      |
 *
 * Of several types the first is shown. A parameter with `x-advanced: true` is left out.
 */
export function parameterWords(
	parameters: ParameterSchema,
): Readonly<Record<string, string>> {
	const words: [string, string][] = [];
	const properties = membersOf(parameters.schema.properties);
	for (const [name, property] of Object.entries(properties)) {
		const part = membersOf(property);
		if (part[advancedKeyword] === true) continue;
		words.push([
			name,
			`${typeWords(part)} (${parameters.required.includes(name) ? "required" : optional(part)})`,
		]);
	}
	return Object.fromEntries(words);
}

function typeWords(part: SchemaObject): string {
	const [type] = [part.type].flat();
	if (type === "array") return `array[${typeWords(membersOf(part.items))}]`;
	if (typeof type === "string") return type;
	return isListed(part.enum) && typeof part.enum[0] === "string"
		? "string"
		: "any";
}

function optional(part: SchemaObject): string {
	if (part.default === undefined) return "optional";
	return `optional, default: ${defaultWords(part.default, membersOf(part.items).enum)}`;
}

function defaultWords(value: JsonValue, choices: JsonValue | undefined) {
	if (!isList(value)) {
		return typeof value === "string" ? value : JSON.stringify(value);
	}
	const isAll =
		isListed(choices) &&
		choices.length > 0 &&
		choices.every((choice) => value.includes(choice));
	return isAll ? "all" : value.map((item) => String(item)).join(", ");
}

function isListed(value: JsonValue | undefined): value is readonly JsonValue[] {
	return value !== undefined && isList(value);
}
