/**
 * JSON with one spelling per value, for hashing: no white space, object keys sorted by
 * UTF-16 code unit, numbers and strings as ECMAScript writes them (RFC 8785).
 *
 * | value                        | text                  |
 * |------------------------------|-----------------------|
 * | { b: 1, a: [true, null] }    | {"a":[true,null],"b":1} |
 * | 1e21, -0, 0.1                | 1e+21, 0, 0.1         |
 * | "é\n"                        | "é\n"                 |
 * | { a: undefined }             | {}                    |
 * | NaN, Infinity, "\ud800"      | throws                |
 *
 * The package `canonicalize` writes the same, and leaves out or makes null what this refuses:
 * two different values would have one hash.
 *
 * Throws TypeError on what JSON cannot carry: a number that is not finite, a lone
 * surrogate, a bigint, a function, `undefined` anywhere but as a member.
 */
export function canonicalJson(value: unknown): string {
	switch (typeof value) {
		case "string":
			if (!value.isWellFormed()) {
				throw new TypeError("A lone surrogate has no canonical JSON");
			}
			return JSON.stringify(value);
		case "boolean":
			return value ? "true" : "false";
		case "number":
			if (!Number.isFinite(value)) {
				throw new TypeError(`${value} has no canonical JSON`);
			}
			return JSON.stringify(value);
		case "object":
			if (value === null) return "null";
			return Array.isArray(value) ? list(value) : members(value);
		default:
			throw new TypeError(`A ${typeof value} has no canonical JSON`);
	}
}

function list(values: readonly unknown[]): string {
	return `[${values.map(canonicalJson).join(",")}]`;
}

function members(value: object): string {
	const parts: string[] = [];
	for (const [key, member] of Object.entries(value).sort(byKey)) {
		if (member === undefined) continue;
		parts.push(`${canonicalJson(key)}:${canonicalJson(member)}`);
	}
	return `{${parts.join(",")}}`;
}

function byKey(
	[left]: readonly [string, unknown],
	[right]: readonly [string, unknown],
): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
