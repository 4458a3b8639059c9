import type { JsonValue } from "../definition.ts";

/**
 * The part of a JSON value that a pointer names (RFC 6901); undefined where there is none.
 *
 * | pointer | of `{"a/b": [10, {"~": 1}]}` |
 * |---|---|
 * | `` | the whole |
 * | `/a~1b/0` | 10 |
 * | `/a~1b/1/~0` | 1 |
 * | `/a~1b/01`, `/a~1b/-`, `/length` | nothing |
 */
export function valueAt(
	value: JsonValue,
	pointer: string,
): JsonValue | undefined {
	if (pointer === "") return value;
	if (!pointer.startsWith("/")) return undefined;
	let found: JsonValue | undefined = value;
	for (const part of pointer.slice(1).split("/")) {
		const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
		if (found === null || typeof found !== "object") return undefined;
		if (Array.isArray(found)) {
			if (!/^(0|[1-9][0-9]*)$/.test(name)) return undefined;
			found = found[Number(name)];
		} else {
			found = Object.hasOwn(found, name)
				? (found as { readonly [key: string]: JsonValue })[name]
				: undefined;
		}
	}
	return found;
}
