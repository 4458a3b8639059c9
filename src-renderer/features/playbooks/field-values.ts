import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { pointerPart, type SchemaField } from "./schema-fields.ts";

/** What stands in a field: a text, a switch, chips. A choice holds the index of its option, or nothing. */
export type FieldValue = string | boolean | readonly string[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Faults by field name; those of the whole under the empty name. */
export type FieldFaults = ReadonlyMap<string, readonly string[]>;

export type Params = Readonly<Record<string, unknown>>;

/** What the fields begin with: their defaults, or those of `params` where it has them. */
export function valuesOf(
	fields: readonly SchemaField[],
	params: Params = {},
): FieldValues {
	return Object.fromEntries(
		fields.map((field) => [
			field.name,
			valueIn(
				field,
				field.name === "" && Object.keys(params).length > 0
					? params
					: (params[field.name] ?? field.defaultValue),
			),
		]),
	);
}

function valueIn(field: SchemaField, value: unknown): FieldValue {
	const { shape } = field;
	switch (shape.kind) {
		case "boolean":
			return value === true;
		case "list":
			return Array.isArray(value) ? value.map(String) : [];
		case "choice": {
			const text = JSON.stringify(value);
			const at = shape.options.findIndex(
				(each) => JSON.stringify(each.value) === text,
			);
			return value === undefined || at < 0 ? "" : String(at);
		}
		case "json":
			return value === undefined ? "" : JSON.stringify(value, null, 2);
		case "text":
		case "number":
		case "text_or_number":
			return value === undefined || value === null ? "" : String(value);
		default:
			return assertNever(shape, "field");
	}
}

/**
 * The parameters as they are sent; an empty field is left out. `faults` holds only what cannot be
 * sent: everything else is for the engine to judge.
 */
export function paramsOf(
	fields: readonly SchemaField[],
	values: FieldValues,
): { readonly params: Params; readonly faults: FieldFaults } {
	const params: Record<string, unknown> = {};
	const faults = new Map<string, string[]>();
	for (const field of fields) {
		const read = readField(field, values[field.name] ?? "");
		if ("fault" in read) faults.set(field.name, [read.fault]);
		else if (read.value !== undefined) {
			if (field.name === "") Object.assign(params, read.value);
			else params[field.name] = read.value;
		} else if (field.isRequired) faults.set(field.name, ["Required."]);
	}
	return { params, faults };
}

type Read = { readonly value: unknown } | { readonly fault: string };

function readField({ shape }: SchemaField, value: FieldValue): Read {
	switch (shape.kind) {
		case "boolean":
			return { value: value === true };
		case "list":
			return {
				value: Array.isArray(value) && value.length > 0 ? value : undefined,
			};
		case "choice":
			return {
				value: value === "" ? undefined : shape.options[Number(value)]?.value,
			};
		case "text":
			return { value: value === "" ? undefined : value };
		case "text_or_number": {
			const text = String(value).trim();
			const isNumber = shape.isInteger
				? /^-?\d{1,15}$/.test(text)
				: /^-?\d{1,15}(\.\d+)?$/.test(text);
			return {
				value: text === "" ? undefined : isNumber ? Number(text) : value,
			};
		}
		case "number":
			return readNumber(String(value).trim(), shape.isInteger);
		case "json":
			return readJson(String(value), shape.types);
		default:
			return assertNever(shape, "field");
	}
}

function readNumber(text: string, isInteger: boolean): Read {
	if (text === "") return { value: undefined };
	const value = Number(text);
	if (!Number.isFinite(value)) return { fault: "This is not a number." };
	return isInteger && !Number.isInteger(value)
		? { fault: "Only whole numbers." }
		: { value };
}

function readJson(text: string, types: readonly string[]): Read {
	if (text.trim() === "") return { value: undefined };
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { fault: `This is not JSON: ${why}` };
	}
	const type = jsonType(value);
	const fits =
		types.length === 0 ||
		types.includes(type) ||
		(type === "integer" && types.includes("number"));
	return fits ? { value } : { fault: `This must be ${types.join(" or ")}.` };
}

function jsonType(value: unknown): string {
	if (value === null) return "null";
	if (Array.isArray(value)) return "array";
	if (Number.isInteger(value)) return "integer";
	return typeof value;
}

/**
 * The engine's faults at their fields: `/models/1` belongs to the second chip of `models`. One
 * that no field has keeps its path and stands above the form.
 */
export function faultsOf(
	fields: readonly SchemaField[],
	data: unknown,
): FieldFaults {
	const faults = new Map<string, string[]>();
	for (const { path, message } of faultList(data)) {
		const [name = "", ...rest] = path.split("/").slice(1).map(pointerPart);
		const field = fields.find((each) => each.name === name);
		const key = field === undefined ? "" : name;
		const index = /^\d+$/.test(rest[0] ?? "") ? Number(rest[0]) + 1 : null;
		const words =
			field === undefined
				? sentence(name === "" ? message : `${path}: ${message}`)
				: sentence(index === null ? message : `number ${index} ${message}`);
		faults.set(key, [...(faults.get(key) ?? []), words]);
	}
	return faults;
}

function sentence(text: string): string {
	const begun = text.charAt(0).toUpperCase() + text.slice(1);
	// A pattern or a value at the end stays as it is.
	return /[\p{L}\d]$/u.test(begun) ? `${begun}.` : begun;
}

function faultList(
	data: unknown,
): readonly { readonly path: string; readonly message: string }[] {
	const faults =
		typeof data === "object" && data !== null && "faults" in data
			? data.faults
			: null;
	if (!Array.isArray(faults)) return [];
	return faults.flatMap((each: unknown) =>
		typeof each === "object" &&
		each !== null &&
		"message" in each &&
		typeof each.message === "string"
			? [
					{
						path:
							"path" in each && typeof each.path === "string" ? each.path : "",
						message: each.message,
					},
				]
			: [],
	);
}

/** True when both would be sent as the same text, in whatever order their names stand. */
export function isSameParams(a: Params, b: Params): boolean {
	return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (_key, each: unknown) =>
		typeof each === "object" && each !== null && !Array.isArray(each)
			? Object.fromEntries(
					Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)),
				)
			: each,
	);
}
