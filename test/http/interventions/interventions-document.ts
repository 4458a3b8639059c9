import { readFileSync } from "node:fs";
import { join } from "node:path";
import { must } from "../../../src-shared/domain/must.ts";

/** One operation as the document of API E writes it. */
export interface DocumentedOperation {
	/** Such as `GET /incidents/{id}`. */
	readonly heading: string;
	readonly method: string;
	readonly path: string;
	/** Query parameters by name, with the words that the document allows for an enumeration. */
	readonly parameters: Readonly<Record<string, readonly string[]>>;
	/** The body of the request, where there is one. */
	readonly request: Readonly<Record<string, unknown>> | null;
	/** The body of the answer, where the document shows it. */
	readonly answer: Readonly<Record<string, unknown>> | null;
	/** The answer's status and those of its errors. */
	readonly statuses: readonly number[];
	/** The lines below its heading. */
	readonly text: string;
}

const text = readFileSync(
	join(import.meta.dirname, "../../fixtures/specifications/5-interventions.md"),
	"utf8",
);

/** The document as it is. */
export const documentText = text;

/** Every operation, in the document's order. */
export const documentedOperations: readonly DocumentedOperation[] = text
	.split(/^###? /m)
	.flatMap((section) => {
		const heading = /```http\n((?:GET|POST) \/\S+)\n```/.exec(section)?.[1];
		return heading === undefined ? [] : [operationOf(heading, section)];
	});

export function documented(heading: string): DocumentedOperation {
	return must(
		documentedOperations.find((each) => each.heading === heading),
		`the document has ${heading}`,
	);
}

/** The error codes of the document's table. */
export const errorCodes: Readonly<Record<number, string>> = Object.fromEntries(
	[...text.matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(
		([, code = "", status]) => [Number(status), code],
	),
);

/** The document's example of a refusal. */
export const refusalExample = jsonBlock(
	/### \*\*Standard Error Format\*\*[\s\S]*?```json\n([\s\S]*?)```/,
);

/** The data of the events of the stream, by the event's name. */
export const streamEvents: Readonly<Record<string, Record<string, unknown>>> =
	Object.fromEntries(
		[...text.matchAll(/\*\*`(\w+)`:\*\*\n```json\n([\s\S]*?)```/g)].map(
			([, name, json]) => [name, parse(json ?? "")],
		),
	);

/** The document's limits: requests per hour. */
export const documentedLimits = {
	address: limitOf(/(\d+) requests per hour per IP/),
	dryRuns: limitOf(/(\d+) dry-runs per hour per incident/),
	executions: limitOf(/(\d+) action executions per hour per incident/),
};

/** The header names of the section on limits. */
export const limitHeaders: readonly string[] = [
	...text.matchAll(/^(X-RateLimit-\w+):/gm),
].map(([, name]) => must(name, "the group is not optional"));

function operationOf(heading: string, section: string): DocumentedOperation {
	const [method = "", path = ""] = heading.split(" ");
	const blockAfter = (label: string) => {
		const json = new RegExp(
			`\\*\\*${label}:\\*\\*[^\\n]*\\n+\`\`\`json\\n([\\s\\S]*?)\`\`\``,
		).exec(section)?.[1];
		return json === undefined ? null : parse(json);
	};
	return {
		heading,
		method,
		path,
		parameters: Object.fromEntries(
			[...section.matchAll(/^\| `(\w+)` \| \w+ \| (\w+) \| (.*) \|$/gm)].map(
				([, name, , words]) => [
					name,
					[...(words ?? "").matchAll(/`(\w+)`/g)].map(([, word]) => word ?? ""),
				],
			),
		),
		request: blockAfter("Request Body"),
		answer: blockAfter("Response"),
		statuses: [
			...[...section.matchAll(/\*\*Response:\*\* `(\d{3})/g)],
			...[...section.matchAll(/^- `(\d{3}) [A-Z]/gm)],
		].map(([, status]) => Number(status)),
		text: section,
	};
}

function jsonBlock(pattern: RegExp): Record<string, unknown> {
	return parse(must(pattern.exec(text)?.[1], "the document has the block"));
}

/** `{...}` stands for an object that the document does not spell out. */
function parse(json: string): Record<string, unknown> {
	return JSON.parse(json.replaceAll("{...}", "{}"));
}

function limitOf(pattern: RegExp): number {
	return Number(must(pattern.exec(text)?.[1], "the document has the limit"));
}
