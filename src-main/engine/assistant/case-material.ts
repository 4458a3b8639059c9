import type { EgressField } from "../../../src-shared/contract/index.ts";

/** A piece of a record, of a kind that a policy lets go or not. */
export interface MaterialField {
	readonly kind: EgressField;
	readonly name: string;
	/** A stranger's words, perhaps. Numbers are minutes from the incident's opening, or metrics. */
	readonly value: string | number;
}

/** A stored record that a claim may rest on. */
export interface MaterialRecord {
	readonly kind: string;
	readonly id: string;
	readonly fields: readonly MaterialField[];
}

/** All that is known of an incident, before a policy has said what of it may leave. */
export interface CaseMaterial {
	readonly incidentId: string;
	readonly fields: readonly MaterialField[];
	/** Such as `team:payments` or `team=payments`. */
	readonly labels: readonly string[];
	/** The most telling first. */
	readonly records: readonly MaterialRecord[];
}
