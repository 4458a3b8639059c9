import { useCallback, useEffect, useRef, useState } from "react";
import { currentPlace, navigate, usePlace } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import {
	type IncidentFilter,
	readFilter,
	writeFilter,
} from "../../state/incident-filter.ts";
import {
	type IncidentSort,
	readSort,
	writeSort,
} from "../../state/incident-sort.ts";

const writeAfter = 250;

export interface TriageQuery {
	readonly filter: IncidentFilter;
	readonly sort: IncidentSort;
	change(part: Partial<IncidentFilter>): void;
	sortBy(sort: IncidentSort): void;
}

/**
 * Filter and sort, kept in the address so that a list can be linked and returned to. The list
 * follows at once; the address a moment later, because browsers limit how often it may change.
 */
export function useTriageQuery(): TriageQuery {
	const { view } = useWorkspace();
	const place = usePlace();
	const [state, setState] = useState(() => read(place.query));
	const latest = useRef(state);
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

	const show = useCallback(
		(next: QueryState) => {
			const before = latest.current;
			latest.current = next;
			setState(next);
			if (next.filter !== before.filter) view.setFilter(next.filter);
			if (next.sort !== before.sort) view.setSort(next.sort);
		},
		[view],
	);

	useEffect(() => {
		view.setFilter(latest.current.filter);
		view.setSort(latest.current.sort);
		return () => {
			if (timer.current !== null) clearTimeout(timer.current);
		};
	}, [view]);

	useEffect(() => {
		// The address says something else than what was written: a link, or the back button.
		if (timer.current !== null) return;
		if (written(read(place.query)) !== written(latest.current)) {
			show(read(place.query));
		}
	}, [place, show]);

	const write = useCallback(
		(next: QueryState) => {
			show(next);
			if (timer.current !== null) clearTimeout(timer.current);
			timer.current = setTimeout(() => {
				timer.current = null;
				const { path, query } = currentPlace();
				const changed = new URLSearchParams(query);
				writeFilter(changed, latest.current.filter);
				writeSort(changed, latest.current.sort);
				navigate(path, changed, { replace: true });
			}, writeAfter);
		},
		[show],
	);

	return {
		...state,
		change: useCallback(
			(part) =>
				write({
					...latest.current,
					filter: { ...latest.current.filter, ...part },
				}),
			[write],
		),
		sortBy: useCallback((sort) => write({ ...latest.current, sort }), [write]),
	};
}

interface QueryState {
	readonly filter: IncidentFilter;
	readonly sort: IncidentSort;
}

function read(query: URLSearchParams): QueryState {
	return { filter: readFilter(query), sort: readSort(query) };
}

function written(state: QueryState): string {
	const query = new URLSearchParams();
	writeFilter(query, state.filter);
	writeSort(query, state.sort);
	return query.toString();
}
