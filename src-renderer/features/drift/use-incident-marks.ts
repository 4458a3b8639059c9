import { useMemo, useSyncExternalStore } from "react";
import { useWorkspace } from "../../state/engine-context.tsx";
import type { IncidentTable } from "../../state/incident-table.ts";
import type { IncidentMark } from "./psi-chart-option.ts";

/** The incidents of a model, oldest first; the same array until one of them changes its mark. */
export function useIncidentMarks(modelId: string): readonly IncidentMark[] {
	const { incidents } = useWorkspace();
	const store = useMemo(
		() => marksOf(incidents, modelId),
		[incidents, modelId],
	);
	return useSyncExternalStore(store.subscribe, store.read);
}

function marksOf(table: IncidentTable, modelId: string) {
	let marks: readonly IncidentMark[] = [];
	let signature = "";
	let isStale = true;
	return {
		subscribe: (listener: () => void) =>
			table.subscribe(() => {
				isStale = true;
				listener();
			}),
		read: (): readonly IncidentMark[] => {
			if (!isStale) return marks;
			isStale = false;
			const found = table
				.all()
				.filter((incident) => incident.modelId === modelId)
				.map(({ id, number, title, openedAt: at }) => ({
					id,
					number,
					title,
					at,
				}))
				.sort((a, b) => a.at - b.at || a.number - b.number);
			const next = JSON.stringify(found);
			if (next !== signature) {
				signature = next;
				marks = found;
			}
			return marks;
		},
	};
}
