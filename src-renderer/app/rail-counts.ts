import { useStore } from "zustand";
import { useWorkspace } from "../state/engine-context.tsx";
import type { Page } from "./routes.tsx";

export interface RailCount {
	readonly value: number;
	readonly urgent: boolean;
	/** For screen readers, such as `3 open incidents, 1 critical`. */
	readonly meaning: string;
}

/** The live counts of the rail, by page. */
export function useRailCounts(): Partial<Record<Page["id"], RailCount>> {
	const incidents = useStore(
		useWorkspace().facts,
		(facts) => facts.status?.incidents ?? null,
	);
	if (incidents === null) return {};
	return {
		triage: {
			value: incidents.open,
			urgent: incidents.critical > 0,
			meaning: `${incidents.open} open, ${incidents.critical} critical`,
		},
	};
}
