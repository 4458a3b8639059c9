import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder of package.json. */
export const checkout = resolve(import.meta.dirname, "../..");

const nodeNeeded = 24;

/**
 * The Node to run the project with: this one when it is new enough, else the one that
 * `npm ci` puts into the checkout. Null when there is neither.
 */
export function suitableNode() {
	if (Number.parseInt(process.versions.node, 10) >= nodeNeeded) {
		return process.execPath;
	}
	const platform = process.platform === "win32" ? "win" : process.platform;
	const binary = process.platform === "win32" ? "node.exe" : "node";
	const bundled = join(
		checkout,
		"node_modules",
		`node-${platform}-${process.arch}`,
		"bin",
		binary,
	);
	return existsSync(bundled) ? bundled : null;
}

/** Why nothing can run, in one line; null when all is well. */
export function installFault() {
	if (!existsSync(join(checkout, "node_modules", "electron-vite"))) {
		return "The packages are not installed. Run: npm ci";
	}
	if (suitableNode() === null) {
		return `Tocsin needs Node ${nodeNeeded} or newer; this is ${process.versions.node}. Install it from https://nodejs.org, or run: npm ci`;
	}
	return null;
}
