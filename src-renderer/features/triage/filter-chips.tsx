import { Button, CloseButton } from "@mantine/core";
import { useStore } from "zustand";
import classes from "../../components/list-toolbar.module.css";
import { severityLabel } from "../../components/severity-mark.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import {
	defaultFilter,
	type IncidentFilter,
	nobody,
	sourceWord,
} from "../../state/incident-filter.ts";

interface Chip {
	readonly label: string;
	readonly without: Partial<IncidentFilter>;
}

/** What the list is narrowed by, each with its way out; nothing when it is not. */
export function FilterChips(props: {
	readonly filter: IncidentFilter;
	onChange(part: Partial<IncidentFilter>): void;
}) {
	const { filter } = props;
	const { owners } = useStore(useWorkspace().lists);
	const chips: Chip[] = [
		...filter.severities.map((rank) => ({
			label: severityLabel(rank),
			without: {
				severities: filter.severities.filter((each) => each !== rank),
			},
		})),
		...filter.models.map((model) => ({
			label: model,
			without: { models: filter.models.filter((each) => each !== model) },
		})),
		...filter.owners.map((id) => ({
			label:
				id === nobody
					? "No owner"
					: (owners?.find((each) => each.id === id)?.name ?? "Owner"),
			without: { owners: filter.owners.filter((each) => each !== id) },
		})),
		...filter.sources.map((source) => ({
			label: sourceWord(source),
			without: { sources: filter.sources.filter((each) => each !== source) },
		})),
		...(filter.history
			? []
			: [{ label: "Without history", without: { history: true } }]),
	];
	if (chips.length === 0) return null;
	return (
		<section className={classes.chips} aria-label="Active filters">
			{chips.map((chip) => (
				<span key={chip.label} className={classes.chip}>
					<span className="truncate">{chip.label}</span>
					<CloseButton
						size="xs"
						aria-label={`Remove the filter ${chip.label}`}
						onClick={() => props.onChange(chip.without)}
					/>
				</span>
			))}
			<Button
				variant="subtle"
				size="compact-xs"
				onClick={() =>
					props.onChange({
						...defaultFilter,
						group: filter.group,
						search: filter.search,
					})
				}
			>
				Clear
			</Button>
		</section>
	);
}
