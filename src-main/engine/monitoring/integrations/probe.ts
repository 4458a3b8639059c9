import type {
	ConnectionTest,
	ConnectionToTest,
} from "../../../../src-shared/contract/index.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import { type Outbound, OutboundError } from "../../outbound/index.ts";
import { field, isFields, nameOf } from "../alerts/parsing/fields.ts";

const timeoutMillis = 10_000;
const mostBytes = 262_144;

/** How a test ended. `isTestable` is false for systems that cannot be asked: that says nothing of their health. */
export interface Probed extends ConnectionTest {
	readonly isTestable: boolean;
}

/** Where each system says how it is, and what of its answer proves that it is that system; null for those that only send. */
function questionOf(type: ConnectionToTest["type"]): {
	readonly path: string;
	readonly read: (body: unknown) => Record<string, string | null> | null;
} | null {
	switch (type) {
		case "prometheus":
			return {
				path: "/api/v1/status/buildinfo",
				read: (body) => {
					const version = nameOf(field(field(body, "data"), "version"));
					return version === null ? null : { version };
				},
			};
		case "alertmanager":
			return {
				path: "/api/v2/status",
				read: (body) => {
					const version = nameOf(field(field(body, "versionInfo"), "version"));
					return version === null
						? null
						: {
								version,
								cluster: nameOf(field(field(body, "cluster"), "status")),
							};
				},
			};
		case "grafana":
			return {
				path: "/api/health",
				read: (body) => {
					const database = nameOf(field(body, "database"));
					return database === null
						? null
						: { version: nameOf(field(body, "version")), database };
				},
			};
		case "pagerduty":
		case "opsgenie":
		case "datadog":
		case "cloudwatch":
		case "generic":
			return null;
		default:
			return assertNever(type, "integration type");
	}
}

/** Asks a monitoring system how it is, for 10 s at most. Private addresses are allowed: who asks named them. Never rejects for what the other side does. */
export async function probe(
	outbound: Outbound,
	connection: ConnectionToTest,
): Promise<Probed> {
	const question = questionOf(connection.type);
	if (question === null) {
		return failed(
			`Nothing was asked: ${connection.type} only sends to Tocsin. To test it, have it send an alert to the webhook's address.`,
			{ isTestable: false },
		);
	}
	if (connection.url === null) {
		return failed(
			"There is no address to ask. Alerts that are sent to the webhook need none.",
			{ isTestable: false },
		);
	}
	try {
		const answer = await outbound.request({
			method: "GET",
			url: joined(connection.url, question.path),
			headers: { accept: "application/json", ...credentials(connection) },
			allowPrivate: true,
			timeoutMillis,
			maxBytes: mostBytes,
		});
		const responseTimeMs = answer.durationMs;
		if (answer.status === 401 || answer.status === 403) {
			return failed(
				`It answered ${answer.status}: check the user name, the password or the API key.`,
				{ responseTimeMs, details: { status: answer.status } },
			);
		}
		const details =
			answer.status === 200 ? question.read(json(answer.body)) : null;
		if (details === null) {
			return failed(
				`${question.path} answered ${answer.status} and is not what ${connection.type} answers: check the address.`,
				{ responseTimeMs, details: { status: answer.status } },
			);
		}
		return {
			isTestable: true,
			success: true,
			message: `${connection.type} answers${details.version == null ? "" : `, version ${details.version}`}.`,
			details,
			responseTimeMs,
		};
	} catch (error) {
		if (error instanceof OutboundError) return failed(error.message);
		throw error;
	}
}

function failed(message: string, more: Partial<Probed> = {}): Probed {
	return {
		isTestable: true,
		success: false,
		message,
		details: {},
		responseTimeMs: null,
		...more,
	};
}

/** The address may have a path of its own, such as behind a proxy. */
export function joined(base: string, path: string): string {
	return `${base.replace(/\/+$/, "")}${path}`;
}

export function credentials({
	username,
	password,
	apiKey,
}: Pick<ConnectionToTest, "username" | "password" | "apiKey">): Record<
	string,
	string
> {
	if (apiKey !== null) return { authorization: `Bearer ${apiKey}` };
	if (username === null && password === null) return {};
	const pair = Buffer.from(`${username ?? ""}:${password ?? ""}`);
	return { authorization: `Basic ${pair.toString("base64")}` };
}

function json(body: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(body.toString("utf8"));
		return isFields(value) ? value : null;
	} catch {
		return null;
	}
}
