import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createEngine, type Engine } from "../../../src-main/engine/engine.ts";
import type { Log } from "../../../src-main/engine/ports.ts";
import {
	type Listeners,
	startListeners,
} from "../../../src-main/http/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { temporaryFolder, testPorts } from "../../engine/test-ports.ts";
import { seed } from "./seed.ts";
import { makeDryRun, makeExecution, writePlaybook } from "./seed-playbooks.ts";
import { marks, peopleOf, type Tenant } from "./tenant.ts";
import { type RowHashes, TenantRows } from "./tenant-rows.ts";

/** An engine behind its real listeners, with two tenants that know nothing of each other. */
export interface World {
	readonly engine: Engine;
	readonly listeners: Listeners;
	/** Whose things are asked for by the other. */
	readonly victim: Tenant;
	readonly stranger: Tenant;
	readonly rows: TenantRows;
	/** The address of a server that takes every webhook. */
	readonly receiver: string;
	/** Everything the stranger has asked for: a later answer may hold it, for they made it theirs. */
	readonly guessed: Set<string>;
	/** What was logged as an error: a request that broke something. */
	readonly broken: string[];
	close(): Promise<void>;
}

/** Opens a world on a folder of its own; closed when the test is over. */
export async function openWorld(): Promise<World> {
	const ports = testPorts(Date.UTC(2026, 1, 3, 18, 42, 12, 123));
	const broken: string[] = [];
	const silent = () => {};
	const log: Log = {
		debug: silent,
		info: silent,
		warn: silent,
		error: ({ error }, message) => {
			broken.push(`${message}: ${error instanceof Error ? error.stack : ""}`);
		},
	};
	const folder = temporaryFolder(onTestFinished);
	writePlaybook(folder);
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		{ ...ports, log },
	);
	// What is made in the background changes rows by itself; the calls make it on demand.
	engine.insight.pauseRefreshing();
	engine.monitoring.polling.pause();
	engine.schedule.pauseSealing();
	engine.correlation.close();
	const listeners = await startListeners(engine, {
		host: "127.0.0.1",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: 0,
		uiDirectory: null,
	});
	const rows = new TenantRows(folder);
	const server = createServer((request, response) => {
		request.resume();
		response.writeHead(204).end();
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const { port } = server.address() as AddressInfo;
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		rows.close();
		server.close();
		server.closeAllConnections();
		await listeners.close();
		await engine.close();
	};
	onTestFinished(close);
	const world: Omit<World, "victim" | "stranger"> = {
		engine,
		listeners,
		rows,
		receiver: `http://127.0.0.1:${port}`,
		guessed: new Set(),
		broken,
		close,
	};
	const victim = await openTenant(engine, marks.victim);
	const stranger = await openTenant(engine, marks.stranger);
	await seed(world, victim, { incidents: 12 });
	await seed(world, stranger, { incidents: 3 });
	for (const tenant of [victim, stranger]) {
		await makeDryRun(world, tenant, { careful: true });
		await makeExecution(world, tenant);
	}
	return { ...world, victim, stranger };
}

/**
 * Waits until nothing goes on in the background: no job of either tenant, no webhook that is
 * being sent, nothing that an ended job or delivery began. Rows must not change by themselves.
 */
export async function quiet(
	world: Pick<World, "engine" | "victim" | "stranger">,
): Promise<void> {
	const { engine, victim, stranger } = world;
	for (;;) {
		const running = [victim, stranger].flatMap(({ key }) =>
			engine.jobs
				.list(key)
				.filter(({ state }) => state === "running")
				.map(({ jobId }) => engine.jobs.finished(key, jobId)),
		);
		await Promise.all(running);
		await engine.webhooks.settle();
		// What follows from an end begins in a later turn of the event loop.
		await new Promise((turned) => setImmediate(turned));
		if (running.length === 0) return;
	}
}

/** What the victim's rows are, to compare. What the engine writes down in batches, it has written down then. */
export function rowsOf({ engine, rows, victim }: World): RowHashes {
	engine.identity.apiKeys.flush();
	return rows.hashes(victim);
}

async function openTenant(engine: Engine, mark: string): Promise<Tenant> {
	const { account } = await engine.identity.register(
		{
			email: `founder@${mark}.example`,
			password: "a password of some length",
			full_name: `${mark} founder`,
			tenant_name: `${mark} works`,
		},
		60,
	);
	const owner = must(
		engine.identity.principalOfUser(account.tenant, account.id),
		"just registered",
	);
	return await peopleOf(engine, owner.needs("owner"), mark);
}
