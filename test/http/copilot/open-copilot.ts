import { inspect } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { startListeners } from "../../../src-main/http/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";
import { alice, bob } from "../../engine/identity/open-identity.ts";
import { temporaryFolder, testPorts } from "../../engine/test-ports.ts";
import { recordCoverage } from "../contract-coverage.ts";
import { checkedFetch } from "../openapi/checked-fetch.ts";
import { documentedStatuses } from "./copilot-document.ts";

export const password = "a long enough password";

/** One answer of API B. */
export interface Answer {
	readonly status: number;
	/** Parsed JSON. */
	readonly body: unknown;
	readonly headers: Headers;
}

export interface Sent {
	/** Values for the names in braces, in their order. */
	readonly ids?: readonly string[];
	readonly query?: string;
	readonly json?: unknown;
	readonly text?: string;
	readonly type?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Calls an operation, named as the document's tables do, such as `GET /incidents/{id}`. */
export type Caller = (operation: string, sent?: Sent) => Promise<Answer>;

/** Statuses beside the document's table that every route of Tocsin may answer with. */
const ownStatuses = [405, 413, 415, 503, 507];

type OnEnd = (end: () => void | Promise<void>) => void;

/** API B on a real engine: Alice's tenant with a person of every role, and Bob's. Every answer is held against `/openapi.json`, and noted for the coverage. */
export async function openCopilot(
	given: { rateLimitScale?: number } = {},
	onEnd: OnEnd = onTestFinished,
) {
	const ports = testPorts();
	const faults: string[] = [];
	const logged: string[] = [];
	const keep = (fields: Record<string, unknown>, message: string) => {
		logged.push(inspect({ message, ...fields }, { depth: 10 }));
	};
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onEnd), version: "test" },
		{
			...ports,
			log: {
				debug: keep,
				info: keep,
				warn: keep,
				error: (fields, message) => {
					keep(fields, message);
					faults.push(message);
				},
			},
		},
	);
	const listeners = await startListeners(engine, {
		host: "127.0.0.1",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: given.rateLimitScale ?? 0,
		uiDirectory: null,
	});
	onEnd(async () => {
		await listeners.close();
		await engine.close();
	});
	const { identity } = engine;
	const base = { urls: { api: listeners.urls.copilot } };
	const callerWith = (token: string | null): Caller => {
		return async (operation, sent = {}) => {
			const answer = await send(base, operation, token, sent);
			note(operation, answer);
			return answer;
		};
	};
	const signIn = async (email: string, secret = password) => {
		const { accessToken } = await identity.login(email, secret, 3_600);
		const holder = must(
			await identity.authenticateAccessToken(accessToken),
			"a fresh token",
		);
		return {
			email,
			holder,
			token: accessToken,
			call: callerWith(accessToken),
			id: holder.account.id,
			projectId: holder.projectId,
		};
	};
	const founder = await identity.register(alice, 900);
	const owner = must(
		await identity.authenticateAccessToken(founder.accessToken),
		"fresh",
	);
	await identity.register(bob, 900);
	const addPerson = async (name: string, role: Role) => {
		const email = `${name.toLowerCase()}@example.com`;
		await identity.addUser(owner.principal.needs("admin"), {
			email,
			name,
			password,
			role,
		});
		return signIn(email);
	};
	const people = {} as Record<Role, Awaited<ReturnType<typeof signIn>>>;
	for (const role of roles) people[role] = await addPerson(`the-${role}`, role);
	return {
		engine,
		listeners,
		ports,
		faults,
		/** Everything that was logged, in words. */
		logged,
		people,
		founder: await signIn(alice.email, alice.password),
		stranger: await signIn(bob.email, bob.password),
		nobody: callerWith(null),
		callerWith,
		addPerson,
		signIn,
	};
}

export type OpenCopilot = Awaited<ReturnType<typeof openCopilot>>;

/** One for all tests of a file; it answers it once the tests run. */
export function sharedCopilot(): () => OpenCopilot {
	let opened: OpenCopilot | undefined;
	const ends: (() => void | Promise<void>)[] = [];
	beforeAll(async () => {
		opened = await openCopilot({}, (end) => ends.unshift(end));
	});
	afterAll(async () => {
		for (const end of ends) await end();
	});
	return () => must(opened, "opened before all tests");
}

async function send(
	base: { urls: { api: string } },
	operation: string,
	token: string | null,
	{ ids = [], query = "", json, text, type, headers = {} }: Sent,
): Promise<Answer> {
	const [method = "", pattern = ""] = operation.split(" ");
	const left = [...ids];
	const path = pattern.replaceAll(/\{\w+\}/g, () => left.shift() ?? "missing");
	const body = json === undefined ? text : JSON.stringify(json);
	const response = await checkedFetch(base, `/api/v1${path}${query}`, {
		method,
		headers: {
			...(token === null ? {} : { authorization: `Bearer ${token}` }),
			...(body === undefined
				? {}
				: { "content-type": type ?? "application/json" }),
			...headers,
		},
		...(body === undefined ? {} : { body }),
	});
	const answer = await response.text();
	return {
		status: response.status,
		body: answer === "" ? null : (JSON.parse(answer) as unknown),
		headers: response.headers,
	};
}

/** What holds of every answer, and what the coverage counts of it. */
function note(operation: string, { status, body, headers }: Answer): void {
	expect([...documentedStatuses, ...ownStatuses]).toContain(status);
	see(operation, `status ${status}`);
	for (const name of ["Limit", "Remaining", "Reset"]) {
		expect(headers.get(`x-ratelimit-${name}`)).toMatch(/^\d+$/);
		see(operation, `header X-RateLimit-${name}`);
	}
	expect(Number(headers.get("x-ratelimit-reset"))).toBeLessThanOrEqual(60);
	for (const name of ["X-Total-Count", "Link", "Retry-After", "Allow"]) {
		if (headers.has(name)) see(operation, `header ${name}`);
	}
	if (status >= 400) {
		expect(body).toEqual({ detail: expect.stringMatching(/\w/) });
		return;
	}
	seeFields(operation, "", body);
}

export function see(operation: string, item: string): void {
	recordCoverage("B", operation, item);
}

/** Objects whose fields nobody promises. */
const freeForm = [
	"metadata.",
	"config.",
	"details.",
	"labels.",
	"annotations.",
	"raw_payload.",
];

function seeFields(operation: string, prefix: string, body: unknown): void {
	if (Array.isArray(body)) {
		for (const each of body) seeFields(operation, prefix, each);
		return;
	}
	if (typeof body !== "object" || body === null) return;
	for (const [name, value] of Object.entries(body)) {
		if (freeForm.includes(prefix)) return;
		see(operation, `field ${prefix}${name}`);
		seeFields(operation, `${prefix}${name}.`, value);
	}
}
