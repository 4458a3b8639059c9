import type {
	Hypothesis,
	HypothesisEvidence,
	HypothesisReport,
} from "../../../src-shared/contract/index.ts";
import type { Reads } from "../store/index.ts";
import { feedbackOn } from "./feedback-repository.ts";
import {
	evidenceOf,
	hypothesesOf,
	newestVersion,
} from "./hypothesis-repository.ts";
import type {
	EvidenceRow,
	FeedbackRow,
	HypothesisRow,
} from "./insight-schema.ts";
import { inconclusiveBelow } from "./rank.ts";

/** The newest version of what is thought about an incident; `version` 0 before the first. */
export function reportOf(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): HypothesisReport {
	const newest = newestVersion(reads, tenantKey, incidentId);
	const rows =
		newest === null
			? []
			: hypothesesOf(reads, tenantKey, incidentId, newest.version);
	const evidence = evidenceOf(
		reads,
		tenantKey,
		rows.map(({ key }) => key),
	);
	const feedback = Map.groupBy(
		feedbackOn(reads, tenantKey, incidentId),
		(row) => row.hypothesis_id,
	);
	return {
		incidentId,
		version: newest?.version ?? 0,
		generatedAt: newest?.generatedAt ?? null,
		isInconclusive: (rows[0]?.score ?? 0) < inconclusiveBelow,
		items: rows.map((row) =>
			view(row, evidence.get(row.key) ?? [], feedback.get(row.id) ?? []),
		),
	};
}

function view(
	row: HypothesisRow,
	evidence: readonly EvidenceRow[],
	feedback: readonly FeedbackRow[],
): Hypothesis {
	const of = (side: EvidenceRow["side"]) =>
		evidence.filter((item) => item.side === side).map(evidenceView);
	return {
		id: row.id,
		incidentId: row.incident_id,
		rank: row.rank,
		kind: row.kind,
		claim: row.claim,
		description: row.description,
		confidence: { score: row.score, lower: row.lower, upper: row.upper },
		components: JSON.parse(row.components) as Record<string, number>,
		supporting: of("supporting"),
		contradicting: of("contradicting"),
		feedback: feedback.flatMap((given) =>
			given.verdict === "withdrawn"
				? []
				: [
						{
							personId: given.person_id,
							personName: given.person_name,
							verdict: given.verdict,
							note: given.note,
							at: given.at,
							effect: {
								scoreBefore: given.score_before,
								scoreAfter: given.score_after,
								rankBefore: given.rank_before,
								rankAfter: given.rank_after,
							},
						},
					],
		),
		createdAt: row.created_at,
	};
}

function evidenceView(row: EvidenceRow): HypothesisEvidence {
	const weights = JSON.parse(row.weights) as Record<string, number>;
	return {
		text: row.text,
		record: { kind: row.record_kind, id: row.record_id },
		weight: Object.values(weights).reduce((sum, weight) => sum + weight, 0),
		at: row.at,
	};
}
