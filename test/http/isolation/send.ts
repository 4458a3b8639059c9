import type { RouteRow } from "../../../src-main/http/index.ts";
import type { RouteProof } from "../../../src-shared/domain/access/route-needs.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import {
	type HttpRequest,
	type Ids,
	normal,
	type RouteCase,
} from "./route-case.ts";
import type { Credentials, Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

export type Headers = Readonly<Record<string, string>>;

/** What a case's route is shown by somebody of a tenant. */
export async function credentialOf(
	by: RouteProof,
	{ endsCredential }: RouteCase,
	tenant: Tenant,
	role: Role,
): Promise<Headers> {
	const held =
		endsCredential === true
			? await tenant.signIn(role)
			: tenant.credentials[role];
	return by === "key" ? { "x-api-key": tenant.apiKey } : proofOf(by, held);
}

/** What a person shows who holds these. */
export function proofOf(
	by: Exclude<RouteProof, "key">,
	held: Credentials,
): Headers {
	switch (by) {
		case "public":
			return {};
		case "bearer":
		case "caller":
			return { authorization: `Bearer ${held.bearer}` };
		case "session":
			return sessionHeaders(held);
	}
}

export function sessionHeaders({ session }: Pick<Credentials, "session">) {
	return { cookie: `tocsin_session=${session}` };
}

/** Sends a case's request with a credential. */
export async function send(
	{ listeners }: World,
	row: RouteRow,
	{ isStream }: Pick<RouteCase, "isStream">,
	{ params = {}, query = {}, json, text, headers = {} }: HttpRequest,
	credential: Headers,
): Promise<Answer> {
	const base =
		row.api === "copilot" ? listeners.urls.copilot : listeners.urls.api;
	const path = row.url.replaceAll(/:(\w+)/g, (_, name: string) =>
		encodeURIComponent(params[name] ?? `missing-${name}`),
	);
	const file = path.includes("redoc")
		? "redoc.standalone.js"
		: "swagger-ui.css";
	const url = new URL(path.replace("*", file), base);
	for (const [name, value] of Object.entries(query)) {
		url.searchParams.set(name, String(value));
	}
	const stop = new AbortController();
	const response = await fetch(url, {
		method: row.method,
		redirect: "manual",
		signal: stop.signal,
		headers: {
			...(json === undefined ? {} : { "content-type": "application/json" }),
			...(credential.cookie === undefined ? {} : { origin: url.origin }),
			...credential,
			...headers,
		},
		body: json === undefined ? (text ?? null) : JSON.stringify(json),
	});
	if (isStream !== true || !response.ok) {
		return {
			status: response.status,
			headers: shown(response),
			text: await response.text(),
		};
	}
	const first = await response.body?.getReader().read();
	stop.abort();
	return {
		status: response.status,
		headers: shown(response),
		text: new TextDecoder().decode(first?.value),
	};
}

/** The same text for two answers that say the same about different ids. */
export function spelled({ status, headers, text }: Answer, ids: Ids): string {
	return normal(`${status} ${JSON.stringify(headers)} ${text}`, ids);
}

/** The headers that say something of the thing: not the date, the length or the connection. */
function shown(response: Response): Headers {
	const said = [
		"content-type",
		"location",
		"allow",
		"www-authenticate",
		"link",
	];
	return Object.fromEntries(
		[...response.headers].filter(
			([name]) => said.includes(name) || name.startsWith("x-total"),
		),
	);
}
