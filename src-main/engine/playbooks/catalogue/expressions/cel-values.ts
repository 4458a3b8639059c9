import type { JsonValue } from "../../definition.ts";

/**
 * JSON as CEL sees it. Whole numbers of parameters become CEL integers, so that
 * `string(params.threads)` is "4"; numbers of answers stay doubles, so that a half is a half.
 */
export function toCel(value: JsonValue | undefined, asWhole: boolean): unknown {
	if (value === undefined) return undefined;
	if (typeof value === "number") {
		return asWhole && Number.isSafeInteger(value) ? BigInt(value) : value;
	}
	if (typeof value !== "object" || value === null) return value;
	if (isList(value)) return value.map((item) => toCel(item, asWhole));
	return new Map(
		Object.entries(value).map(([name, member]) => [
			name,
			toCel(member, asWhole),
		]),
	);
}

/** Throws for what JSON cannot carry. */
export function fromCel(value: unknown): JsonValue {
	switch (typeof value) {
		case "string":
		case "boolean":
			return value;
		case "number":
			if (!Number.isFinite(value)) throw new Error(`the value is ${value}`);
			return value;
		case "bigint": {
			const number = Number(value);
			if (!Number.isSafeInteger(number)) {
				throw new Error(`${value} is too large a number`);
			}
			return number;
		}
		case "object":
			return fromObject(value);
		default:
			throw new Error(`a ${typeof value} is no JSON value`);
	}
}

function fromObject(value: object | null): JsonValue {
	if (value === null) return null;
	if (Array.isArray(value)) return value.map(fromCel);
	if (value instanceof Map) {
		return Object.fromEntries(
			[...value].map(([name, member]) => [String(name), fromCel(member)]),
		);
	}
	const prototype = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) {
		throw new Error("a time, a duration or bytes is no JSON value");
	}
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [name, fromCel(member)]),
	);
}

/** `Array.isArray` that also narrows a read-only list. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
	return Array.isArray(value);
}
