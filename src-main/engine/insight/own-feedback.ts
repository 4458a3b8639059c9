import type { Evidence } from "./hypothesis.ts";
import { type WeighedCandidate, weigh } from "./infer.ts";
import type { FeedbackRow } from "./insight-schema.ts";

/** What one person's verdict on a hypothesis counts for on its own incident, in log-odds. */
const verdictWeight = 1.5;

/** A hypothesis with what people said of it. `ownLogit` is what it comes to without. */
export function withFeedback(
	candidate: WeighedCandidate,
	feedback: readonly FeedbackRow[],
): WeighedCandidate & { ownLogit: number } {
	const evidence = feedback.flatMap((row): Evidence[] => {
		if (row.verdict !== "accepted" && row.verdict !== "rejected") return [];
		return [
			{
				side: row.verdict === "accepted" ? "supporting" : "contradicting",
				text: `${row.person_name} ${row.verdict} it${row.note === "" ? "." : `: ${row.note}`}`,
				record: { kind: "feedback", id: row.id },
				at: row.at,
				weights: { feedback: verdictWeight },
			},
		];
	});
	return {
		...(evidence.length === 0
			? candidate
			: weigh({
					...candidate,
					evidence: [...candidate.evidence, ...evidence],
				})),
		ownLogit: candidate.logit,
	};
}
