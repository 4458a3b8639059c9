import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { checkout, suitableNode } from "./checkout.mjs";

const sources = [
	"electron.vite.config.ts",
	"package-lock.json",
	"src-main",
	"src-renderer",
	"src-shared",
	"resources/tsconfig.base.json",
];
const stampFile = join(checkout, "out", ".build-stamp");
const lockFile = join(checkout, "node_modules", ".cache", "tocsin-build.lock");
const longestBuild = 5 * 60_000;

/**
 * Builds `out/` unless it was built from these very sources. What the build says goes to
 * stderr, and only when it fails. Two that start at once build once. Throws on failure.
 */
export async function buildWhenStale() {
	if (isFresh()) return;
	const release = await takeLock();
	try {
		const stamp = sourceStamp();
		if (isFresh(stamp)) return;
		if (process.stderr.isTTY) process.stderr.write("Building Tocsin ...\n");
		rmSync(stampFile, { force: true });
		await build();
		writeFileSync(stampFile, stamp);
	} finally {
		release();
	}
}

function isFresh(stamp = sourceStamp()) {
	return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** SHA-256 over the names and contents of all sources: clones and checkouts change times, not contents. */
function sourceStamp() {
	const hash = createHash("sha256");
	for (const source of sources) {
		const entries = source.includes(".")
			? [source]
			: readdirSync(join(checkout, source), {
					recursive: true,
					withFileTypes: true,
				})
					.filter((entry) => entry.isFile())
					.map((entry) => join(entry.parentPath, entry.name))
					.map((path) => path.slice(checkout.length + 1))
					.sort();
		for (const path of entries) {
			const content = readFileSync(join(checkout, path));
			hash.update(`${path}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest("hex");
}

async function build() {
	const child = spawn(
		suitableNode() ?? process.execPath,
		[
			join(checkout, "node_modules/electron-vite/bin/electron-vite.js"),
			"build",
		],
		{ cwd: checkout, stdio: ["ignore", "pipe", "pipe"] },
	);
	const said = [];
	child.stdout.on("data", (chunk) => said.push(chunk));
	child.stderr.on("data", (chunk) => said.push(chunk));
	const code = await new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", resolve);
	});
	if (code === 0) return;
	process.stderr.write(Buffer.concat(said));
	throw new Error("The build failed; its output is above.");
}

/** Waits for another build to end. The lock of a process that died is taken over. */
async function takeLock() {
	mkdirSync(join(lockFile, ".."), { recursive: true });
	const deadline = Date.now() + longestBuild;
	for (;;) {
		try {
			writeFileSync(lockFile, String(process.pid), { flag: "wx" });
			return () => rmSync(lockFile, { force: true });
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
		}
		if (isAbandoned()) {
			rmSync(lockFile, { force: true });
		} else if (Date.now() > deadline) {
			throw new Error(
				`Another build has held ${lockFile} for five minutes. End it, or delete the file.`,
			);
		} else {
			await wait(100);
		}
	}
}

function isAbandoned() {
	let pid;
	try {
		pid = Number(readFileSync(lockFile, "utf8"));
	} catch {
		return false;
	}
	// Created, but its owner's number is not written yet.
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return error.code === "ESRCH";
	}
}
