import { readFileSync } from "node:fs";
import { join } from "node:path";
import { must } from "../../../src-shared/domain/must.ts";

/** One operation as the document of API A writes it. */
export interface DocumentedOperation {
	/** The lines below its heading. */
	readonly text: string;
	/** The JSON examples, in order. */
	readonly examples: readonly unknown[];
	/** The statuses it names: the answer's and the errors'. */
	readonly statuses: readonly number[];
	/** Query parameters by name, with the words that the document allows for an enumeration. */
	readonly parameters: Readonly<Record<string, readonly string[]>>;
}

const path = join(
	import.meta.dirname,
	"../../fixtures/specifications/1-incident-platform.md",
);
const text = readFileSync(path, "utf8");

/** An operation of the document by its heading, such as `GET /incidents/{incident_id}`. */
export function documented(heading: string): DocumentedOperation {
	const start = text.indexOf(`\n${heading}\n`);
	if (start === -1) throw new Error(`The document has no ${heading}`);
	const below = text.slice(start + heading.length + 2);
	const end = /\n(?:(?:GET|POST|PATCH) \/|\n\n)/.exec(below)?.index;
	const section = below.slice(0, end);
	return {
		text: section,
		examples: [...section.matchAll(/json (\{.*\})$/gm)].map(([, json]) =>
			JSON.parse(must(json, "the group is not optional")),
		),
		statuses: [...section.matchAll(/Response (\d{3})|\b([45]\d\d) [A-Z]/g)].map(
			([, answer, error]) => Number(answer ?? error),
		),
		parameters: Object.fromEntries(
			[...section.matchAll(/^(\w+) (?:int|enum|UUID|ISO 8601) .*$/gm)].map(
				([line, name]) => [
					must(name, "the group is not optional"),
					/Filter by (\w+(?:, \w+)+)/.exec(line)?.[1]?.split(", ") ?? [],
				],
			),
		),
	};
}

/** The words that the document puts between bars, such as `P1 | P2 (required)`. */
export function wordsOf(example: unknown): string[] {
	return String(example)
		.replace(/ \(required\)$/, "")
		.split(" | ");
}

/** What kind of JSON value an example is, for comparing an answer with it. */
export function jsonType(value: unknown): string {
	if (value === null) return "null";
	return Array.isArray(value) ? "array" : typeof value;
}
