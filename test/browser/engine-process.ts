import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { WebSocket } from "ws";
import type { Contract } from "../../src-shared/contract/index.ts";

const cli = resolve(import.meta.dirname, "../../out/main/cli.js");
const run = promisify(execFile);

export type EngineClient = ContractRouterClient<Contract>;

interface Addresses {
	readonly api: string;
	readonly copilot: string;
	readonly events: string;
	/** Signs in once. */
	readonly ui: string;
	/** Where `--service-docs` was given. */
	readonly serviceDocs?: readonly string[];
}

/** A real engine, as `tocsin serve` starts it, on a data folder of its own. */
export interface RunningEngine extends Addresses {
	readonly dataDirectory: string;
	/** Runs `tocsin <parameters> --json` on the same data folder and answers what it printed. */
	tocsin(...parameters: string[]): Promise<unknown>;
	/** The contract, spoken as the local owner: what another window would do. */
	client(): Promise<EngineClient>;
	/** Posts JSON to API C with a key of its own; throws on anything but 2xx. */
	post(path: string, body: unknown): Promise<unknown>;
	/** Kills the engine without warning, as a crash would; the data folder stays. */
	kill(): Promise<void>;
	/** Starts the engine again on its data folder and its ports. */
	restart(): Promise<void>;
}

export type StoppableEngine = RunningEngine & { stop(): Promise<void> };

/** Starts `tocsin serve` on free ports and waits for its ready line. `template` is a data folder to copy; `flags` are given besides. */
export async function startEngine(
	template: string | null = null,
	flags: readonly string[] = [],
): Promise<StoppableEngine> {
	const dataDirectory = await mkdtemp(join(tmpdir(), "tocsin-browser-"));
	if (template !== null) {
		await cp(template, dataDirectory, { recursive: true });
	}
	let { child, addresses } = await serve(dataDirectory, ["0", "0", "0"], flags);
	const ports = [addresses.api, addresses.copilot, addresses.events].map(
		(address) => new URL(address).port,
	);
	let socket: WebSocket | null = null;
	let key: string | null = null;

	const tocsin = async (...parameters: string[]) => {
		const { stdout } = await run(process.execPath, [
			cli,
			...parameters,
			"--json",
			`--data-dir=${dataDirectory}`,
		]);
		return JSON.parse(stdout);
	};
	async function client(): Promise<EngineClient> {
		if (socket?.readyState !== WebSocket.OPEN) {
			socket = await openSocket(dataDirectory, addresses.api);
		}
		return createORPCClient(new RPCLink({ websocket: socket as never }));
	}
	return {
		...addresses,
		dataDirectory,
		tocsin,
		client,
		post: async (path, body) => {
			key ??= (await (await client()).keys.create({ name: "browser tests" }))
				.key;
			const response = await fetch(new URL(path, addresses.api), {
				method: "POST",
				headers: { "content-type": "application/json", "x-api-key": key },
				body: JSON.stringify(body),
			});
			const text = await response.text();
			if (!response.ok) throw new Error(`${response.status}: ${text}`);
			return JSON.parse(text);
		},
		kill: () => end(child, "SIGKILL"),
		restart: async () => {
			({ child, addresses } = await serve(dataDirectory, ports, flags));
		},
		stop: async () => {
			socket?.close();
			await end(child, "SIGTERM");
			await rm(dataDirectory, { recursive: true, force: true });
		},
	};
}

/** Makes a data folder that holds the demo, for `startEngine` to copy. */
export async function makeDemoFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "tocsin-demo-"));
	await run(process.execPath, [cli, "demo", "--json", `--data-dir=${folder}`]);
	return folder;
}

async function serve(
	dataDirectory: string,
	[api, copilot, events]: readonly string[],
	flags: readonly string[],
): Promise<{ child: ChildProcess; addresses: Addresses }> {
	const child = spawn(
		process.execPath,
		[
			cli,
			"serve",
			"--json",
			`--data-dir=${dataDirectory}`,
			`--port=${api}`,
			`--copilot-port=${copilot}`,
			`--events-port=${events}`,
			"--rate-limit-scale=0",
			...flags,
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	return { child, addresses: await readyLine(child) };
}

function readyLine(child: ChildProcess): Promise<Addresses> {
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", (code) =>
			reject(new Error(`tocsin serve ended with ${code}`)),
		);
		if (child.stdout === null) throw new Error("The engine has no stdout");
		createInterface(child.stdout).once("line", (line) =>
			resolve(JSON.parse(line)),
		);
	});
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((done) => child.once("exit", done));
	child.kill(signal);
	await ended;
}

async function openSocket(
	dataDirectory: string,
	api: string,
): Promise<WebSocket> {
	const { token } = JSON.parse(
		await readFile(join(dataDirectory, "engine.json"), "utf8"),
	);
	const socket = new WebSocket(new URL("/rpc", api.replace(/^http/, "ws")), {
		headers: { authorization: `Bearer ${token}` },
	});
	await new Promise<void>((open, reject) => {
		socket.once("open", open);
		socket.once("error", reject);
	});
	socket.on("error", () => {});
	return socket;
}
