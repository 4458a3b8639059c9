import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	statSync,
	writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { EngineError } from "../errors.ts";

const keyList = z.array(
	z.object({
		id: z.string().regex(/^[\w-]{1,64}$/),
		key: z.string().regex(/^[\w-]{43}$/),
		createdAt: z.number().int(),
	}),
);
export type KeyList = z.infer<typeof keyList>;

/**
 * The keys of a file, none when it is absent. Throws FORBIDDEN for a file that others
 * can read and UNREADABLE for a damaged one, each saying what to do.
 */
export function readKeyFile(path: string): KeyList {
	if (!existsSync(path)) return [];
	// Windows keeps permissions elsewhere; its mode bits say nothing.
	if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
		throw new EngineError(
			"FORBIDDEN",
			`${path} can be read by others; make it private with: chmod 600 '${path}'`,
		);
	}
	try {
		return keyList.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch (error) {
		throw new EngineError(
			"UNREADABLE",
			`${path} is damaged. Bring it back from a backup, or remove it and enter the secrets of webhooks and integrations again.`,
			{},
			{ cause: error },
		);
	}
}

/** Replaces the file in one step, on the disk when this returns. */
export function writeKeyFile(path: string, keys: KeyList): void {
	const partial = `${path}.partial`;
	const file = openSync(partial, "w", 0o600);
	try {
		writeSync(file, `${JSON.stringify(keys)}\n`);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameSync(partial, path);
	// What is sealed next must not outlive its key; Windows cannot open a folder for this.
	if (process.platform === "win32") return;
	const folder = openSync(dirname(path), "r");
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
