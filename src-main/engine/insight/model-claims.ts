import { createHash } from "node:crypto";
import type { ModelClaim } from "../assistant/index.ts";
import type { Reads, Writes } from "../store/index.ts";
import type { RecordLink } from "./case-file.ts";
import { sql } from "./insight-schema.ts";

/** What a model claimed of an incident; the words are a stranger's. */
export interface ClaimRecord {
	/** The same for the same claim of whatever model. */
	readonly subject: string;
	readonly claim: string;
	readonly explanation: string;
	readonly model: string;
	readonly evidence: readonly {
		readonly side: "supporting" | "contradicting";
		readonly record: RecordLink;
	}[];
}

/** Puts the claims of one answer in the place of an incident's earlier ones. */
export function putClaims(
	writes: Writes,
	of: { tenantKey: number; incidentId: string; model: string; at: number },
	claims: readonly ModelClaim[],
): void {
	writes.run(
		sql
			.deleteFrom("model_claims")
			.where("tenant_id", "=", of.tenantKey)
			.where("incident_id", "=", of.incidentId),
	);
	for (const { claim, explanation, supporting, contradicting } of claims) {
		const linked = (side: "supporting" | "contradicting") =>
			(side === "supporting" ? supporting : contradicting).map((record) => ({
				side,
				record,
			}));
		writes.run(
			sql.insertInto("model_claims").values({
				tenant_id: of.tenantKey,
				incident_id: of.incidentId,
				subject: subjectOf(claim),
				claim,
				description: explanation,
				model: of.model,
				evidence: JSON.stringify([
					...linked("supporting"),
					...linked("contradicting"),
				]),
				at: of.at,
			}),
		);
	}
}

export function claimsOf(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): ClaimRecord[] {
	return reads
		.all(
			sql
				.selectFrom("model_claims")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", incidentId)
				.orderBy("key"),
		)
		.map((row) => ({
			subject: row.subject,
			claim: row.claim,
			explanation: row.description,
			model: row.model,
			evidence: JSON.parse(row.evidence) as ClaimRecord["evidence"],
		}));
}

function subjectOf(claim: string): string {
	const words = claim
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
	return createHash("sha256").update(words).digest("hex").slice(0, 16);
}
