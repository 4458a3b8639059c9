import { SegmentedControl } from "@mantine/core";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import {
	FreezeButton,
	type List,
	ListSearch,
} from "../../components/list/index.ts";
import classes from "../../components/list-toolbar.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import { stateGroups } from "../../state/incident-filter.ts";
import { FilterChips } from "./filter-chips.tsx";
import { FilterMenu } from "./filter-menu.tsx";
import type { TriageQuery } from "./use-triage-query.ts";

const groupWords = { open: "Open", settled: "Settled", all: "All" } as const;

/** Title, state group, search, filters and the freeze. */
export function TriageToolbar(props: {
	readonly list: List<IncidentSummary>;
	readonly query: TriageQuery;
}) {
	const { filter, change: onChange } = props.query;
	return (
		<>
			<PageHeader title="Triage">
				<SegmentedControl
					aria-label="State of the incidents"
					size="xs"
					value={filter.group}
					data={stateGroups.map((group) => ({
						value: group,
						label: groupWords[group],
					}))}
					onChange={(value) => {
						const group = stateGroups.find((each) => each === value);
						if (group !== undefined) onChange({ group });
					}}
				/>
				<ListSearch
					list={props.list}
					className={classes.search}
					label="Search incidents"
					value={filter.search}
					onChange={(search) => onChange({ search })}
				/>
				<FilterMenu filter={filter} onChange={onChange} />
				<FreezeButton list={props.list} />
			</PageHeader>
			<FilterChips filter={filter} onChange={onChange} />
		</>
	);
}
