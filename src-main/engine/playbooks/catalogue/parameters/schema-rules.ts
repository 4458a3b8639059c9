import type { JsonValue } from "../../definition.ts";
import { isList } from "../expressions/cel-values.ts";

export type SchemaObject = { readonly [key: string]: JsonValue };

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
	walk(schema, [], (part, path) => {
		const reference = part.$ref ?? part.$dynamicRef;
		if (typeof reference === "string" && !reference.startsWith("#")) {
			fault(
				[...path, "$ref"],
				`"${reference}" leaves the file; only #/$defs/... is allowed.`,
			);
		}
		for (const name of ["$id", "$anchor", "$dynamicAnchor", "$vocabulary"]) {
			if (name in part) fault([...path, name], "is not allowed here.");
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
