import { noAttributes } from "./attributes.ts";
import type { IncidentFields } from "./schema.ts";
import { noStamps } from "./transitions.ts";

/** What every new incident has to say; the rest starts empty. */
type Opening = Pick<
	IncidentFields,
	| "title"
	| "description"
	| "severity"
	| "severity_source"
	| "source"
	| "model_id"
	| "opened_at"
> &
	Partial<IncidentFields>;

/** The fields of an incident that starts as detected at `opened_at`. */
export function openingFields(opening: Opening): IncidentFields {
	return {
		...noStamps,
		...noAttributes,
		state: "detected",
		epoch: 0,
		severity_word: null,
		metric: null,
		value: null,
		drift_id: null,
		owner_id: null,
		owner_name: null,
		is_history: 0,
		predecessor_id: null,
		acknowledged_by_id: null,
		acknowledged_by_name: null,
		detected_at: opening.opened_at,
		...opening,
	};
}
