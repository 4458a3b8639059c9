import { readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";

export const checkout = resolve(import.meta.dirname, "../..");

/** The folders that a copy needs for its tests to run. */
export const copied = [
	"src-main",
	"src-renderer",
	"src-shared",
	"test",
	"resources",
	"package.json",
	"package-lock.json",
	"tsconfig.json",
	"electron.vite.config.ts",
] as const;

const sources = ["src-main", "src-renderer", "src-shared", "test"];
let listed: readonly string[] | null = null;

/** The one file whose path ends so, from the checkout on. Throws where there is none, or several. */
export function findFile(end: string): string {
	listed ??= sources.flatMap((folder) =>
		readdirSync(join(checkout, folder), { recursive: true })
			.map((path) => join(folder, String(path)).split(sep).join("/"))
			.filter((path) => /\.(ts|tsx)$/.test(path)),
	);
	const found = listed.filter((path) => `/${path}`.endsWith(`/${end}`));
	const [only] = found;
	if (only === undefined || found.length > 1) {
		throw new Error(
			`${end} is ${only === undefined ? "no file; was it renamed?" : `one of ${found.join(", ")}`}`,
		);
	}
	return only;
}

/** How often a text stands in another. */
export function timesIn(text: string, part: string): number {
	return text.split(part).length - 1;
}
