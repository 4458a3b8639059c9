import { z } from "zod";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type { ServerRow } from "./assistant-schema.ts";
import type { Prompt } from "./prompt.ts";

/** A request of one of the dialects. */
export interface ModelRequestBytes {
	readonly url: string;
	readonly body: string;
}

/** What a server answered, before the claims are read. Token counts are null where it named none. */
export interface ModelAnswer {
	readonly content: string | null;
	readonly inputTokens: number | null;
	readonly outputTokens: number | null;
	/** The answer ended at the limit of tokens. */
	readonly isCut: boolean;
}

/** The request that asks a server for a prompt. It names no tool. */
export function requestFor(
	server: Pick<ServerRow, "kind" | "base_url" | "model" | "max_output_tokens">,
	{ system, user, schema }: Prompt,
): ModelRequestBytes {
	const base = server.base_url.replace(/\/+$/, "");
	const messages = [
		{ role: "system", content: system },
		{ role: "user", content: user },
	];
	switch (server.kind) {
		case "openai_compatible":
			return {
				url: `${base}${base.endsWith("/v1") ? "" : "/v1"}/chat/completions`,
				body: JSON.stringify({
					model: server.model,
					messages,
					temperature: 0,
					max_tokens: server.max_output_tokens,
					response_format: {
						type: "json_schema",
						json_schema: { name: "claims", strict: true, schema },
					},
				}),
			};
		case "ollama":
			return {
				url: `${base}/api/chat`,
				body: JSON.stringify({
					model: server.model,
					messages,
					stream: false,
					format: schema,
					options: { temperature: 0, num_predict: server.max_output_tokens },
				}),
			};
		default:
			return assertNever(server.kind, "kind of model server");
	}
}

const count = z.number().int().min(0).max(1_000_000_000);

const openaiAnswer = z.object({
	choices: z
		.array(
			z.object({
				message: z.object({ content: z.string().nullish() }),
				finish_reason: z.string().nullish(),
			}),
		)
		.min(1),
	usage: z
		.object({ prompt_tokens: count, completion_tokens: count })
		.nullish()
		.catch(null),
});

const ollamaAnswer = z.object({
	message: z.object({ content: z.string() }),
	done_reason: z.string().nullish(),
	prompt_eval_count: count.nullish().catch(null),
	eval_count: count.nullish().catch(null),
});

/** Null for what is no answer of the dialect. Tools that it asks for are not read. */
export function readAnswer(
	kind: ServerRow["kind"],
	body: string,
): ModelAnswer | null {
	const json = parsed(body);
	switch (kind) {
		case "openai_compatible": {
			const { data } = openaiAnswer.safeParse(json);
			const choice = data?.choices[0];
			if (data === undefined || choice === undefined) return null;
			return {
				content: choice.message.content ?? null,
				inputTokens: data.usage?.prompt_tokens ?? null,
				outputTokens: data.usage?.completion_tokens ?? null,
				isCut: choice.finish_reason === "length",
			};
		}
		case "ollama": {
			const { data } = ollamaAnswer.safeParse(json);
			if (data === undefined) return null;
			return {
				content: data.message.content,
				inputTokens: data.prompt_eval_count ?? null,
				outputTokens: data.eval_count ?? null,
				isCut: data.done_reason === "length",
			};
		}
		default:
			return assertNever(kind, "kind of model server");
	}
}

/** Undefined for what is no JSON. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
