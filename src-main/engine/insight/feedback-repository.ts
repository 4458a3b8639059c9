import type { HypothesisKind } from "../../../src-shared/domain/hypothesis-kinds.ts";
import type { Reads, Writes } from "../store/index.ts";
import type { Verdict } from "./calibration.ts";
import { type FeedbackRow, sql } from "./insight-schema.ts";

const newestVerdicts = 500;

/** The newest verdicts on a kind of hypothesis, but for those on one incident. */
export function verdictsOn(
	reads: Reads,
	tenantKey: number,
	kind: HypothesisKind,
	exceptIncident: string,
): Verdict[] {
	return reads
		.all(
			sql
				.selectFrom("hypothesis_feedback")
				.select(["logit", "verdict"])
				.where("tenant_id", "=", tenantKey)
				.where("kind", "=", kind)
				.where("incident_id", "!=", exceptIncident)
				.where("verdict", "in", ["accepted", "rejected"])
				.orderBy("at", "desc")
				.orderBy("key", "desc")
				.limit(newestVerdicts),
		)
		.map(({ logit, verdict }) => ({
			logit,
			isAccepted: verdict === "accepted",
		}));
}

/** All verdicts on an incident's hypotheses that stand, oldest first. */
export function feedbackOn(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): FeedbackRow[] {
	return reads.all(
		sql
			.selectFrom("hypothesis_feedback")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.where("verdict", "!=", "withdrawn")
			.orderBy("at")
			.orderBy("key"),
	);
}

/** The kinds of hypotheses that people accepted for an incident and nobody rejected. */
export function acceptedKinds(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): string[] {
	const rows = feedbackOn(reads, tenantKey, incidentId);
	const rejected = new Set(
		rows
			.filter(({ verdict }) => verdict === "rejected")
			.map((row) => row.hypothesis_id),
	);
	return [
		...new Set(
			rows
				.filter(
					(row) =>
						row.verdict === "accepted" && !rejected.has(row.hypothesis_id),
				)
				.map(({ kind }) => kind),
		),
	];
}

/** Writes a person's verdict in the place of an earlier one. */
export function putFeedback(
	writes: Writes,
	row: Omit<FeedbackRow, "key">,
): void {
	const { verdict, note, logit, at } = row;
	const change = {
		verdict,
		note,
		logit,
		at,
		person_name: row.person_name,
		score_before: row.score_before,
		score_after: row.score_after,
		rank_before: row.rank_before,
		rank_after: row.rank_after,
	};
	writes.run(
		sql
			.insertInto("hypothesis_feedback")
			.values(row)
			.onConflict((conflict) =>
				conflict
					.columns(["tenant_id", "hypothesis_id", "person_id"])
					.doUpdateSet(change),
			),
	);
}
