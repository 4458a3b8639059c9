import { readFileSync } from "node:fs";
import { join } from "node:path";
import { must } from "../../../src-shared/domain/must.ts";

/** Who may, as the tables of API B's document write it. */
export type Needs =
	| "No"
	| "Yes"
	| "Refresh Token"
	| "Yes (Owner)"
	| "Yes (Admin)";

/** One row of the tables of endpoints. */
export interface DocumentedRoute {
	/** Such as `PATCH /incidents/{id}/state`. */
	readonly name: string;
	readonly method: string;
	readonly path: string;
	readonly needs: Needs;
}

const path = join(
	import.meta.dirname,
	"../../fixtures/specifications/2-sre-copilot.md",
);
const text = readFileSync(path, "utf8");

/** Every operation of the document. */
export const documentedRoutes: readonly DocumentedRoute[] = [
	...text.matchAll(
		/^\| (GET|POST|PATCH|DELETE) \| `([^`]+)` \| [^|]+ \| ([^|]+) \|$/gm,
	),
].map(([, method = "", path = "", needs = ""]) => ({
	name: `${method} ${path}`,
	method,
	path,
	needs: needs.trim() as Needs,
}));

/** The detailed part of an operation by its heading. */
export function documented(name: string): {
	readonly request: Readonly<Record<string, unknown>> | null;
	readonly response: unknown;
	readonly status: number;
	/** Query parameters and their defaults; `-` for none. */
	readonly parameters: Readonly<Record<string, string>>;
	/** The words that are listed below it, such as states. */
	readonly words: readonly string[];
} {
	const start = text.indexOf(`\n#### ${name}\n`);
	if (start === -1) throw new Error(`The document has no ${name}`);
	const below = text.slice(start + 1);
	const section = below.slice(0, below.indexOf("\n---"));
	const request = /\*\*Request:\*\*\n```json\n([\s\S]*?)```/.exec(section);
	const response = /\*\*Response \((\d+)\):\*\*\n```json\n([\s\S]*?)```/.exec(
		section,
	);
	return {
		request: request === null ? null : JSON.parse(must(request[1], "group")),
		status: Number(must(response, `${name} shows an answer`)[1]),
		response: JSON.parse(must(response?.[2], "group")),
		parameters: Object.fromEntries(
			[...section.matchAll(/^\| (\w+) \| \w+ \| ([^|]+) \|/gm)]
				.filter(([, name]) => name !== "Parameter")
				.map(([, name = "", standard = ""]) => [name, standard.trim()]),
		),
		words: [...section.matchAll(/^- `(\w+)`/gm)].map(([, word = ""]) => word),
	};
}

/** The statuses of the document's table. */
export const documentedStatuses: readonly number[] = [
	...text.matchAll(/^\| (\d{3}) \| /gm),
].map(([, status]) => Number(status));

/** The names of all fields of an example, `parent.child` for those within. */
export function fieldsOf(example: unknown, prefix = ""): string[] {
	if (Array.isArray(example)) return fieldsOf(example[0], prefix);
	if (typeof example !== "object" || example === null) return [];
	return Object.entries(example).flatMap(([name, value]) => [
		`${prefix}${name}`,
		...fieldsOf(value, `${prefix}${name}.`),
	]);
}

/** The services that have documentation of their own, with the ports that the document gives their pages. */
export const documentedServices: readonly {
	readonly name: string;
	readonly port: number;
}[] = [
	...text.matchAll(/^- ([\w ]+ Service): http:\/\/localhost:(\d+)\/docs$/gm),
].map(([, name = "", port]) => ({ name, port: Number(port) }));
