import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import type { Member } from "../../../src-main/engine/identity/index.ts";
import { startListeners } from "../../../src-main/http/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { alice, bob } from "../../engine/identity/open-identity.ts";
import { temporaryFolder, testPorts } from "../../engine/test-ports.ts";
import { checkedFetch } from "../openapi/checked-fetch.ts";

export { alice, bob };

/** One answer of API A. */
export interface Answer {
	readonly status: number;
	/** Parsed JSON; null where there is none. */
	readonly body: unknown;
	readonly headers: Headers;
}

/** What a call sends: `json` as JSON, `text` as it is. */
export interface Sent {
	readonly json?: unknown;
	readonly text?: string | Uint8Array<ArrayBuffer>;
	readonly type?: string;
}

/** Calls API A as one person. `path` begins after `/api/v1`. */
export type Caller = (
	method: string,
	path: string,
	sent?: Sent,
) => Promise<Answer>;

/** Somebody who signed in. */
export interface Person {
	readonly principal: Member;
	readonly token: string;
	readonly call: Caller;
}

type OnEnd = (end: () => void | Promise<void>) => void;

/**
 * API A on a real engine: Alice owns a tenant, Bob another. Every answer is held against
 * the document of the routes. Closed when the test is over, or as `onEnd` says.
 */
export async function openPlatform(
	given: { rateLimitScale?: number; folder?: string } = {},
	onEnd: OnEnd = onTestFinished,
) {
	const ports = testPorts();
	const faults: string[] = [];
	const engine = await createEngine(
		{
			dataDirectory: given.folder ?? temporaryFolder(onEnd),
			version: "test",
			allowRegistration: true,
		},
		{
			...ports,
			log: { ...ports.log, error: (_, message) => faults.push(message) },
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
	const signedIn = async (token: string): Promise<Person> => {
		const holder = must(
			await identity.authenticateAccessToken(token),
			"a fresh token",
		);
		const call = callerWith(listeners, `Bearer ${token}`);
		return { principal: holder.principal, token, call };
	};
	const signUp = async (person: typeof alice) =>
		signedIn((await identity.register(person, 3_600)).accessToken);
	return {
		engine,
		listeners,
		ports,
		/** What the engine logged as errors. */
		faults,
		owner: await signUp(alice),
		stranger: await signUp(bob),
		/** Without a credential. */
		nobody: callerWith(listeners, null),
		/** Adds somebody to Alice's tenant and signs them in. */
		addPerson: async (by: Member, name: string, role: Role) => {
			const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
			const password = "a long enough password";
			await identity.addUser(by.needs("admin"), {
				email,
				name,
				password,
				role,
			});
			return signedIn(
				(await identity.login(email, password, 3_600)).accessToken,
			);
		},
	};
}

export type OpenPlatform = Awaited<ReturnType<typeof openPlatform>>;

/** One platform for all tests of a file; it answers the platform once the tests run. */
export function sharedPlatform(
	given: { rateLimitScale?: number } = {},
): () => OpenPlatform {
	let opened: OpenPlatform | undefined;
	const ends: (() => void | Promise<void>)[] = [];
	beforeAll(async () => {
		opened = await openPlatform(given, (end) => ends.unshift(end));
	});
	afterAll(async () => {
		for (const end of ends) await end();
	});
	return () => must(opened, "opened before all tests");
}

function callerWith(
	listeners: { readonly urls: { readonly api: string } },
	authorization: string | null,
): Caller {
	return async (method, path, { json, text, type } = {}) => {
		const body = json === undefined ? text : JSON.stringify(json);
		const response = await checkedFetch(listeners, `/api/v1${path}`, {
			method,
			headers: {
				...(authorization === null ? {} : { authorization }),
				...(body === undefined
					? {}
					: { "content-type": type ?? "application/json" }),
			},
			...(body === undefined ? {} : { body }),
		});
		const answer = await response.text();
		return {
			status: response.status,
			body: answer === "" ? null : (JSON.parse(answer) as unknown),
			headers: response.headers,
		};
	};
}
