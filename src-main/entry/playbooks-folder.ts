import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Where the playbooks that Tocsin ships lie: `resources/playbooks` of the checkout or of the
 * package, seen from the built files in `out/main` or from the source. Null when they are not there.
 */
export function playbooksFolder(): string | null {
	const folder = join(
		import.meta.dirname,
		"..",
		"..",
		"resources",
		"playbooks",
	);
	return existsSync(folder) ? folder : null;
}
