import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "../../../src-shared/contract/index.ts";
import { dataDirectory } from "../data-directory.ts";
import { DataFolderInUse } from "../data-folder/data-folder-in-use.ts";
import { type Discovery, readDiscovery } from "../data-folder/discovery.ts";
import { CommandFailure, exitCodes } from "./failure.ts";
import type { CommonOptions } from "./options.ts";

export type EngineClient = ContractRouterClient<Contract>;

/** An engine to talk to, wherever it runs. */
export interface EngineSession {
	readonly client: EngineClient;
	readonly dataDirectory: string;
	/** Fires at the first Ctrl-C or SIGTERM. */
	readonly signal: AbortSignal;
	close(): Promise<void>;
}

/** One Ctrl-C can come several times: a process group and npm each pass it on. */
const echoMillis = 1_000;

/** A starting engine says its address within this time. */
const discoveryMillis = 5_000;

/**
 * Runs `work` with the engine of the data folder: the one that is running there, over its
 * listener, else one started in this process without listeners. Both speak the contract,
 * so no command knows the difference.
 */
export async function withEngine<Result>(
	options: CommonOptions,
	work: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
	const abort = new AbortController();
	let askedAt = Number.POSITIVE_INFINITY;
	const interrupt = () => {
		const now = performance.now();
		if (now - askedAt > echoMillis) process.exit(exitCodes.interrupted);
		askedAt = Math.min(askedAt, now);
		abort.abort();
	};
	process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
	const session = await openSession(
		dataDirectory(options.dataDir),
		abort.signal,
	);
	try {
		return await work(session);
	} finally {
		await session.close();
		process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
	}
}

async function openSession(
	folder: string,
	signal: AbortSignal,
): Promise<EngineSession> {
	const { openLocalSession } = await import("./local-session.ts");
	try {
		return await openLocalSession(folder, signal);
	} catch (error) {
		if (!(error instanceof DataFolderInUse)) throw error;
		const { api, token } = await runningEngine(folder, error);
		const { openRemoteSession } = await import("./remote-session.ts");
		return await openRemoteSession(folder, api, token, signal);
	}
}

/** The address and the token of the engine that holds the folder; waits while it starts. */
async function runningEngine(
	folder: string,
	inUse: DataFolderInUse,
): Promise<{ api: string; token: string }> {
	const deadline = Date.now() + discoveryMillis;
	let found: Discovery | null = null;
	do {
		found = readDiscovery(folder);
		if (found?.api != null && found.token !== null) {
			return { api: found.api, token: found.token };
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	} while (Date.now() < deadline);
	throw new CommandFailure(inUse.code, inUse.message);
}
