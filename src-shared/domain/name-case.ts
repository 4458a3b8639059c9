/** `baselineDays` -> `baseline_days`. */
export type SnakeCase<Name extends string> =
	Name extends `${infer First}${infer Rest}`
		? First extends Lowercase<First>
			? `${First}${SnakeCase<Rest>}`
			: `_${Lowercase<First>}${SnakeCase<Rest>}`
		: "";

/** `baseline_days` -> `baselineDays`. */
export type CamelCase<Name extends string> =
	Name extends `${infer First}_${infer Rest}`
		? `${First}${Capitalize<CamelCase<Rest>>}`
		: Name;

/** The same fields under names in snake_case. */
export type SnakeCased<Fields> = {
	[Name in keyof Fields as SnakeCase<Name & string>]: Fields[Name];
};

/** The same fields under names in camelCase. */
export type CamelCased<Fields> = {
	[Name in keyof Fields as CamelCase<Name & string>]: Fields[Name];
};

export function snakeCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(name: string): string {
	return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Names the fields of an object in snake_case, one level deep. */
export function snakeCased<Fields extends object>(
	fields: Fields,
): SnakeCased<Fields> {
	return renamed(fields, snakeCase) as SnakeCased<Fields>;
}

/** Names the fields of an object in camelCase, one level deep. */
export function camelCased<Fields extends object>(
	fields: Fields,
): CamelCased<Fields> {
	return renamed(fields, camelCase) as CamelCased<Fields>;
}

function renamed(
	fields: object,
	rename: (name: string) => string,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [rename(name), value]),
	);
}
