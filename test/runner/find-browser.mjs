import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const names = [
	"chromium",
	"chromium-browser",
	"google-chrome-stable",
	"google-chrome",
	"chrome",
	"microsoft-edge-stable",
	"microsoft-edge",
];

const macApplications = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const windowsPrograms = [
	"Google\\Chrome\\Application\\chrome.exe",
	"Microsoft\\Edge\\Application\\msedge.exe",
];

/** An installed Chromium, Chrome or Edge that runs, `TOCSIN_BROWSER` first; null without one. */
export function findBrowser() {
	return candidates().find((path) => existsSync(path) && runs(path)) ?? null;
}

/**
 * As `findBrowser`, and installs one where there is none: the system's package where this
 * user may install it, else Playwright's own download. Null when neither can be had.
 */
export function ensureBrowser() {
	const found = findBrowser();
	if (found !== null) return found;
	if (installPackage()) {
		const installed = findBrowser();
		if (installed !== null) return installed;
	}
	process.stderr.write("Fetching Playwright's Chromium ...\n");
	quietly(process.execPath, [
		join(import.meta.dirname, "../../node_modules/playwright-core/cli.js"),
		"install",
		"chromium",
	]);
	return findBrowser();
}

function candidates() {
	const named = process.env.TOCSIN_BROWSER ? [process.env.TOCSIN_BROWSER] : [];
	const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
	const onPath = names.flatMap((name) =>
		folders.map((folder) => join(folder, name)),
	);
	const programs = [
		process.env.PROGRAMFILES,
		process.env["PROGRAMFILES(X86)"],
		process.env.LOCALAPPDATA,
	]
		.filter(Boolean)
		.flatMap((folder) => windowsPrograms.map((path) => join(folder, path)));
	return [
		...named,
		...(process.platform === "win32" ? programs : onPath),
		...(process.platform === "darwin" ? macApplications : []),
		chromium.executablePath(),
	];
}

/** A package's stub can be there without its browser. On Windows `--version` opens a window. */
function runs(path) {
	if (process.platform === "win32") return true;
	return (
		spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 })
			.status === 0
	);
}

function installPackage() {
	const prefix = rootPrefix();
	if (process.platform !== "linux" || prefix === null) return false;
	process.stderr.write("Installing the system's Chromium ...\n");
	const aptGet = (...parameters) => {
		const [command, ...rest] = [...prefix, "apt-get", ...parameters];
		return quietly(command, rest);
	};
	const install = ["install", "-y", "--no-install-recommends", "chromium"];
	return aptGet(...install) || (aptGet("update") && aptGet(...install));
}

/** The words that make a command run as root without a question; null where that is not allowed. */
function rootPrefix() {
	if (!quietly("apt-get", ["--version"])) return null;
	if (process.getuid?.() === 0) return [];
	return quietly("sudo", ["-n", "true"]) ? ["sudo", "-n"] : null;
}

function quietly(command, parameters) {
	const { status } = spawnSync(command, parameters, {
		stdio: "ignore",
		timeout: 10 * 60_000,
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
	});
	return status === 0;
}
