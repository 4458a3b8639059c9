import { navigate, type Place, placeHash } from "../../ground/router.ts";

export const playbookTabs = ["approvals", "runs", "catalogue"] as const;
export type PlaybookTab = (typeof playbookTabs)[number];

export const runFilters = [
	"all",
	"running",
	"success",
	"failed",
	"unknown",
	"cancelled",
] as const;
export type RunFilter = (typeof runFilters)[number];

/** What the address says of the playbooks page: `#/playbooks/runs/<action>?status=failed`. */
export interface PlaybooksPlace {
	readonly tab: PlaybookTab;
	/** The action or the playbook that is open. */
	readonly id: string | null;
	readonly filter: RunFilter;
}

export function playbooksPlaceOf({ path, query }: Place): PlaybooksPlace {
	return {
		tab: playbookTabs.find((tab) => tab === path[1]) ?? "approvals",
		id: path[2] ?? null,
		filter: runFilters.find((each) => each === query.get("status")) ?? "all",
	};
}

function pathOf({ tab, id }: PlaybooksPlace): readonly string[] {
	return id === null ? ["playbooks", tab] : ["playbooks", tab, id];
}

function queryOf({ filter }: PlaybooksPlace): Record<string, string> {
	return filter === "all" ? {} : { status: filter };
}

export function playbooksHash(place: PlaybooksPlace): string {
	return placeHash(pathOf(place), queryOf(place));
}

export function goToPlaybooks(
	place: PlaybooksPlace,
	options: { readonly replace?: boolean } = {},
): void {
	navigate(pathOf(place), queryOf(place), options);
}
