import {
	type Outbound,
	OutboundError,
	type OutboundResponse,
} from "../../outbound/index.ts";
import type { HttpStep, JsonValue, PlaybookCatalogue } from "../definition.ts";
import { valueAt } from "./json-pointer.ts";
import {
	endedAs,
	type StepOutcome,
	type StepSurroundings,
	scopeOf,
	succeeded,
	timerMillis,
} from "./step-outcome.ts";

export interface HttpRunnerPorts {
	readonly outbound: Pick<Outbound, "request">;
	readonly catalogue: Pick<PlaybookCatalogue, "fill" | "connectionHeaders">;
}

const mostAnswerBytes = 8 * 1024 * 1024;
const mostCapturedLength = 65_536;

/**
 * Sends one request by the guarded client, to a host that the playbook or its connection
 * allows. Throws nothing that the step or the service can cause.
 */
export async function runHttp(
	resolved: HttpStep,
	{ outbound, catalogue }: HttpRunnerPorts,
	around: StepSurroundings,
): Promise<StepOutcome> {
	let step: HttpStep;
	let headers: Record<string, string>;
	try {
		step = catalogue.fill(resolved, scopeOf(around));
		headers = {
			accept: "application/json",
			...(step.body === null ? {} : { "content-type": "application/json" }),
			...lowerCased(step.headers),
			...(step.connection === null
				? {}
				: lowerCased(catalogue.connectionHeaders(step.connection))),
		};
	} catch (error) {
		return endedAs("failed", messageOf(error));
	}
	if (around.signal.aborted) return endedAs("cancelled", "It was not sent.");
	let answer: OutboundResponse;
	try {
		answer = await outbound.request({
			method: step.method,
			url: step.url,
			headers,
			body: step.body === null ? undefined : JSON.stringify(step.body),
			timeoutMillis: timerMillis(step.timeoutSeconds),
			maxBytes: mostAnswerBytes,
			allowPrivate: step.allowPrivate,
			allowedHosts: [...step.allowedHosts],
			signal: around.signal,
		});
	} catch (error) {
		if (error instanceof OutboundError) return unanswered(step, error);
		throw error;
	}
	return judge(step, answer, around);
}

function judge(
	step: HttpStep,
	answer: OutboundResponse,
	around: StepSurroundings,
): StepOutcome {
	const { status } = answer;
	const text = new TextDecoder().decode(answer.body);
	around.print(
		"note",
		`HTTP ${status} in ${Math.round(answer.durationMs)} ms\n`,
	);
	if (text !== "")
		around.print("stdout", text.endsWith("\n") ? text : `${text}\n`);
	const body = parsed(text);
	const result = { status, body };
	const isSuccess = step.successStatuses.some(
		([first, last]) => first <= status && status <= last,
	);
	if (!isSuccess) {
		const { host } = new URL(step.url);
		return endedAs("failed", `${host} answered with HTTP ${status}.`, {
			result,
		});
	}
	const captured: Record<string, JsonValue> = {};
	for (const [name, pointer] of Object.entries(step.capture)) {
		const value = valueAt(body, pointer);
		if (value === undefined) {
			return endedAs(
				"failed",
				`The answer has nothing at ${pointer || "its root"}, which ${name} was to be read from.`,
				{ result },
			);
		}
		if (JSON.stringify(value).length > mostCapturedLength) {
			return endedAs(
				"failed",
				`What the answer has at ${pointer || "its root"} is too long to be kept as ${name}.`,
				{ result },
			);
		}
		captured[name] = value;
	}
	return succeeded(result, captured);
}

/** Failures of which it is certain that the service never saw the request. */
const neverArrived: readonly OutboundError["code"][] = [
	"BAD_URL",
	"REFUSED_ADDRESS",
	"DNS",
	"TLS",
];
const neverConnected = new Set(["ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"]);

function unanswered(step: HttpStep, error: OutboundError): StepOutcome {
	const where =
		step.connection === null
			? new URL(step.url).origin
			: `${new URL(step.url).origin} (connection \`${step.connection}\`)`;
	const mayHaveActed =
		step.method === "GET"
			? ""
			: " The service may have acted on it all the same.";
	switch (error.code) {
		case "ABORTED":
			return endedAs("cancelled", `The request was cut off.${mayHaveActed}`);
		case "TIMEOUT":
			return endedAs(
				"timed_out",
				`${where} gave no whole answer within ${step.timeoutSeconds} s.${mayHaveActed}`,
			);
		case "CONNECT":
			if (causes(error).every((code) => code === "ECONNREFUSED")) {
				return endedAs("failed", `Nothing answers at ${where}: is it running?`);
			}
			break;
		default:
	}
	const isCertain =
		step.method === "GET" ||
		neverArrived.includes(error.code) ||
		(error.code === "CONNECT" &&
			causes(error).every((code) => neverConnected.has(code)));
	return isCertain
		? endedAs("failed", `${where}: ${error.message}`)
		: endedAs("unknown", `${where}: ${error.message}${mayHaveActed}`);
}

/** The system's codes of what broke a connection, one for each address that was tried. */
function causes({ cause }: OutboundError): string[] {
	const attempts: unknown[] =
		cause instanceof AggregateError ? cause.errors : [cause];
	return attempts.map((attempt) =>
		attempt instanceof Error && "code" in attempt ? String(attempt.code) : "",
	);
}

function lowerCased(
	headers: Readonly<Record<string, string>>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

function parsed(text: string): JsonValue {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return text;
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
