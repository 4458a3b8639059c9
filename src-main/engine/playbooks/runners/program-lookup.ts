import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

export type ProgramLookup =
	| { readonly path: string; readonly fault: null }
	| { readonly path: null; readonly fault: string };

/** Of PATH, the folders that a message names. */
const foldersNamed = 3;

/** Windows runs scripts by way of its shell, so that only these can be started. */
const windowsEndings = ["", ".exe", ".com"];

/**
 * Finds the file that a command would run: an absolute path as it is, a bare name on PATH.
 * Starts nothing. A relative folder on PATH is passed over: what it means depends on where
 * the program is started.
 */
export function findProgram(
	program: string,
	path: string = process.env.PATH ?? "",
): ProgramLookup {
	if (isAbsolute(program)) {
		return isRunnable(program)
			? { path: program, fault: null }
			: {
					path: null,
					fault: `${program} is not there or may not be executed; install it or name its place in the playbook.`,
				};
	}
	const absolute = path.split(delimiter).filter((folder) => isAbsolute(folder));
	const folders = [...new Set(absolute.map((folder) => resolve(folder)))];
	for (const folder of folders) {
		for (const ending of process.platform === "win32" ? windowsEndings : [""]) {
			const candidate = join(folder, `${program}${ending}`);
			if (isRunnable(candidate)) return { path: candidate, fault: null };
		}
	}
	return {
		path: null,
		fault: `${program} is not installed or not on PATH (${lookedIn(folders)}); install it or name its absolute path in the playbook.`,
	};
}

function lookedIn(folders: readonly string[]): string {
	if (folders.length === 0) return "PATH names no folder";
	const named = folders.slice(0, foldersNamed).join(", ");
	const more = folders.length - foldersNamed;
	return more > 0
		? `looked in ${named} and ${more} more folder${more === 1 ? "" : "s"}`
		: `looked in ${named}`;
}

function isRunnable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
