import { readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve, sep } from "node:path";
import { parseSync } from "vite";

export const checkout = resolve(import.meta.dirname, "../..");

/** One import of a file: a path from the checkout for a relative one, else the package's name. */
export interface Import {
	readonly target: string;
	readonly isPackage: boolean;
	/** Types alone: nothing of it is there when the program runs. */
	readonly isTypeOnly: boolean;
}

/** A name that a file exports; `from` where it only passes on what another file exports as `*` or by a name. */
export interface Export {
	readonly name: string;
	readonly from: { readonly target: string; readonly name: string } | null;
}

/** A parsed source file; `path` has forward slashes and starts at the checkout. */
export interface SourceFile {
	readonly path: string;
	readonly imports: readonly Import[];
	/** Every literal text, template parts joined, for finding SQL. */
	readonly texts: readonly string[];
	/** Calls of methods with a text as their first argument, such as `selectFrom("models")`. */
	readonly calls: readonly { method: string; argument: string }[];
	readonly exports: readonly Export[];
	/** Names taken from other files of the project; `*` for all that a file exports. */
	readonly taken: readonly { target: string; name: string }[];
	/** How often each name stands in the code. */
	readonly names: ReadonlyMap<string, number>;
	/** Calls that spread a list into their arguments, as they are written. */
	readonly spreadCalls: readonly string[];
}

/** All TypeScript under the folders, parsed. */
export function readSources(folders: readonly string[]): SourceFile[] {
	return listFiles(folders)
		.filter((path) => /\.tsx?$/.test(path))
		.map((path) =>
			parseSource(path, readFileSync(join(checkout, path), "utf8")),
		);
}

/** Paths of all files under the folders, from the checkout. */
export function listFiles(folders: readonly string[]): string[] {
	return folders.flatMap((folder) =>
		readdirSync(join(checkout, folder), {
			recursive: true,
			withFileTypes: true,
		})
			.filter((entry) => entry.isFile())
			.map((entry) =>
				join(entry.parentPath, entry.name)
					.slice(checkout.length + 1)
					.replaceAll(sep, "/"),
			),
	);
}

export function parseSource(path: string, text: string): SourceFile {
	const parsed = parseSync(path, text);
	const fault = parsed.errors[0];
	if (fault !== undefined) throw new Error(`${path}: ${fault.message}`);
	const requests = [
		...parsed.module.staticImports.map((found) => found.moduleRequest.value),
		...parsed.module.staticExports.flatMap((found) =>
			found.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
		),
		...parsed.module.dynamicImports.flatMap(({ moduleRequest }) => {
			const literal = text.slice(moduleRequest.start, moduleRequest.end);
			return /^["'`][^$]*["'`]$/.test(literal) ? literal.slice(1, -1) : [];
		}),
	];
	const found: Found = { texts: [], calls: [], spreads: [], names: new Map() };
	walk(parsed.program, found);
	const valued = new Set([
		...parsed.module.staticImports
			.filter(({ entries }) => !entries.every(({ isType }) => isType))
			.map((found) => found.moduleRequest.value),
		...parsed.module.staticImports
			.filter(({ entries }) => entries.length === 0)
			.map((found) => found.moduleRequest.value),
		...parsed.module.staticExports.flatMap((found) =>
			found.entries
				.filter(({ isType }) => !isType)
				.flatMap((entry) => entry.moduleRequest?.value ?? []),
		),
	]);
	return {
		path,
		imports: [...new Set(requests)].map((request) => ({
			...importOf(path, request),
			isTypeOnly: !valued.has(request),
		})),
		texts: found.texts,
		calls: found.calls,
		exports: parsed.module.staticExports.flatMap(({ entries }) =>
			entries.map((entry) => ({
				name: entry.exportName.name ?? (entry.moduleRequest ? "*" : "default"),
				from:
					entry.moduleRequest === null
						? null
						: {
								target: importOf(path, entry.moduleRequest.value).target,
								name: entry.importName.name ?? "*",
							},
			})),
		),
		taken: [
			...parsed.module.staticImports.flatMap(({ moduleRequest, entries }) =>
				entries.map(({ importName }) => ({
					target: importOf(path, moduleRequest.value).target,
					name:
						importName.kind === "Default"
							? "default"
							: (importName.name ?? "*"),
				})),
			),
			...parsed.module.dynamicImports.map(({ moduleRequest }) => ({
				target: importOf(
					path,
					text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
				).target,
				name: "*",
			})),
		],
		names: found.names,
		spreadCalls: found.spreads.map(({ start, end }) =>
			text.slice(Number(start), Number(end)).replaceAll(/\s+/g, " "),
		),
	};
}

function importOf(path: string, request: string): Omit<Import, "isTypeOnly"> {
	if (request.startsWith(".")) {
		return {
			target: posix.join(posix.dirname(path), request),
			isPackage: false,
		};
	}
	const parts = request.split("/");
	const name = request.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
	return { target: name ?? request, isPackage: true };
}

type Node = Readonly<Record<string, unknown>>;

interface Found {
	readonly texts: string[];
	readonly calls: { method: string; argument: string }[];
	readonly spreads: Node[];
	readonly names: Map<string, number>;
}

function walk(value: unknown, found: Found): void {
	if (Array.isArray(value)) {
		for (const item of value) walk(item, found);
		return;
	}
	if (!isNode(value)) return;
	// `export { a }` names what is there, and needs nothing.
	if (value.type === "ExportSpecifier") return;
	if (value.type === "Literal" && typeof value.value === "string") {
		found.texts.push(value.value);
	} else if (value.type === "TemplateLiteral" && Array.isArray(value.quasis)) {
		found.texts.push(value.quasis.map(quasiText).join(" ? "));
	} else if (value.type === "CallExpression") {
		noteCall(value, found.calls);
	} else if (value.type === "Identifier" || value.type === "JSXIdentifier") {
		const name = String(value.name);
		found.names.set(name, (found.names.get(name) ?? 0) + 1);
	}
	if (asArray(value.arguments).some(isSpread)) found.spreads.push(value);
	for (const child of Object.values(value)) walk(child, found);
}

function noteCall(
	node: Node,
	calls: { method: string; argument: string }[],
): void {
	const { callee } = node;
	if (!isNode(callee) || !isNode(callee.property)) return;
	const method = callee.property.name;
	const first = Array.isArray(node.arguments) ? node.arguments[0] : undefined;
	for (const argument of isNode(first) && first.type === "ArrayExpression"
		? asArray(first.elements)
		: [first]) {
		if (!isNode(argument) || typeof argument.value !== "string") continue;
		if (typeof method === "string") {
			calls.push({ method, argument: argument.value });
		}
	}
}

function isSpread(argument: unknown): boolean {
	return isNode(argument) && argument.type === "SpreadElement";
}

function quasiText(quasi: unknown): string {
	if (!isNode(quasi) || !isNode(quasi.value)) return "";
	const { cooked } = quasi.value;
	return typeof cooked === "string" ? cooked : "";
}

function asArray(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function isNode(value: unknown): value is Node {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
