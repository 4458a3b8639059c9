import type { JsonValue } from "../../definition.ts";
import { isList } from "../expressions/cel-values.ts";
import { suggestion } from "../file/nearest-word.ts";

export type SchemaObject = { readonly [key: string]: JsonValue };

/** Left out of the list of parameters that API E shows; accepted all the same. */
export const advancedKeyword = "x-advanced";
/** Prose: a value that may hold dashes and the letters of any script. */
export const freeTextKeyword = "x-free-text";

/** JSON Schema 2020-12 without what reaches out of a file. */
const keywords: readonly string[] =
	"$comment $defs $ref $schema additionalProperties allOf anyOf const contains contentEncoding contentMediaType default dependentRequired dependentSchemas deprecated description else enum examples exclusiveMaximum exclusiveMinimum format if items maxContains maxItems maxLength maxProperties maximum minContains minItems minLength minProperties minimum multipleOf not oneOf pattern patternProperties prefixItems properties propertyNames readOnly required then title type unevaluatedItems unevaluatedProperties uniqueItems writeOnly"
		.split(" ")
		.concat(advancedKeyword, freeTextKeyword);
const schemaVersion = "https://json-schema.org/draft/2020-12/schema";

/** Texts without a `maxLength` and lists without a `maxItems` get these. */
export const defaultLimits = { maxLength: 4_096, maxItems: 1_000 } as const;

export interface SchemaFault {
	readonly path: readonly (string | number)[];
	readonly message: string;
}

const holdSchemas = [
	"properties",
	"patternProperties",
	"$defs",
	"dependentSchemas",
];
const holdData = ["default", "const", "enum", "examples"];
const parameterName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/**
 * What Tocsin asks of a schema beyond JSON Schema: an object, nothing remote, names that an
 * expression can use, secrets only as texts of the first level.
 */
export function brokenRules(schema: SchemaObject): SchemaFault[] {
	const faults: SchemaFault[] = [];
	const fault = (path: readonly (string | number)[], message: string) => {
		faults.push({ path, message });
	};
	if (schema.type !== "object") fault(["type"], 'must be "object".');
	for (const name of Object.keys(membersOf(schema.properties))) {
		if (!parameterName.test(name) || name === "__proto__") {
			fault(
				["properties", name],
				"a parameter's name has letters, digits and _ only, and no digit first.",
			);
		}
	}
	const names = Object.keys(membersOf(schema.properties));
	for (const name of [schema.required ?? []].flat()) {
		if (typeof name !== "string" || names.includes(name)) continue;
		fault(
			["required"],
			`"${name}" is no parameter; ${suggestion(name, names)}`,
		);
	}
	walk(schema, [], (part, path) => {
		const reference = part.$ref;
		if (typeof reference === "string" && !reference.startsWith("#")) {
			fault(
				[...path, "$ref"],
				`"${reference}" leaves the file; only #/$defs/... is allowed.`,
			);
		}
		const broken = patternFault(part.pattern);
		if (broken !== null) fault([...path, "pattern"], broken);
		for (const name of Object.keys(part)) {
			if (keywords.includes(name)) continue;
			fault(
				[...path, name],
				`"${name}" is no keyword here; ${suggestion(name, keywords)}`,
			);
		}
		if (part.$schema !== undefined && part.$schema !== schemaVersion) {
			fault([...path, "$schema"], `must be ${schemaVersion}.`);
		}
		if (
			part.writeOnly === true &&
			(path.length !== 2 || path[0] !== "properties" || part.type !== "string")
		) {
			fault(
				[...path, "writeOnly"],
				"only a text parameter of the first level can be a secret.",
			);
		}
	});
	return faults;
}

function patternFault(pattern: JsonValue | undefined): string | null {
	if (typeof pattern !== "string") return null;
	try {
		new RegExp(pattern, "u");
		return null;
	} catch (error) {
		return `${error instanceof Error ? error.message : String(error)}.`;
	}
}

/** The same schema with every text and list bounded, and no unknown parameters unless it says so. */
export function bounded(schema: SchemaObject): SchemaObject {
	return {
		additionalProperties: false,
		...(boundedPart(schema) as SchemaObject),
	};
}

function boundedPart(part: JsonValue, isSchema = true): JsonValue {
	if (typeof part !== "object" || part === null) return part;
	if (isList(part)) return part.map((item) => boundedPart(item, isSchema));
	const members: [string, JsonValue][] = Object.entries(part).map(
		([name, member]) => {
			if (!isSchema) return [name, boundedPart(member)];
			if (holdData.includes(name)) return [name, member];
			return [name, boundedPart(member, !holdSchemas.includes(name))];
		},
	);
	if (!isSchema) return Object.fromEntries(members);
	const types = [part.type].flat();
	const added = {
		...(types.includes("string") && !("enum" in part) && !("const" in part)
			? { maxLength: defaultLimits.maxLength }
			: {}),
		...(types.includes("array") ? { maxItems: defaultLimits.maxItems } : {}),
	};
	return { ...added, ...Object.fromEntries(members) };
}

function walk(
	part: JsonValue,
	path: readonly (string | number)[],
	visit: (part: SchemaObject, path: readonly (string | number)[]) => void,
	isSchema = true,
): void {
	if (typeof part !== "object" || part === null) return;
	if (isList(part)) {
		for (const [index, item] of part.entries()) {
			walk(item, [...path, index], visit);
		}
		return;
	}
	if (isSchema) visit(part, path);
	for (const [name, member] of Object.entries(part)) {
		if (isSchema && holdData.includes(name)) continue;
		const below = [...path, name];
		walk(member, below, visit, !(isSchema && holdSchemas.includes(name)));
	}
}

export function membersOf(value: JsonValue | undefined): SchemaObject {
	return typeof value === "object" && value !== null && !isList(value)
		? value
		: {};
}
