import {
	accessSync,
	constants,
	existsSync,
	readFileSync,
	statfsSync,
	statSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { Command } from "commander";
import packageFacts from "../../../package.json" with { type: "json" };
import { dataDirectory } from "../data-directory.ts";
import { exitCodes } from "./failure.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine, table } from "./output.ts";

type Verdict = "ok" | "note" | "fault";

interface Finding {
	readonly name: string;
	readonly verdict: Verdict;
	readonly text: string;
}

const smallDisk = 1024 ** 3;
const defaultPorts = {
	"--port": 8000,
	"--copilot-port": 8580,
	"--events-port": 8505,
};

export function doctorCommand(): Command {
	const command = new Command("doctor").description(
		"check what Tocsin needs on this machine",
	);
	return withCommonOptions(command).action(examine);
}

async function examine(options: CommonOptions): Promise<void> {
	const folder = dataDirectory(options.dataDir);
	const findings = [
		nodeFinding(),
		await sqliteFinding(),
		folderFinding(folder),
		diskFinding(folder),
		await holderFinding(folder),
		electronFinding(),
		...(await Promise.all(Object.entries(defaultPorts).map(portFinding))),
	];
	if (options.json) printJson({ version: packageFacts.version, findings });
	else {
		printLine(`Tocsin ${packageFacts.version}`);
		printLine(
			table(
				["", "what", "finding"],
				findings.map(({ name, verdict, text }) => [verdict, name, text]),
			),
		);
	}
	if (findings.some(({ verdict }) => verdict === "fault")) {
		process.exitCode = exitCodes.failed;
	}
}

function nodeFinding(): Finding {
	const fits = Number.parseInt(process.versions.node, 10) >= 24;
	return {
		name: "node",
		verdict: fits ? "ok" : "fault",
		text: fits
			? process.versions.node
			: `${process.versions.node}; 24 or newer is needed`,
	};
}

async function sqliteFinding(): Promise<Finding> {
	try {
		const { openForWriting } = await import("../../engine/store/index.ts");
		const connection = openForWriting(":memory:");
		const version = connection.prepare("SELECT sqlite_version()").pluck().get();
		connection.close();
		return { name: "sqlite", verdict: "ok", text: String(version) };
	} catch (error) {
		return { name: "sqlite", verdict: "fault", text: messageOf(error) };
	}
}

function folderFinding(folder: string): Finding {
	const name = "data folder";
	if (!existsSync(folder)) {
		return { name, verdict: "ok", text: `${folder} (made at the first start)` };
	}
	try {
		accessSync(folder, constants.R_OK | constants.W_OK);
	} catch {
		return {
			name,
			verdict: "fault",
			text: `${folder} cannot be written by this user`,
		};
	}
	const isOpen =
		process.platform !== "win32" && (statSync(folder).mode & 0o077) !== 0;
	return isOpen
		? {
				name,
				verdict: "note",
				text: `${folder} can be read by others; close it with chmod 700`,
			}
		: { name, verdict: "ok", text: folder };
}

function diskFinding(folder: string): Finding {
	let place = folder;
	while (!existsSync(place)) place = dirname(place);
	const { bavail, bsize } = statfsSync(place);
	const free = bavail * bsize;
	const text = `${(free / 1024 ** 3).toFixed(1)} GB free`;
	return { name: "disk", verdict: free < smallDisk ? "note" : "ok", text };
}

async function holderFinding(folder: string): Promise<Finding> {
	const name = "engine";
	if (!existsSync(folder)) return { name, verdict: "ok", text: "not running" };
	try {
		const { lockHolder } = await import("../data-folder/engine-lock.ts");
		const holder = lockHolder(folder);
		const text =
			holder === null
				? "not running"
				: `running, process ${holder.pid ?? "unknown"}`;
		return { name, verdict: "ok", text };
	} catch (error) {
		return { name, verdict: "fault", text: messageOf(error) };
	}
}

/** The desktop's runtime, where the project runs from a checkout. */
function electronFinding(): Finding {
	const name = "desktop runtime";
	const places = ["../..", "../../.."].map((path) =>
		join(import.meta.dirname, path, "node_modules/electron"),
	);
	const found = places.find((place) => existsSync(place));
	if (found === undefined) {
		return { name, verdict: "note", text: "Electron is not installed" };
	}
	try {
		const binary = readFileSync(join(found, "path.txt"), "utf8").trim();
		statSync(join(found, "dist", binary));
		return { name, verdict: "ok", text: "Electron is there" };
	} catch {
		return {
			name,
			verdict: "note",
			text: "missing; npm start serves to the browser (npx install-electron)",
		};
	}
}

async function portFinding([flag, port]: [string, number]): Promise<Finding> {
	const server = createServer();
	const free = await new Promise<boolean>((resolve) => {
		server.once("error", () => resolve(false));
		server.listen({ port, host: "127.0.0.1" }, () => resolve(true));
	});
	server.close();
	return {
		name: `port ${port}`,
		verdict: free ? "ok" : "note",
		text: free ? "free" : `taken; choose another with ${flag}`,
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
