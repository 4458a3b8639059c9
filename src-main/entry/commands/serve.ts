import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import packageFacts from "../../../package.json" with { type: "json" };
import { dataDirectory } from "../data-directory.ts";
import type { EngineReady } from "../engine-protocol.ts";
import { EngineThread } from "../engine-thread.ts";
import { CommandFailure, usageFailure } from "./failure.ts";
import {
	type CommonOptions,
	notNegative,
	portNumber,
	withCommonOptions,
} from "./options.ts";
import { printJson, printLine } from "./output.ts";

interface ServeOptions extends CommonOptions {
	readonly port: number;
	readonly copilotPort: number;
	readonly eventsPort: number;
	readonly host: string;
	readonly rateLimitScale: number;
	readonly insecureBind?: true;
	readonly serviceDocs?: true | readonly number[];
}

const defaultServiceDocs: readonly number[] = [8501, 8502, 8503, 8504];

export function serveCommand(): Command {
	const command = new Command("serve")
		.description("run the engine and serve its APIs and the war room")
		.option("--port <number>", "main listener", portNumber, 8000)
		.option("--copilot-port <number>", "copilot listener", portNumber, 8580)
		.option("--events-port <number>", "event socket", portNumber, 8505)
		.option("--host <address>", "address to listen on", "127.0.0.1")
		.option(
			"--insecure-bind",
			"let --host be reachable from other machines, without TLS",
		)
		.option(
			"--rate-limit-scale <number>",
			"multiply every request limit; 0 turns them off",
			notNegative,
			1,
		)
		.option(
			"--service-docs [ports]",
			"documentation pages of the SRE Copilot's four parts, on 8501,8502,8503,8504 or the ports given",
			fourPorts,
		);
	return withCommonOptions(command).action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
	checkListeners(options);
	const folder = dataDirectory(options.dataDir);
	const thread = new EngineThread();
	const stop = stopOnSignals(thread);
	try {
		const ready = await thread.start({
			engine: { dataDirectory: folder, version: packageFacts.version },
			listeners: {
				host: options.host,
				port: options.port,
				copilotPort: options.copilotPort,
				eventsPort: options.eventsPort,
				rateLimitScale: options.rateLimitScale,
				uiDirectory: rendererFolder(),
				insecureBind: options.insecureBind ?? false,
				serviceDocsPorts: serviceDocsPorts(options),
			},
		});
		if (options.json) printJson(readyLine(ready));
		else printWelcome(ready, folder);
		await thread.ended;
	} finally {
		stop();
	}
}

function readyLine(ready: EngineReady) {
	const { api, copilot, events, ui, serviceDocs = [] } = ready;
	return {
		event: "ready",
		api,
		copilot,
		events,
		ui,
		...(serviceDocs.length === 0 ? {} : { serviceDocs }),
	};
}

function printWelcome(ready: EngineReady, folder: string): void {
	printLine("Tocsin is running. Open the war room:");
	printLine(`  ${ready.ui}`);
	printLine(
		"  (signs in once; for more people: npm run tocsin -- user add --help)",
	);
	printLine();
	printLine(`API      ${ready.api}`);
	printLine(`Copilot  ${ready.copilot}`);
	printLine(`Events   ${ready.events}`);
	for (const page of ready.serviceDocs ?? []) printLine(`Docs     ${page}`);
	printLine(`Data     ${folder}`);
	printLine("Press Ctrl-C to stop.");
}

/**
 * Lets accepted work finish, once: a process group and npm each pass a signal on, so that
 * one Ctrl-C can come as several. The thread keeps the time limit.
 */
function stopOnSignals(thread: EngineThread): () => void {
	let asked = false;
	const stop = () => {
		if (asked) return;
		asked = true;
		thread.stop();
	};
	process.on("SIGTERM", stop).on("SIGINT", stop).on("SIGHUP", stop);
	return () => {
		process.off("SIGTERM", stop).off("SIGINT", stop).off("SIGHUP", stop);
	};
}

function checkListeners(options: ServeOptions): void {
	const ports = [
		options.port,
		options.copilotPort,
		options.eventsPort,
		...serviceDocsPorts(options),
	].filter((port) => port !== 0);
	if (new Set(ports).size < ports.length) {
		throw usageFailure(
			"--port, --copilot-port, --events-port and the ports of --service-docs must differ from each other.",
		);
	}
	if (!isLoopback(options.host) && !options.insecureBind) {
		throw new CommandFailure(
			"HOST_NOT_LOCAL",
			`--host ${options.host} can be reached from other machines, without encryption. Add --insecure-bind if that is meant.`,
		);
	}
}

function serviceDocsPorts({ serviceDocs }: ServeOptions): readonly number[] {
	return serviceDocs === true ? defaultServiceDocs : (serviceDocs ?? []);
}

function fourPorts(text: string): readonly number[] {
	const ports = text.split(",").map((port) => portNumber(port));
	if (ports.length === defaultServiceDocs.length) return ports;
	throw new InvalidArgumentError(
		"Give four ports, such as 8501,8502,8503,8504.",
	);
}

function isLoopback(host: string): boolean {
	if (host === "localhost" || host === "::1") return true;
	return isIP(host) === 4 && host.startsWith("127.");
}

/** The built pages: beside the built command line, or in `out/` when run from source. */
function rendererFolder(): string | null {
	const places = ["../renderer", "../../../out/renderer"].map((path) =>
		join(import.meta.dirname, path),
	);
	return places.find((path) => existsSync(join(path, "index.html"))) ?? null;
}
