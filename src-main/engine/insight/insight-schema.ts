import type { Generated } from "kysely";
import type { HypothesisKind } from "../../../src-shared/domain/hypothesis-kinds.ts";
import { sqlBuilder } from "../store/index.ts";
import type { ChangeKind, RecordLink } from "./case-file.ts";

export const verdicts = ["accepted", "rejected", "unsure"] as const;
/** What a person thinks of a hypothesis. */
export type FeedbackVerdict = (typeof verdicts)[number];

/** A stored hypothesis; `components` is JSON. Its id is the same in every version. */
export interface HypothesisRow {
	key: number;
	tenant_id: number;
	id: string;
	incident_id: string;
	version: number;
	rank: number;
	kind: HypothesisKind;
	subject: string;
	claim: string;
	description: string;
	/** Log-odds without feedback of any kind. */
	logit: number;
	score: number;
	lower: number;
	upper: number;
	components: string;
	created_at: number;
}

export interface EvidenceRow {
	key: number;
	tenant_id: number;
	hypothesis_key: number;
	side: "supporting" | "contradicting";
	text: string;
	record_kind: RecordLink["kind"];
	record_id: string;
	/** JSON. */
	weights: string;
	at: number;
}

/** One person's verdict, and what it did to the hypothesis when it was given. */
export interface FeedbackRow {
	key: number;
	tenant_id: number;
	id: string;
	hypothesis_id: string;
	incident_id: string;
	kind: HypothesisKind;
	logit: number;
	person_id: string;
	person_name: string;
	verdict: FeedbackVerdict | "withdrawn";
	note: string;
	score_before: number;
	score_after: number;
	rank_before: number;
	rank_after: number;
	at: number;
}

export interface ChangeRow {
	key: number;
	tenant_id: number;
	id: string;
	project_id: string | null;
	kind: ChangeKind;
	service: string | null;
	model_id: string | null;
	summary: string;
	author: string | null;
	/** What the sender calls it, so that it is kept once. */
	source_key: string | null;
	at: number;
	recorded_at: number;
}

type Stored<Row> = Omit<Row, "key"> & { key: Generated<number> };

export const sql = sqlBuilder<{
	insight_changes: Stored<ChangeRow>;
	service_dependencies: {
		key: Generated<number>;
		tenant_id: number;
		project_id: string;
		service: string;
		depends_on: string;
	};
	hypothesis_versions: {
		key: Generated<number>;
		tenant_id: number;
		incident_id: string;
		version: number;
		digest: string;
		generated_at: number;
	};
	hypotheses: Stored<HypothesisRow>;
	model_claims: {
		key: Generated<number>;
		tenant_id: number;
		incident_id: string;
		subject: string;
		claim: string;
		description: string;
		model: string;
		/** JSON. */
		evidence: string;
		at: number;
	};
	hypothesis_evidence: Stored<EvidenceRow>;
	hypothesis_feedback: Stored<FeedbackRow>;
	indexed_incidents: {
		key: Generated<number>;
		tenant_id: number;
		incident_id: string;
	};
	incident_index_positions: { tenant_id: number; sequence: number };
	incident_words: {
		rowid: number;
		tenant: string;
		words: string;
		labels: string;
		rank: number;
	};
}>();
