import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { checkout, suitableNode } from "./checkout.mjs";

const packageFolder = join(checkout, "node_modules", "electron");
const reachTimeout = 3_000;
const fetchTimeout = 5 * 60_000;

/** The path of Electron's executable; null when its runtime is not there. */
export function electronPath() {
	try {
		const name = readFileSync(join(packageFolder, "path.txt"), "utf8").trim();
		const path = join(packageFolder, "dist", name);
		return existsSync(path) ? path : null;
	} catch {
		return null;
	}
}

/** Why a window cannot be opened here; null when it can. */
export function displayFault(env = process.env, platform = process.platform) {
	if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
		return "there is no display";
	}
	if (platform === "linux" && process.getuid?.() === 0) {
		return "Electron's sandbox does not run as root";
	}
	return null;
}

/** Downloads Electron's runtime once, with its own installer. True when it is there afterwards. */
export async function fetchElectron() {
	if (!(await isReachable())) return false;
	process.stderr.write("Fetching the desktop runtime (about 120 MB) ...\n");
	const child = spawn(
		suitableNode() ?? process.execPath,
		[join(packageFolder, "install.js")],
		{
			stdio: ["ignore", "ignore", "ignore"],
			timeout: fetchTimeout,
		},
	);
	await new Promise((resolve) => {
		child.on("error", resolve);
		child.on("exit", resolve);
	});
	return electronPath() !== null;
}

/** A mirror or a proxy is somebody's decision: then only the installer can tell. */
function isReachable(env = process.env) {
	const routed = [
		"ELECTRON_MIRROR",
		"npm_config_electron_mirror",
		"HTTPS_PROXY",
		"https_proxy",
	];
	if (routed.some((name) => env[name])) return Promise.resolve(true);
	return new Promise((resolve) => {
		const socket = connect({ host: "github.com", port: 443 });
		const answer = (reachable) => {
			socket.destroy();
			resolve(reachable);
		};
		socket.setTimeout(reachTimeout, () => answer(false));
		socket.on("connect", () => answer(true));
		socket.on("error", () => answer(false));
	});
}
