import type { Consultation } from "../../../src-shared/contract/index.ts";
import { plural } from "../../components/charts/number-words.ts";

/** What came of asking a model server, in one sentence or two. */
export function consultationWords(outcome: Consultation): string {
	const { isSuccess, error, claims, dropped } = outcome;
	if (!isSuccess) return error ?? "The model server gave no answer.";
	const answered =
		claims === 0
			? "It answered without a claim that evidence supports."
			: `It answered with ${plural(claims, "claim")}.`;
	return dropped === 0
		? answered
		: `${answered} ${plural(dropped, "claim")} that cited no evidence on record ${dropped === 1 ? "was" : "were"} dropped.`;
}
