import { Button, MultiSelect, Popover, Switch } from "@mantine/core";
import { IconFilter2 } from "@tabler/icons-react";
import { useStore } from "zustand";
import {
	isSeverity,
	severityRanks,
} from "../../../src-shared/domain/severity.ts";
import classes from "../../components/list-toolbar.module.css";
import { severityLabel } from "../../components/severity-mark.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import {
	type IncidentFilter,
	nobody,
	sources,
	sourceWord,
} from "../../state/incident-filter.ts";

/** Everything the list can be narrowed by, except its words. */
export function FilterMenu(props: {
	readonly filter: IncidentFilter;
	onChange(part: Partial<IncidentFilter>): void;
}) {
	const { filter, onChange } = props;
	const { models, owners } = useStore(useWorkspace().lists);
	return (
		<Popover position="bottom-end" trapFocus returnFocus>
			<Popover.Target>
				<Button
					variant="default"
					leftSection={<IconFilter2 size={14} aria-hidden="true" />}
				>
					Filter
				</Button>
			</Popover.Target>
			<Popover.Dropdown aria-label="Filters">
				<div className={classes.menu}>
					<MultiSelect
						label="Severity"
						size="xs"
						comboboxProps={{ withinPortal: false }}
						data={severityRanks.map((rank) => ({
							value: String(rank),
							label: severityLabel(rank),
						}))}
						value={filter.severities.map(String)}
						onChange={(values) =>
							onChange({ severities: values.map(Number).filter(isSeverity) })
						}
					/>
					<MultiSelect
						label="Model"
						size="xs"
						searchable
						limit={50}
						comboboxProps={{ withinPortal: false }}
						nothingFoundMessage="No model has this name"
						data={unique([
							...(models ?? []).map((each) => each.modelId),
							...filter.models,
						])}
						value={[...filter.models]}
						onChange={(values) => onChange({ models: values })}
					/>
					<MultiSelect
						label="Owner"
						size="xs"
						searchable
						limit={50}
						comboboxProps={{ withinPortal: false }}
						nothingFoundMessage="Nobody has this name"
						data={[
							{ value: nobody, label: "No owner" },
							...(owners ?? []).map(({ id, name }) => ({
								value: id,
								label: name,
							})),
						]}
						value={[...filter.owners]}
						onChange={(values) => onChange({ owners: values })}
					/>
					<MultiSelect
						label="Source"
						size="xs"
						comboboxProps={{ withinPortal: false }}
						data={sources.map((each) => ({
							value: each,
							label: sourceWord(each),
						}))}
						value={[...filter.sources]}
						onChange={(values) =>
							onChange({
								sources: sources.filter((each) => values.includes(each)),
							})
						}
					/>
					<Switch
						label="Show what was found in imported history"
						checked={filter.history}
						onChange={(event) =>
							onChange({ history: event.currentTarget.checked })
						}
					/>
				</div>
			</Popover.Dropdown>
		</Popover>
	);
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}
