import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { connectionsFileName } from "./connections/connections.ts";
import { messageOf } from "./resolution/resolving.ts";

const mostFiles = 500;
const mostBytes = 262_144;

export interface PlaybookFile {
	readonly path: string;
	readonly text: string;
}

export interface FileFault {
	readonly file: string;
	readonly line: number | null;
	readonly message: string;
}

/** The YAML files of a folder, by name. A folder that is not there holds none. */
export function readFolder(folder: string): {
	readonly files: readonly PlaybookFile[];
	readonly faults: readonly FileFault[];
} {
	let names: string[];
	try {
		names = readdirSync(folder)
			.filter((name) => /\.ya?ml$/.test(name) && name !== connectionsFileName)
			.sort();
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") {
			return { files: [], faults: [] };
		}
		return {
			files: [],
			faults: [{ file: folder, line: null, message: messageOf(error) }],
		};
	}
	const files: PlaybookFile[] = [];
	const faults: FileFault[] = [];
	if (names.length > mostFiles) {
		faults.push({
			file: folder,
			line: null,
			message: `holds ${names.length} playbooks; the first ${mostFiles} are read.`,
		});
	}
	for (const name of names.slice(0, mostFiles)) {
		const path = join(folder, name);
		const read = readPlaybookFile(path);
		if ("fault" in read) faults.push(read.fault);
		else files.push(read.file);
	}
	return { files, faults };
}

/** One file within the limit of 256 KiB. */
export function readPlaybookFile(
	path: string,
): { readonly file: PlaybookFile } | { readonly fault: FileFault } {
	const refused = (message: string) => ({
		fault: { file: path, line: null, message },
	});
	try {
		const facts = statSync(path);
		if (!facts.isFile()) return refused("is no file.");
		if (facts.size > mostBytes) {
			return refused("is over 256 KiB, too long for a playbook.");
		}
		const bytes = readFileSync(path);
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		return { file: { path, text } };
	} catch (error) {
		return refused(
			error instanceof TypeError
				? "is not UTF-8 text."
				: `cannot be read: ${messageOf(error)}`,
		);
	}
}
