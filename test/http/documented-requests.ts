import { must } from "../../src-shared/domain/must.ts";

/** A request that a document shows, as it is written there. */
export interface DocumentedRequest {
	/** Where it was found: `curl`, `Python`, ... */
	readonly found: string;
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** The text of the body; null for none. */
	readonly body: string | null;
}

/** Every `curl` command of a document's shell blocks. */
export function curlRequests(document: string): DocumentedRequest[] {
	return [...document.matchAll(/```bash\n([\s\S]*?)```/g)].flatMap(
		([, block]) =>
			(block ?? "")
				.split(/^(?=curl )/m)
				.filter((command) => command.startsWith("curl "))
				.map(curlRequest),
	);
}

/** Every call of `requests` in a document's Python blocks; `{...}` stands for the parameters of the call before. */
export function pythonRequests(document: string): DocumentedRequest[] {
	return [...document.matchAll(/```python\n([\s\S]*?)```/g)].flatMap(
		([, block = ""]) => {
			const base = must(
				/^BASE_URL = "(.*)"$/m.exec(block)?.[1],
				"the block has its base",
			);
			let params = "";
			return [
				...block.matchAll(/requests\.(get|post)\(\s*f"\{BASE_URL\}([^"]*)"/g),
			].map((call): DocumentedRequest => {
				const [text, verb = "", path = ""] = call;
				const rest = block.slice(call.index + text.length);
				const [, name, start = ""] =
					/^,\s*(params|json)=(\{[\s\S]*)/.exec(rest) ?? [];
				let json = name === undefined ? null : balanced(start);
				if (json?.includes("{...}")) json = json.replace("{...}", params);
				const inner = /"params": (\{[\s\S]*)/.exec(json ?? "")?.[1];
				if (inner !== undefined) params = balanced(inner);
				const query =
					name === "params"
						? `?${new URLSearchParams(JSON.parse(json ?? "{}"))}`
						: "";
				return {
					found: "Python",
					method: verb.toUpperCase(),
					url: `${base}${path}${query}`,
					headers:
						name === "json" ? { "content-type": "application/json" } : {},
					body: name === "json" ? json : null,
				};
			});
		},
	);
}

/** Every `fetch` of a document's JavaScript and TypeScript blocks. */
export function fetchRequests(document: string): DocumentedRequest[] {
	return scriptBlocks(document).flatMap((block) => {
		const base = /BASE_URL = "(.*)"/.exec(block)?.[1] ?? "";
		return [...block.matchAll(/fetch\(\s*`\$\{BASE_URL\}([^`]*)`/g)].map(
			(call): DocumentedRequest => {
				const [text, path = ""] = call;
				const rest = block.slice(call.index + text.length);
				const options = /^,\s*(\{[\s\S]*)/.exec(rest)?.[1];
				const given = options === undefined ? "" : balanced(options);
				const stringified = /JSON\.stringify\((\{[\s\S]*)/.exec(given)?.[1];
				const type = /"Content-Type": "([^"]*)"/.exec(given)?.[1];
				return {
					found: "JavaScript",
					method: /method: "(\w+)"/.exec(given)?.[1] ?? "GET",
					url: `${base}${path}`,
					headers: type === undefined ? {} : { "content-type": type },
					body:
						stringified === undefined
							? null
							: balanced(stringified).replaceAll(/(\w+):(?= )/g, '"$1":'),
				};
			},
		);
	});
}

/** Every event source of a document, with the events that it listens to. */
export function eventSources(
	document: string,
): { readonly url: string; readonly events: readonly string[] }[] {
	return scriptBlocks(document).flatMap((block) => {
		const base = /BASE_URL = "(.*)"/.exec(block)?.[1] ?? "";
		const url = /new EventSource\(['"`]([^'"`]*)['"`]\)/.exec(block)?.[1];
		const events = [...block.matchAll(/addEventListener\(['"](\w+)['"]/g)].map(
			([, name = ""]) => name,
		);
		return url === undefined
			? []
			: [{ url: url.replace(/^\$\{BASE_URL\}/, base), events }];
	});
}

function scriptBlocks(document: string): string[] {
	return [
		...document.matchAll(/```(?:javascript|typescript)\n([\s\S]*?)```/g),
	].map(([, block = ""]) => block);
}

/** A shell's words: quotes keep what they hold together, a backslash at a line's end joins it to the next. */
function curlRequest(command: string): DocumentedRequest {
	const words = [
		...command.replaceAll("\\\n", " ").matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g),
	].map(([, single, double, bare]) => single ?? double ?? bare ?? "");
	const after = (option: string) =>
		words.flatMap((word, index) =>
			word === option ? [words[index + 1] ?? ""] : [],
		);
	const headers = after("-H").map((line): [string, string] => {
		const [name = "", value = ""] = line.split(": ");
		return [name.toLowerCase(), value];
	});
	return {
		found: "curl",
		method: after("-X")[0] ?? "GET",
		url: must(
			words.find((word) => word.startsWith("http")),
			"a command has an address",
		),
		headers: Object.fromEntries(headers),
		body: after("-d")[0] ?? null,
	};
}

/** The text up to the brace that closes its first one. */
function balanced(text: string): string {
	let depth = 0;
	for (const [index, character] of [...text].entries()) {
		if (character === "{") depth++;
		if (character === "}" && --depth === 0) return text.slice(0, index + 1);
	}
	throw new Error(`Braces do not close in ${text.slice(0, 40)}`);
}
