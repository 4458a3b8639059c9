import { useCallback } from "react";
import { useStore } from "zustand";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import {
	canMove,
	type IncidentState,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	type List,
	ListFoot,
	type RowVerb,
	VirtualList,
} from "../../components/list/index.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { defaultSort, sortColumns } from "../../state/incident-sort.ts";
import { keyedMoves, moveWords } from "../../state/move-words.ts";
import { columns } from "./triage-columns.tsx";
import { TriageEmpty } from "./triage-empty.tsx";
import type { TriageQuery } from "./use-triage-query.ts";

/** The incidents that the filter lets through, and what is to say of them. */
export function TriageList(props: {
	readonly list: List<IncidentSummary>;
	readonly query: TriageQuery;
	move(ids: readonly string[], to: IncidentState): void;
}) {
	const { list, query, move } = props;
	const { view, feed } = useWorkspace();
	const shown = useStore(view.state, (state) => state.order.length);
	const { loaded, total, done, fault } = useStore(feed.progress);
	const verbsOf = useCallback(
		({ id, state }: IncidentSummary): readonly RowVerb[] =>
			keyedMoves
				.filter((to) => canMove(state, to))
				.map((to) => {
					const { verb, key } = moveWords(to);
					return { word: verb, keys: key ?? "", run: () => move([id], to) };
				}),
		[move],
	);
	return (
		<>
			<VirtualList
				list={list}
				label="Incidents"
				columns={columns}
				sort={query.sort}
				onSort={(sort) => {
					const column = sortColumns.find((each) => each === sort?.column);
					query.sortBy(
						sort === null || column === undefined
							? defaultSort
							: { column, descending: sort.descending },
					);
				}}
				nameOf={({ number }) => `#${number}`}
				edgeOf={({ state }) => `var(--state-${state})`}
				verbsOf={verbsOf}
				newWords={(count) =>
					`${count.toLocaleString("en")} ${done ? "new" : "more"}`
				}
				empty={<TriageEmpty filter={query.filter} onChange={query.change} />}
			/>
			<ListFoot
				list={list}
				count={`${shown.toLocaleString("en")} of ${(total ?? 0).toLocaleString("en")}`}
				fault={fault === null ? null : `The list is not complete: ${fault}`}
				keys={[
					["enter", "open"],
					["a", "acknowledge"],
				]}
			>
				{!done && total !== null && (
					<span>
						Loading{" "}
						{Math.min(100, Math.floor((100 * loaded) / Math.max(1, total)))} %
					</span>
				)}
			</ListFoot>
		</>
	);
}
