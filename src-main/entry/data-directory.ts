import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * The folder that headless and desktop share: `--data-dir`, else `TOCSIN_DATA_DIR`, else the
 * platform's per-user application folder. Always absolute; need not exist yet.
 *
 * | platform | default |
 * |---|---|
 * | macOS | `~/Library/Application Support/Tocsin` |
 * | Windows | `%LOCALAPPDATA%\Tocsin` (never the roaming profile: databases do not roam) |
 * | others | `$XDG_DATA_HOME/tocsin`, by default `~/.local/share/tocsin` |
 */
export function dataDirectory(
	chosen: string | undefined,
	environment: Readonly<Record<string, string | undefined>> = process.env,
	platform: NodeJS.Platform = process.platform,
	home: string = homedir(),
): string {
	const named = chosen || environment.TOCSIN_DATA_DIR;
	if (named) return resolve(named);
	switch (platform) {
		case "darwin":
			return join(home, "Library", "Application Support", "Tocsin");
		case "win32":
			return join(
				environment.LOCALAPPDATA || join(home, "AppData", "Local"),
				"Tocsin",
			);
		default: {
			const base = environment.XDG_DATA_HOME;
			// The XDG specification: a relative path is invalid and must be ignored.
			return base?.startsWith("/")
				? join(base, "tocsin")
				: join(home, ".local", "share", "tocsin");
		}
	}
}
