import type { Place } from "../../ground/router.ts";

export const driftTabs = [
	"overview",
	"evidence",
	"performance",
	"monitor",
] as const;
export type DriftTab = (typeof driftTabs)[number];

/** What the address says of the drift page. */
export interface DriftPlace {
	readonly modelId: string | null;
	/** A chosen assessment; null is the newest. */
	readonly driftId: string | null;
	readonly column: string | null;
	readonly tab: DriftTab;
}

/**
 * Reads `#/drift/<model>?drift=<id>&column=<name>&tab=<tab>`. A link that names a column and no
 * tab means the evidence of that column.
 */
export function driftPlaceOf({ path, query }: Place): DriftPlace {
	const column = query.get("column");
	const named = driftTabs.find((tab) => tab === query.get("tab"));
	return {
		modelId: path[1] ?? null,
		driftId: query.get("drift"),
		column,
		tab: named ?? (column === null ? "overview" : "evidence"),
	};
}

/** The query of a place; what is at its default stays out of the address. */
export function driftQuery(place: DriftPlace): Record<string, string> {
	const query: Record<string, string> = {};
	if (place.driftId !== null) query.drift = place.driftId;
	if (place.column !== null) query.column = place.column;
	const implied = place.column === null ? "overview" : "evidence";
	if (place.tab !== implied) query.tab = place.tab;
	return query;
}
