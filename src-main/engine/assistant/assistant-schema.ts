import type { Generated } from "kysely";
import { sqlBuilder } from "../store/index.ts";

/** A tenant's model server; `api_key` is sealed. */
export interface ServerRow {
	tenant_id: number;
	id: string;
	kind: "openai_compatible" | "ollama";
	base_url: string;
	model: string;
	api_key: string | null;
	is_local: 0 | 1;
	is_enabled: 0 | 1;
	timeout_millis: number;
	max_input_tokens: number;
	max_output_tokens: number;
	changed_by: string;
	changed_at: number;
}

export interface ConfirmationRow {
	key: number;
	tenant_id: number;
	/** SHA-256 of the server's address and model and of the policy: another of them is not agreed to. */
	terms_digest: string;
	body_hash: string;
	confirmed_by_id: string;
	confirmed_by_name: string;
	confirmed_at: number;
}

export const sql = sqlBuilder<{
	model_servers: ServerRow;
	egress_policies: {
		tenant_id: number;
		/** JSON arrays. */
		fields: string;
		labels: string;
		changed_by: string;
		changed_at: number;
	};
	egress_confirmations: Omit<ConfirmationRow, "key"> & {
		key: Generated<number>;
	};
}>();
