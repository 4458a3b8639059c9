import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createEngine, type Engine } from "../../../src-main/engine/engine.ts";
import type { ListenerConfig } from "../../../src-main/engine/engine-config.ts";
import type { Member } from "../../../src-main/engine/identity/index.ts";
import type { Log } from "../../../src-main/engine/ports.ts";
import {
	type Listeners,
	startListeners,
} from "../../../src-main/http/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { alice, bob } from "../../engine/identity/open-identity.ts";
import {
	type TestPorts,
	temporaryFolder,
	testPorts,
} from "../../engine/test-ports.ts";

/** A person who signed in. */
export interface Person {
	readonly principal: Member;
	readonly token: string;
	/** Headers that carry the token. */
	readonly authorized: Record<string, string>;
}

/** A real engine behind its real listeners, and its first person. */
export interface OpenInterventions {
	readonly engine: Engine;
	readonly listeners: Listeners;
	readonly ports: TestPorts;
	readonly folder: string;
	/** `http://127.0.0.1:<port>/api` */
	readonly base: string;
	/** What the engine logged as a warning or an error. */
	readonly logged: string[];
	/** Registers a person with a tenant of their own. */
	signUp(person: typeof alice, seconds?: number): Promise<Person>;
	/** Opens incidents of the person's tenant; answers their numbers. */
	openIncidents(by: Member, count?: number): number[];
	/** Closes the engine and opens another on the same folder. */
	restart(): Promise<OpenInterventions>;
	close(): Promise<void>;
}

export { alice, bob };

const shipped = join(import.meta.dirname, "../../../resources/playbooks");

/** Opens everything on a folder of its own; closed when the test is over. */
export async function openInterventions(
	given: {
		folder?: string;
		ports?: TestPorts;
		config?: Partial<ListenerConfig>;
		/** The shipped playbooks are there too. */
		withPlaybooks?: boolean;
		/** Files of the user's own playbooks: name -> YAML. */
		playbooks?: Readonly<Record<string, string>>;
		/** When to close it; when the test is over, if absent. */
		onEnd?: (end: () => void | Promise<void>) => void;
	} = {},
): Promise<OpenInterventions> {
	const onEnd = given.onEnd ?? onTestFinished;
	const folder = given.folder ?? temporaryFolder(onEnd);
	const ports = given.ports ?? testPorts();
	for (const [name, yaml] of Object.entries(given.playbooks ?? {})) {
		mkdirSync(join(folder, "playbooks"), { recursive: true });
		writeFileSync(join(folder, "playbooks", name), yaml);
	}
	const logged: string[] = [];
	const silent = () => {};
	const keep: Log["error"] = ({ error }, message) => {
		logged.push(`${message} ${error instanceof Error ? error.stack : ""}`);
	};
	const log: Log = { debug: silent, info: silent, warn: keep, error: keep };
	const engine = await createEngine(
		{
			dataDirectory: folder,
			version: "test",
			allowRegistration: true,
			playbooksDirectory: given.withPlaybooks === true ? shipped : null,
		},
		{ ...ports, log },
	);
	const listeners = await startListeners(engine, {
		host: "127.0.0.1",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: 0,
		uiDirectory: null,
		...given.config,
	});
	engine.playbooks.setLimitScale(given.config?.rateLimitScale ?? 0);
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		await listeners.close();
		await engine.close();
	};
	onEnd(close);
	let titles = 0;
	return {
		engine,
		listeners,
		ports,
		folder,
		base: `${listeners.urls.api}/api`,
		logged,
		signUp: async (person, seconds = 3_600) => {
			const { accessToken } = await engine.identity.register(person, seconds);
			return await personOf(engine, accessToken);
		},
		openIncidents: (by, count = 1) =>
			Array.from({ length: count }, () => openIncident(engine, by, ++titles)),
		restart: async () => {
			await close();
			return await openInterventions({ ...given, folder, ports });
		},
		close,
	};
}

/** Adds a person to the tenant of `by` and signs them in. */
export async function addPerson(
	{ engine }: OpenInterventions,
	by: Member,
	name: string,
	role: Member["role"],
): Promise<Person> {
	const password = "a long enough password";
	const email = `${name}@example.com`;
	await engine.identity.addUser(by.needs("admin"), {
		email,
		name,
		password,
		role,
	});
	const { accessToken } = await engine.identity.login(email, password, 3_600);
	return await personOf(engine, accessToken);
}

/** Whose token it is. */
export async function personOf(engine: Engine, token: string): Promise<Person> {
	const holder = must(
		await engine.identity.authenticateAccessToken(token),
		"a fresh token",
	);
	return {
		principal: holder.principal,
		token,
		authorized: { authorization: `Bearer ${token}` },
	};
}

function openIncident(engine: Engine, by: Member, index: number): number {
	return engine.incidents.open(by.needs("engineer"), {
		title: `Incident ${index}`,
		description: "",
		severity: ((index % 4) + 1) as Severity,
		modelId: null,
	}).number;
}

/** What one call answered. */
export interface Answer {
	readonly status: number;
	readonly body: unknown;
	readonly headers: Headers;
}

/** Sends JSON where a body is given, and reads JSON. */
export async function call(
	method: string,
	url: string,
	options: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
	const { json, headers } = options;
	const response = await fetch(url, {
		method,
		headers: {
			...(json === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		body: json === undefined ? null : JSON.stringify(json),
	});
	const text = await response.text();
	return {
		status: response.status,
		body: text === "" ? null : (JSON.parse(text) as unknown),
		headers: response.headers,
	};
}
