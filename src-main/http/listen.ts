import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { decorateCredentials } from "./credentials.ts";
import { installDoor } from "./door.ts";
import { type AllowedHosts, allowedHosts } from "./guard/allowed-hosts.ts";
import {
	createGuardedServer,
	type Gate,
	type UpgradeHandler,
} from "./guard/guarded-server.ts";
import { setCommonHeaders } from "./guard/page-headers.ts";
import { limitSlowBodies } from "./guard/slow-bodies.ts";
import { unrouted } from "./guard/unrouted.ts";
import { type ApiName, type RouteRow, RouteTable } from "./openapi/index.ts";

const drainMillis = 3_500;
const sweepMillis = 50;

/** One row of the table of listeners. */
export interface ListenerPlan {
	/** The command line's flag for the port. */
	readonly flag:
		| "--port"
		| "--copilot-port"
		| "--events-port"
		| "--service-docs";
	readonly port: number;
	/** Whose routes are those that name no API. */
	readonly api: ApiName;
	/** By path. */
	readonly upgrades: ReadonlyMap<string, UpgradeHandler>;
	readonly routes: (app: FastifyInstance) => void | Promise<void>;
}

/** A port or an address that cannot be had. `code` is the system's own, such as EADDRINUSE. */
export class ListenError extends Error {
	readonly code: string;
	readonly flag: string;
	readonly port: number;

	constructor(plan: ListenerPlan, cause: Error & { code?: unknown }) {
		const code = String(cause.code ?? "UNKNOWN");
		super(
			code === "EADDRINUSE"
				? `${plan.flag} ${plan.port} is taken by another program.`
				: `${plan.flag} ${plan.port} cannot be listened on: ${cause.message}`,
			{ cause },
		);
		this.name = "ListenError";
		this.code = code;
		this.flag = plan.flag;
		this.port = plan.port;
	}
}

/** A bound listener. It answers 503 until it is opened, so that nothing is served half-way. */
export interface BoundListener {
	readonly port: number;
	readonly routes: readonly RouteRow[];
	open(): void;
	/** Takes no more connections, finishes what was accepted, and cuts what has not ended after 3.5 s. */
	close(): Promise<void>;
}

export async function bindListener(
	plan: ListenerPlan,
	host: string,
): Promise<BoundListener> {
	const gate: Gate = { allowed: null };
	const app = Fastify({
		serverFactory: (handler) =>
			createGuardedServer(handler, gate, plan.upgrades),
		forceCloseConnections: "idle",
		bodyLimit: 1024 * 1024,
		exposeHeadRoutes: false,
		// Ids and names have up to 200 characters, each up to 12 when percent-encoded.
		routerOptions: { maxParamLength: 2_400 },
		...unrouted,
	});
	const table = new RouteTable(app, plan.api);
	app.decorate("routeTable", table);
	decorateCredentials(app);
	installDoor(app, table);
	setCommonHeaders(app);
	limitSlowBodies(app);
	await plan.routes(app);
	try {
		await app.listen({ host: boundHost(host), port: plan.port });
	} catch (error) {
		await app.close();
		if (error instanceof Error) throw new ListenError(plan, error);
		throw error;
	}
	const port = portOf(app);
	const allowed: AllowedHosts = allowedHosts(host, port);
	return {
		port,
		routes: table.rows,
		open: () => {
			gate.allowed = allowed;
		},
		close: () => closeWithin(app, drainMillis),
	};
}

/** `localhost` alone may mean either of two addresses; the one that every client tries is taken. */
export function boundHost(host: string): string {
	return host === "localhost" ? "127.0.0.1" : host;
}

async function closeWithin(
	app: FastifyInstance,
	millis: number,
): Promise<void> {
	const deadline = setTimeout(() => app.server.closeAllConnections(), millis);
	// Closing ends the connections that are idle now; those that answer first are idle later.
	const sweep = setInterval(
		() => app.server.closeIdleConnections(),
		sweepMillis,
	);
	try {
		await app.close();
	} finally {
		clearInterval(sweep);
		clearTimeout(deadline);
	}
}

function portOf(app: FastifyInstance): number {
	const address: AddressInfo | string | null = app.server.address();
	if (address === null || typeof address === "string") {
		throw new Error("A bound listener has a port");
	}
	return address.port;
}
