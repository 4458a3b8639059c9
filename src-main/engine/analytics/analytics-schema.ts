import type { Generated } from "kysely";
import { sqlBuilder } from "../store/index.ts";

export type ProviderKind = "openai_compatible" | "ollama";
export type WorkflowStepType =
	| "evidence_gathered"
	| "causes_inferred"
	| "hypotheses_ranked"
	| "hypotheses_stored"
	| "model_consulted";
export type WorkflowStepStatus =
	| "pending"
	| "in_progress"
	| "completed"
	| "failed"
	| "skipped";

/** One request to a model server. Costs in whole millionths of a US dollar. */
export interface LedgerRow {
	key: number;
	tenant_id: number;
	id: string;
	project_id: string;
	incident_id: string;
	step_id: string | null;
	request_type: string;
	provider: ProviderKind;
	model: string;
	is_local: 0 | 1;
	/** Its model had a price, or was local. */
	is_priced: 0 | 1;
	is_success: 0 | 1;
	error: string | null;
	input_tokens: number;
	output_tokens: number;
	is_estimated: 0 | 1;
	input_cost: number;
	output_cost: number;
	duration_micros: number;
	/** SHA-256 of what was sent. */
	body_hash: string;
	at: number;
}

export interface StepRow {
	key: number;
	tenant_id: number;
	id: string;
	incident_id: string;
	run: number;
	number: number;
	type: WorkflowStepType;
	status: WorkflowStepStatus;
	started_at: number;
	completed_at: number | null;
	duration_micros: number | null;
	error: string | null;
}

/** A price: whole millionths of a US dollar for a million tokens. */
export interface PriceRow {
	key: number;
	tenant_id: number;
	model: string;
	input_price: number;
	output_price: number;
	changed_by: string;
	changed_at: number;
}

type Stored<Row> = Omit<Row, "key"> & { key: Generated<number> };

export const sql = sqlBuilder<{
	usage_ledger: Stored<LedgerRow>;
	workflow_steps: Stored<StepRow>;
	model_prices: Stored<PriceRow>;
}>();
