import { EngineError } from "../../engine/errors.ts";

/** A whole number from a query string, or the default where it is absent. Throws INVALID naming the parameter. */
export function integerParameter(
	query: unknown,
	name: string,
	range: { default: number; min: number; max: number },
): number {
	const text = parameter(query, name);
	if (text === undefined) return range.default;
	const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	if (!(value >= range.min && value <= range.max)) {
		throw new EngineError(
			"INVALID",
			`${name} must be a whole number from ${range.min} to ${range.max}`,
			{ field: name },
		);
	}
	return value;
}

/** A parameter that may be given once. */
export function parameter(query: unknown, name: string): string | undefined {
	if (typeof query !== "object" || query === null) return undefined;
	if (!Object.hasOwn(query, name)) return undefined;
	const value = (query as Record<string, unknown>)[name];
	if (typeof value === "string") return value;
	throw new EngineError("INVALID", `${name} must be given once`, {
		field: name,
	});
}
