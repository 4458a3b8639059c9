/** One choice of an enum; `label` is how it is shown. */
export interface FieldOption {
	readonly label: string;
	readonly value: unknown;
}

/** What a parameter is filled in with. */
export type FieldShape =
	| {
			readonly kind: "text";
			readonly isSecret: boolean;
			readonly maxLength: number | null;
	  }
	| {
			readonly kind: "number";
			readonly isInteger: boolean;
			readonly min: number | null;
			readonly max: number | null;
			readonly step: number | null;
	  }
	| { readonly kind: "boolean" }
	| { readonly kind: "choice"; readonly options: readonly FieldOption[] }
	/** Texts, one a chip; `options` when only some are allowed. */
	| { readonly kind: "list"; readonly options: readonly string[] | null }
	/** A text or a number: what reads as a number is sent as one. */
	| { readonly kind: "text_or_number"; readonly isInteger: boolean }
	/** What no field here can express, written as JSON. */
	| { readonly kind: "json"; readonly types: readonly string[] };

/** One parameter of a playbook, as a form shows it. */
export interface SchemaField {
	/** The parameter's name; empty for the field that holds all of them as JSON. */
	readonly name: string;
	readonly label: string;
	readonly description: string;
	readonly isRequired: boolean;
	/** `undefined` where there is none. */
	readonly defaultValue: unknown;
	readonly example: string | null;
	/** Seldom needed: stands apart (`x-advanced`). */
	readonly isAdvanced: boolean;
	readonly shape: FieldShape;
}

type Schema = Readonly<Record<string, unknown>>;

const deepestReference = 8;

/**
 * The fields of an object schema (JSON Schema 2020-12), in its order. References are followed
 * within the schema. What cannot be a field is one of JSON: a single parameter, or all of them
 * when the schema lists none.
 */
export function fieldsOfSchema(root: Schema): readonly SchemaField[] {
	const properties = asSchema(root.properties);
	if (properties === null) {
		return isEmptyObjectSchema(root) ? [] : [wholeAsJson(root)];
	}
	const required = texts(root.required);
	return Object.entries(properties).map(([name, raw]) => {
		const schema = resolved(asSchema(raw) ?? {}, root);
		return {
			name,
			label: textOf(schema.title) ?? nameWords(name),
			description: textOf(schema.description) ?? "",
			isRequired: required.includes(name),
			defaultValue: schema.default,
			example: exampleOf(schema),
			isAdvanced: schema["x-advanced"] === true,
			shape: shapeOf(schema, root),
		};
	});
}

/** `full_refresh` and `fullRefresh` as `Full refresh`. */
export function nameWords(name: string): string {
	const words = name
		.replaceAll(/[_-]+/g, " ")
		.replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
		.trim()
		.toLowerCase();
	return words === "" ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

function shapeOf(schema: Schema, root: Schema): FieldShape {
	if (Array.isArray(schema.enum)) return choiceOf(schema.enum);
	if ("const" in schema) return choiceOf([schema.const]);
	const types = typesOf(schema, root);
	const isOneOf = (...names: readonly string[]) =>
		types.length > 0 && types.every((each) => names.includes(each));
	if (isOneOf("boolean")) return { kind: "boolean" };
	if (isOneOf("string")) {
		return {
			kind: "text",
			isSecret: schema.writeOnly === true || schema.format === "password",
			maxLength: numberOf(schema.maxLength),
		};
	}
	if (isOneOf("integer", "number")) return numberShape(schema, types);
	if (isOneOf("string", "integer", "number")) {
		return { kind: "text_or_number", isInteger: !types.includes("number") };
	}
	if (isOneOf("array")) {
		const items = resolved(asSchema(schema.items) ?? {}, root);
		if (typesOf(items, root).join() === "string") {
			const options = Array.isArray(items.enum) ? texts(items.enum) : null;
			return { kind: "list", options };
		}
	}
	return { kind: "json", types };
}

function numberShape(schema: Schema, types: readonly string[]): FieldShape {
	const isInteger = !types.includes("number");
	const above = numberOf(schema.exclusiveMinimum);
	const below = numberOf(schema.exclusiveMaximum);
	return {
		kind: "number",
		isInteger,
		min:
			numberOf(schema.minimum) ??
			(isInteger && above !== null ? above + 1 : above),
		max:
			numberOf(schema.maximum) ??
			(isInteger && below !== null ? below - 1 : below),
		step: numberOf(schema.multipleOf),
	};
}

function choiceOf(values: readonly unknown[]): FieldShape {
	return {
		kind: "choice",
		options: values.map((value) => ({
			value,
			label: typeof value === "string" ? value : JSON.stringify(value),
		})),
	};
}

/** The types that a schema allows; those of its alternatives when it has plain ones. Empty for any. */
function typesOf(schema: Schema, root: Schema): readonly string[] {
	if (typeof schema.type === "string") return [schema.type];
	if (Array.isArray(schema.type)) return texts(schema.type);
	const alternatives = schema.oneOf ?? schema.anyOf;
	if (!Array.isArray(alternatives)) return [];
	const found = alternatives.map((each) => {
		const one = resolved(asSchema(each) ?? {}, root);
		return typeof one.type === "string" ? one.type : null;
	});
	return found.some((each) => each === null)
		? []
		: [...new Set(found.filter((each) => each !== null))];
}

/** Follows `$ref` within the schema; one that leads nowhere leaves a schema that allows anything. */
function resolved(schema: Schema, root: Schema, depth = 0): Schema {
	const reference = textOf(schema.$ref);
	if (reference === null || depth > deepestReference) return schema;
	const target = reference
		.replace(/^#\/?/, "")
		.split("/")
		.filter((part) => part !== "")
		.reduce<unknown>(
			(at, part) => asSchema(at)?.[pointerPart(part)],
			reference.startsWith("#") ? root : undefined,
		);
	const { $ref, ...own } = schema;
	return resolved({ ...asSchema(target), ...own }, root, depth + 1);
}

/** A segment of a JSON pointer (RFC 6901) as the name that it stands for. */
export function pointerPart(part: string): string {
	return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function wholeAsJson(root: Schema): SchemaField {
	return {
		name: "",
		label: "Parameters",
		description: textOf(root.description) ?? "",
		isRequired: false,
		defaultValue: root.default ?? {},
		example: null,
		isAdvanced: false,
		shape: { kind: "json", types: ["object"] },
	};
}

/** Says neither what parameters there are nor that there may be any. */
function isEmptyObjectSchema(root: Schema): boolean {
	const says = Object.keys(root).filter(
		(key) => !["type", "title", "description", "$schema", "$id"].includes(key),
	);
	return says.every(
		(key) => key === "additionalProperties" && root[key] === false,
	);
}

function exampleOf(schema: Schema): string | null {
	const first = Array.isArray(schema.examples) ? schema.examples[0] : undefined;
	if (first === undefined) return null;
	return typeof first === "string" ? first : JSON.stringify(first);
}

function asSchema(value: unknown): Schema | null {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Schema)
		: null;
}

function texts(value: unknown): readonly string[] {
	return Array.isArray(value)
		? value.filter((each) => typeof each === "string")
		: [];
}

function textOf(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}

function numberOf(value: unknown): number | null {
	return typeof value === "number" && Number.isFinite(value) ? value : null;
}
