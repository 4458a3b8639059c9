import {
	ActionIcon,
	CloseButton,
	SegmentedControl,
	TextInput,
	Tooltip,
} from "@mantine/core";
import { IconSearch, IconSnowflake } from "@tabler/icons-react";
import type { Ref } from "react";
import { KeyCaps } from "../../components/key-caps.tsx";
import classes from "../../components/list-toolbar.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import {
	type IncidentFilter,
	stateGroups,
} from "../../state/incident-filter.ts";
import { FilterChips } from "./filter-chips.tsx";
import { FilterMenu } from "./filter-menu.tsx";

const groupWords = { open: "Open", settled: "Settled", all: "All" } as const;

/** Title, state group, search, filters and the freeze. */
export function TriageToolbar(props: {
	readonly filter: IncidentFilter;
	readonly searchRef: Ref<HTMLInputElement>;
	readonly frozen: boolean;
	onChange(part: Partial<IncidentFilter>): void;
	onFreeze(): void;
}) {
	const { filter, onChange } = props;
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
				<TextInput
					ref={props.searchRef}
					className={classes.search}
					aria-label="Search incidents"
					placeholder="Search"
					value={filter.search}
					onChange={(event) => onChange({ search: event.currentTarget.value })}
					onKeyDown={(event) => {
						if (event.key !== "Escape") return;
						event.preventDefault();
						if (filter.search === "") event.currentTarget.blur();
						else onChange({ search: "" });
					}}
					leftSection={<IconSearch size={14} aria-hidden="true" />}
					rightSection={
						filter.search === "" ? (
							<KeyCaps keys="/" />
						) : (
							<CloseButton
								size="xs"
								aria-label="Clear the search"
								onClick={() => onChange({ search: "" })}
							/>
						)
					}
				/>
				<FilterMenu filter={filter} onChange={onChange} />
				<Tooltip
					label={
						<span>
							{props.frozen ? "Let the list move again" : "Freeze the list"}{" "}
							<KeyCaps keys="alt+space" />
						</span>
					}
				>
					<ActionIcon
						color={props.frozen ? "signal" : "gray"}
						variant={props.frozen ? "light" : "subtle"}
						aria-label="Freeze the list"
						aria-pressed={props.frozen}
						onClick={props.onFreeze}
					>
						<IconSnowflake size={16} stroke={1.6} />
					</ActionIcon>
				</Tooltip>
			</PageHeader>
			<FilterChips filter={filter} onChange={onChange} />
		</>
	);
}
