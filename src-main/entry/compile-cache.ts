import nodeModule from "node:module";
import { join } from "node:path";

/**
 * Keeps compiled code between runs, which halves the time to start. Each thread asks for
 * itself, before it loads anything large. Does nothing in a packaged app.
 */
export function cacheCompiledCode(): void {
	// The built file and this source lie equally deep in the checkout.
	nodeModule.enableCompileCache?.(
		join(import.meta.dirname, "../../node_modules/.cache/compiled"),
	);
}
