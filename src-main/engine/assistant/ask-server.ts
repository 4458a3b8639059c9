import { type Outbound, OutboundError } from "../outbound/index.ts";
import type { ServerRow } from "./assistant-schema.ts";
import { type ModelClaim, readClaims } from "./claims.ts";
import { parsed, readAnswer } from "./exchange.ts";
import { estimatedTokens, type Prompt, plainText } from "./prompt.ts";
import { redactSecrets } from "./redact-secrets.ts";

const longestAnswer = 1_048_576;
const longestError = 200;

/** What a server was asked and answered, as the ledger needs it. */
export interface Asked {
	/** Null where there is an answer that can be used. */
	readonly error: string | null;
	readonly claims: readonly ModelClaim[];
	readonly dropped: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	/** The server named no tokens. */
	readonly isEstimated: boolean;
	readonly durationMillis: number;
}

interface Question {
	readonly server: ServerRow;
	readonly prompt: Prompt;
	readonly url: string;
	readonly body: string;
	readonly apiKey: string | null;
	readonly signal: AbortSignal;
}

/** Nothing reached the server, so that it cost nothing. */
const unsent = new Set(["BAD_URL", "REFUSED_ADDRESS", "DNS", "TLS"]);

/** Sends one question. Every failure is an answer with its error. */
export async function askServer(
	outbound: Outbound,
	question: Question,
): Promise<Asked> {
	const { server, body, apiKey } = question;
	const began = performance.now();
	const failed = (error: string, isSent: boolean, output = ""): Asked => ({
		error,
		claims: [],
		dropped: 0,
		inputTokens: isSent ? estimatedTokens(body) : 0,
		outputTokens: estimatedTokens(output),
		isEstimated: isSent,
		durationMillis: performance.now() - began,
	});
	let text: string;
	try {
		const { status, body: answer } = await outbound.request({
			method: "POST",
			url: question.url,
			headers: {
				"content-type": "application/json",
				accept: "application/json",
				...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
			},
			body,
			allowPrivate: server.is_local === 1,
			timeoutMillis: server.timeout_millis,
			maxBytes: longestAnswer,
			signal: question.signal,
		});
		text = answer.toString("utf8");
		if (status !== 200) {
			return failed(refusal(status, text, apiKey), false);
		}
	} catch (error) {
		if (!(error instanceof OutboundError)) throw error;
		return failed(error.message, !unsent.has(error.code));
	}
	return { ...read(question, text), durationMillis: performance.now() - began };
}

function read(
	{ server, prompt, body }: Question,
	text: string,
): Omit<Asked, "durationMillis"> {
	const answer = readAnswer(server.kind, text);
	const inputTokens = answer?.inputTokens ?? null;
	const outputTokens = answer?.outputTokens ?? null;
	const used = {
		inputTokens: inputTokens ?? estimatedTokens(body),
		outputTokens: outputTokens ?? estimatedTokens(answer?.content ?? text),
		isEstimated: inputTokens === null || outputTokens === null,
	};
	const failed = (error: string) => ({
		...used,
		error,
		claims: [],
		dropped: 0,
	});
	if (answer === null) {
		return failed(
			"The server's answer is not one of its kind: check the kind and the address of the model server.",
		);
	}
	if (answer.isCut) {
		return failed(
			`The answer ended at its limit of ${server.max_output_tokens} tokens; allow more.`,
		);
	}
	const claims =
		answer.content === null ? null : readClaims(answer.content, prompt.records);
	if (claims === null) {
		return failed("The model did not answer with JSON by the schema.");
	}
	return { ...used, ...claims, error: null };
}

/** What a server says to a request that it refuses, without what it may repeat of the key. */
function refusal(status: number, text: string, apiKey: string | null): string {
	const told = parsed(text);
	const { error } = Object(told) as { error?: unknown };
	const { message } = Object(error) as { message?: unknown };
	const words = typeof error === "string" ? error : message;
	const hint =
		status === 401 || status === 403
			? " Check its key."
			: status === 404
				? " Check its address and the name of the model."
				: "";
	const shown =
		typeof words === "string"
			? `: ${plainText(
					redactSecrets(
						(apiKey === null
							? words
							: words.replaceAll(apiKey, "[redacted]")
						).slice(0, 2_000),
					).text,
					longestError,
				)}`
			: "";
	return `The model server answered ${status}${shown}.${hint}`;
}
