import type { FastifyInstance } from "fastify";
import { must } from "../../src-shared/domain/must.ts";
import type { ListenerConfig } from "../engine/engine-config.ts";
import { EngineError } from "../engine/errors.ts";
import { apiV1 } from "./api-v1.ts";
import {
	copilotApi,
	eventsSocket,
	serviceDocs,
	serviceNames,
} from "./copilot/index.ts";
import { inAddress, isLoopback } from "./guard/allowed-hosts.ts";
import { intakeApi } from "./intake/index.ts";
import { interventionsApi } from "./interventions/index.ts";
import {
	type BoundListener,
	bindListener,
	boundHost,
	type ListenerPlan,
} from "./listen.ts";
import {
	collectRoutes,
	documentationPages,
	type OpenapiDocument,
	type RouteRow,
} from "./openapi/index.ts";
import { rpcSocket } from "./rpc/index.ts";
import { sentrymlApi } from "./sentryml/index.ts";
import type { ServedEngine } from "./served-engine.ts";
import { SocketWatch } from "./socket-watch.ts";
import { userInterface } from "./ui/index.ts";

/** Bound listeners: their addresses, a fresh sign-in address, and their end. */
export interface Listeners {
	readonly urls: {
		readonly api: string;
		readonly copilot: string;
		readonly events: string;
		readonly ui: string;
	};
	/** Documentation pages of API B's parts, in the order of their ports; mostly none. */
	readonly serviceDocs: readonly string[];
	/** Every route of every listener. */
	readonly routes: readonly RouteRow[];
	/** The war room's address with a one-time ticket, good for five minutes. */
	signInUrl(): string;
	/** Finishes what was accepted; within 4 s. */
	close(): Promise<void>;
}

/**
 * Binds every listener, then opens them together: when one cannot be had, the others are
 * given back and nothing was served. Throws a ListenError that names the flag, or
 * FORBIDDEN for an address that other machines reach, without `insecureBind`.
 */
export async function startListeners(
	engine: ServedEngine,
	config: ListenerConfig,
): Promise<Listeners> {
	if (!isLoopback(config.host) && config.insecureBind !== true) {
		throw new EngineError(
			"FORBIDDEN",
			`--host ${config.host} lets other machines in, unencrypted. Add --insecure-bind if that is meant.`,
		);
	}
	const watch = new SocketWatch();
	const bound: BoundListener[] = [];
	const close = async () => {
		await watch.close();
		await Promise.all(bound.map((listener) => listener.close()));
	};
	try {
		const copilotUrl = () =>
			`http://${inAddress(boundHost(config.host))}:${must(bound[1], "bound before").port}`;
		for (const plan of plans(engine, config, watch, copilotUrl)) {
			bound.push(await bindListener(plan, config.host));
		}
	} catch (error) {
		await close();
		throw error;
	}
	for (const listener of bound) listener.open();
	const [api, copilot, events, ...services] = bound.map(
		({ port }) => `${inAddress(boundHost(config.host))}:${port}`,
	);
	const urls = {
		api: `http://${api}`,
		copilot: `http://${copilot}`,
		events: `ws://${events}/ws`,
		ui: `http://${api}/`,
	};
	return {
		urls,
		serviceDocs: services.map((address) => `http://${address}/docs`),
		routes: bound.flatMap(({ routes }) => routes),
		signInUrl: () => `${urls.ui}?ticket=${engine.identity.issueTicket()}`,
		close,
	};
}

/** The table of listeners. */
function plans(
	engine: ServedEngine,
	config: ListenerConfig,
	watch: SocketWatch,
	copilotUrl: () => string,
): ListenerPlan[] {
	const { rateLimitScale, uiDirectory } = config;
	const parts = servicePlans(engine, config, copilotUrl);
	return [
		{
			flag: "--port",
			port: config.port,
			api: "ui",
			upgrades: new Map([["/rpc", rpcSocket(engine, watch)]]),
			routes: (app) => mainRoutes(app, { engine, rateLimitScale, uiDirectory }),
		},
		{
			flag: "--copilot-port",
			port: config.copilotPort,
			api: "copilot",
			upgrades: new Map(),
			routes: async (app) => {
				// Before the limits of that API, which senders of alerts must not meet.
				await app.register(intakeApi, { engine });
				await copilotApi(app, {
					engine,
					rateLimitScale,
					onDocument: parts.onDocument,
				});
			},
		},
		{
			flag: "--events-port",
			port: config.eventsPort,
			api: "copilot",
			upgrades: new Map([["/ws", eventsSocket(engine, watch)]]),
			routes: () => {},
		},
		...parts.plans,
	];
}

/** Pages of what API B's listener answers, which is bound before them. */
function servicePlans(
	{ log }: ServedEngine,
	{ serviceDocsPorts = [] }: ListenerConfig,
	copilotUrl: () => string,
) {
	let describe: ((origin: string) => OpenapiDocument) | undefined;
	const plans = serviceNames.slice(0, serviceDocsPorts.length).map(
		(name, index): ListenerPlan => ({
			flag: "--service-docs",
			port: serviceDocsPorts[index] ?? 0,
			api: "copilot",
			upgrades: new Map(),
			routes: (app) =>
				serviceDocs(app, {
					name,
					log,
					document: () => must(describe, "bound before")(copilotUrl()),
				}),
		}),
	);
	return {
		plans,
		onDocument: (document: (origin: string) => OpenapiDocument) => {
			describe = document;
		},
	};
}

/** The main listener's APIs, each under its own prefix. A new one is one line here. */
async function mainRoutes(
	app: FastifyInstance,
	options: {
		engine: ServedEngine;
		rateLimitScale: number;
		uiDirectory: string | null;
	},
): Promise<void> {
	await app.register(intakeApi, options);
	const document = await collectRoutes(app);
	await app.register(documentationPages, { document });
	await app.register(apiV1, { ...options, prefix: "/api/v1" });
	await app.register(interventionsApi, { ...options, prefix: "/api" });
	await app.register(sentrymlApi, { ...options, prefix: "/v1" });
	await userInterface(app, options);
}
