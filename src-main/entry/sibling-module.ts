import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The address of another entry: beside this file as source when run from source, and
 * beside the built file otherwise, where every chunk lies in one flat folder.
 */
export function siblingModule(name: "engine-worker" | "compute-worker"): URL {
	const extension = extname(import.meta.filename);
	return pathToFileURL(join(import.meta.dirname, `${name}${extension}`));
}
