import { readFileSync } from "node:fs";
import { join } from "node:path";

const text = readFileSync(
	join(import.meta.dirname, "../../fixtures/specifications/4-ml-service.md"),
	"utf8",
);

/** The `index`th JSON example after a line of the document of API D. */
export function example(after: string, index = 0): Record<string, unknown> {
	const start = text.indexOf(after);
	if (start === -1) throw new Error(`The document has no ${after}`);
	let at = start + after.length;
	for (let skipped = 0; ; skipped++) {
		at = text.indexOf("{\n", at);
		const end = endOf(at);
		if (skipped === index) return JSON.parse(text.slice(at, end));
		at = end;
	}
}

/** Status and code of each documented refusal. */
export const refusals: readonly (readonly [number, string])[] = [
	...text.matchAll(/^\| (\d{3}) \| (\w+) \|/gm),
].map(([, status, code]) => [Number(status), String(code)] as const);

/** Where the object that begins at `start` ends; no example has a brace in a text. */
function endOf(start: number): number {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		if (text[at] === "{") depth++;
		else if (text[at] === "}" && --depth === 0) return at + 1;
	}
	throw new Error("An example breaks off");
}
