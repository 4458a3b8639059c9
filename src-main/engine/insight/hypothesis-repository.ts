import { deterministicId } from "../deterministic-id.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { Reads, Transaction } from "../store/index.ts";
import type { WeighedCandidate } from "./infer.ts";
import { type EvidenceRow, type HypothesisRow, sql } from "./insight-schema.ts";
import type { Ranked } from "./rank.ts";

/** A hypothesis as it is written; `ownLogit` is without anybody's feedback. */
export type RankedHypothesis = Ranked<WeighedCandidate & { ownLogit: number }>;

/** A version of what is thought about an incident. */
export interface StoredVersion {
	readonly version: number;
	readonly digest: string;
	readonly generatedAt: number;
}

/** The newest version; null before the first. */
export function newestVersion(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): StoredVersion | null {
	const row = reads.get(
		sql
			.selectFrom("hypothesis_versions")
			.select(["version", "digest", "generated_at"])
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.orderBy("version", "desc")
			.limit(1),
	);
	return row === undefined
		? null
		: {
				version: row.version,
				digest: row.digest,
				generatedAt: row.generated_at,
			};
}

/** One version's hypotheses by rank. */
export function hypothesesOf(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
	version: number,
): HypothesisRow[] {
	return reads.all(
		sql
			.selectFrom("hypotheses")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.where("version", "=", version)
			.orderBy("rank"),
	);
}

/** The newest version of one hypothesis, which need not be in the incident's newest. */
export function hypothesisById(
	reads: Reads,
	tenantKey: number,
	id: string,
): HypothesisRow | undefined {
	return reads.get(
		sql
			.selectFrom("hypotheses")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("id", "=", id)
			.orderBy("version", "desc")
			.limit(1),
	);
}

/** The incidents of a tenant that have or had a hypothesis. */
export function explainedIncidentIds(
	reads: Reads,
	tenantKey: number,
): string[] {
	return reads
		.all(
			sql
				.selectFrom("hypotheses")
				.select("incident_id")
				.distinct()
				.where("tenant_id", "=", tenantKey),
		)
		.map(({ incident_id }) => incident_id);
}

export function evidenceOf(
	reads: Reads,
	tenantKey: number,
	hypothesisKeys: readonly number[],
): Map<number, EvidenceRow[]> {
	if (hypothesisKeys.length === 0) return new Map();
	return Map.groupBy(
		reads.all(
			sql
				.selectFrom("hypothesis_evidence")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("hypothesis_key", "in", hypothesisKeys)
				.orderBy("key"),
		),
		(row) => row.hypothesis_key,
	);
}

/** The id of a hypothesis: the same for the same cause of the same incident, in every version and on every replica. */
export function hypothesisId(
	tenant: TenantRef,
	incidentId: string,
	{ kind, subject }: { kind: string; subject: string },
): string {
	return deterministicId([tenant.id, "hypothesis", incidentId, kind, subject]);
}

/** Writes one version. */
export function addVersion(
	transaction: Transaction,
	tenant: TenantRef,
	incidentId: string,
	written: {
		readonly version: number;
		readonly digest: string;
		readonly at: number;
		readonly hypotheses: readonly RankedHypothesis[];
	},
): void {
	const { writes } = transaction;
	const { version, digest, at } = written;
	const of = { tenant_id: tenant.key, incident_id: incidentId, version };
	writes.run(
		sql
			.insertInto("hypothesis_versions")
			.values({ ...of, digest, generated_at: at }),
	);
	for (const one of written.hypotheses) {
		const { lastId } = writes.run(
			sql.insertInto("hypotheses").values({
				...of,
				id: hypothesisId(tenant, incidentId, one),
				rank: one.rank,
				kind: one.kind,
				subject: one.subject,
				claim: one.claim,
				description: one.description,
				logit: one.ownLogit,
				score: one.score,
				lower: one.lower,
				upper: one.upper,
				components: JSON.stringify(one.components),
				created_at: at,
			}),
		);
		for (const item of one.evidence) {
			writes.run(
				sql.insertInto("hypothesis_evidence").values({
					tenant_id: tenant.key,
					hypothesis_key: lastId,
					side: item.side,
					text: item.text,
					record_kind: item.record.kind,
					record_id: item.record.id,
					weights: JSON.stringify(item.weights),
					at: item.at,
				}),
			);
		}
	}
}
