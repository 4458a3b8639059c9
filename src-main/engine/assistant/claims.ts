import { z } from "zod";
import type { MaterialRecord } from "./case-material.ts";
import { parsed } from "./exchange.ts";
import { plainText } from "./prompt.ts";

const mostClaims = 5;
const longestClaim = 300;
const longestExplanation = 1_500;

/** What a model claims, with the stored records that it rests on. Its words are a stranger's. */
export interface ModelClaim {
	readonly claim: string;
	readonly explanation: string;
	readonly supporting: readonly Pick<MaterialRecord, "kind" | "id">[];
	readonly contradicting: readonly Pick<MaterialRecord, "kind" | "id">[];
}

const ids = z.array(z.string().max(20)).max(200);
const answer = z.strictObject({
	claims: z
		.array(
			z.strictObject({
				claim: z.string(),
				explanation: z.string(),
				supporting: ids,
				contradicting: ids,
			}),
		)
		.max(100),
});

/**
 * The claims of an answer. One that cites an id which was not sent, or that nothing
 * supports, is dropped, as is what comes after the fifth. Null for what is not JSON by the
 * schema.
 */
export function readClaims(
	content: string,
	records: ReadonlyMap<string, MaterialRecord>,
): { claims: ModelClaim[]; dropped: number } | null {
	const { data } = answer.safeParse(parsed(content));
	if (data === undefined) return null;
	const claims = data.claims.flatMap((given): ModelClaim[] => {
		const supporting = linked(given.supporting, records);
		const contradicting = linked(given.contradicting, records);
		const claim = plainText(given.claim, longestClaim);
		if (
			supporting === null ||
			contradicting === null ||
			supporting.length === 0 ||
			claim === ""
		) {
			return [];
		}
		const explanation = plainText(given.explanation, longestExplanation);
		return [{ claim, explanation, supporting, contradicting }];
	});
	const kept = claims.slice(0, mostClaims);
	return { claims: kept, dropped: data.claims.length - kept.length };
}

function linked(
	handles: readonly string[],
	records: ReadonlyMap<string, MaterialRecord>,
): ModelClaim["supporting"] | null {
	const found = [...new Set(handles)].map((handle) => records.get(handle));
	return found.every((record) => record !== undefined)
		? found.map(({ kind, id }) => ({ kind, id }))
		: null;
}
