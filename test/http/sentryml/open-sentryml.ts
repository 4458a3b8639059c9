import { onTestFinished } from "vitest";
import { createEngine, type Engine } from "../../../src-main/engine/engine.ts";
import type { Log } from "../../../src-main/engine/ports.ts";
import {
	type Listeners,
	startListeners,
} from "../../../src-main/http/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { alice, bob } from "../../engine/identity/open-identity.ts";
import {
	type TestPorts,
	temporaryFolder,
	testPorts,
} from "../../engine/test-ports.ts";
import { checkedFetch } from "../openapi/checked-fetch.ts";

/** What one call of API C answered. */
export interface Answer {
	readonly status: number;
	readonly body: unknown;
	readonly headers: Headers;
}

export interface CallOptions {
	/** Sent as JSON. */
	readonly json?: unknown;
	/** Sent as it is. */
	readonly raw?: NonNullable<RequestInit["body"]>;
	/** Null sends none; the tenant's own key when absent. */
	readonly key?: string | null;
	readonly headers?: Record<string, string>;
}

/** A real engine behind its real listeners, and a client with a key of its tenant. */
export interface OpenSentryml {
	readonly engine: Engine;
	readonly listeners: Listeners;
	readonly ports: TestPorts;
	readonly folder: string;
	readonly key: string;
	readonly orgId: string;
	/** What the engine logged as a warning or an error. */
	readonly logged: string[];
	call(method: string, path: string, options?: CallOptions): Promise<Answer>;
	/** Closes the engine and opens another on the same folder; keys and data stay. */
	restart(): Promise<OpenSentryml>;
	close(): Promise<void>;
}

export const testStart = Date.UTC(2026, 1, 3, 18, 42, 12, 123);

/** Opens everything on a folder of its own; closed when the test is over. */
export async function openSentryml(
	given: { folder?: string; ports?: TestPorts; key?: string } = {},
): Promise<OpenSentryml> {
	const folder = given.folder ?? temporaryFolder(onTestFinished);
	const ports = given.ports ?? testPorts(testStart);
	const logged: string[] = [];
	const silent = () => {};
	const keep: Log["error"] = (fields, message) => {
		// Tells how busy the machine is, and not what the engine did.
		if (message === "slow statement") return;
		const { error } = fields;
		logged.push(`${message} ${error instanceof Error ? error.stack : ""}`);
	};
	const log: Log = { debug: silent, info: silent, warn: keep, error: keep };
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		{ ...ports, log },
	);
	const listeners = await startListeners(engine, {
		host: "127.0.0.1",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: 0,
		uiDirectory: null,
	});
	const local = engine.identity.localPrincipal();
	const key =
		given.key ??
		(await engine.services.keys.create(local, { name: "test" })).key;
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		await listeners.close();
		await engine.close();
	};
	onTestFinished(close);
	return {
		engine,
		listeners,
		ports,
		folder,
		key,
		orgId: local.tenant.id,
		logged,
		call: (method, path, options = {}) =>
			callApi(listeners, path, method, { key, ...options }),
		restart: async () => {
			await close();
			return await openSentryml({ folder, ports, key });
		},
		close,
	};
}

/** Every answer is held against the document. */
async function callApi(
	listeners: Listeners,
	path: string,
	method: string,
	{ json, raw, key, headers }: CallOptions,
): Promise<Answer> {
	const body = raw ?? (json === undefined ? null : JSON.stringify(json));
	const response = await checkedFetch(listeners, path, {
		method,
		body,
		headers: {
			...(json === undefined ? {} : { "content-type": "application/json" }),
			...(key == null ? {} : { "x-api-key": key }),
			...headers,
		},
		...(body instanceof ReadableStream ? { duplex: "half" } : {}),
	} as RequestInit);
	const text = await response.text();
	const isJson =
		response.headers.get("content-type")?.includes("json") === true;
	return {
		status: response.status,
		body: isJson ? (JSON.parse(text) as unknown) : text,
		headers: response.headers,
	};
}

/** Registers two people of two tenants; answers a key and the tenant's id of each. */
export async function openTenants({ engine }: OpenSentryml) {
	const keyOf = async (person: typeof alice) => {
		const { accessToken, account } = await engine.identity.register(
			person,
			900,
		);
		const holder = must(
			await engine.identity.authenticateAccessToken(accessToken),
			"a fresh token",
		);
		const { key, id } = await engine.services.keys.create(
			holder.principal.needs("owner"),
			{
				name: "test",
			},
		);
		return {
			key,
			keyId: id,
			tenant: account.tenant,
			principal: holder.principal,
		};
	};
	const first = await keyOf(alice);
	return { first, second: await keyOf(bob) };
}

/** How many rows every table of both databases has, but for what counts reads and time. */
export function rowCounts({ engine }: OpenSentryml): Record<string, number> {
	const counts: Record<string, number> = {};
	const { connection } = engine.predictions.store;
	const tables = connection
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
		.pluck()
		.all() as string[];
	for (const table of tables) {
		counts[table] = Number(
			connection.prepare(`SELECT count(*) FROM "${table}"`).pluck().get(),
		);
	}
	return counts;
}
