import { chmodSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Where the desktop and the command line keep their data: the flag, else
 * `TOCSIN_DATA_DIR`, else the platform's usual per-user application folder.
 *
 * | platform | folder |
 * |---|---|
 * | Linux | `$XDG_DATA_HOME/tocsin`, else `~/.local/share/tocsin` |
 * | macOS | `~/Library/Application Support/Tocsin` |
 * | Windows | `%LOCALAPPDATA%\Tocsin` |
 */
export function dataDirectory(
	flag?: string,
	surroundings: {
		platform: NodeJS.Platform;
		env: NodeJS.ProcessEnv;
		home: string;
	} = { platform: process.platform, env: process.env, home: homedir() },
): string {
	const { platform, env, home } = surroundings;
	const chosen = flag ?? env.TOCSIN_DATA_DIR;
	if (chosen) return resolve(chosen);
	if (platform === "darwin") {
		return join(home, "Library", "Application Support", "Tocsin");
	}
	if (platform === "win32") {
		return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Tocsin");
	}
	return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "tocsin");
}

/** Makes the folder, for its owner alone; one that was there before is closed to others too. */
export function prepareDataDirectory(path: string): void {
	const made = mkdirSync(path, { recursive: true, mode: 0o700 });
	if (made === undefined && process.platform !== "win32") {
		chmodSync(path, 0o700);
	}
}
