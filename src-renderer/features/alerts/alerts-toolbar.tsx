import {
	Button,
	CloseButton,
	Popover,
	SegmentedControl,
	Select,
} from "@mantine/core";
import { IconFilter2 } from "@tabler/icons-react";
import type { AlertSummary } from "../../../src-shared/contract/index.ts";
import {
	FreezeButton,
	type List,
	ListSearch,
} from "../../components/list/index.ts";
import triage from "../../components/list-toolbar.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import {
	type AlertFilter,
	alertStatuses,
	alertViews,
	sources,
} from "./alert-filter.ts";
import { sourceName, statusName, viewName } from "./alert-words.ts";
import classes from "./alerts-page.module.css";

/** Title, what was decided, search, filters and the freeze. */
export function AlertsToolbar(props: {
	readonly list: List<AlertSummary>;
	readonly filter: AlertFilter;
	onChange(part: Partial<AlertFilter>): void;
}) {
	const { filter, onChange } = props;
	const views = alertViews.map((view) => ({
		value: view,
		label: viewName(view),
	}));
	const setView = (value: string | null) => {
		const view = alertViews.find((each) => each === value);
		if (view !== undefined) onChange({ view });
	};
	return (
		<div className={classes.tools}>
			<PageHeader title="Alerts">
				<SegmentedControl
					className={classes.views}
					aria-label="What was decided"
					size="xs"
					value={filter.view}
					data={views}
					onChange={setView}
				/>
				<Select
					className={classes.viewsNarrow}
					aria-label="What was decided"
					size="xs"
					w={116}
					data={views}
					value={filter.view}
					allowDeselect={false}
					onChange={setView}
				/>
				<ListSearch
					list={props.list}
					className={triage.search}
					label="Search alerts"
					value={filter.text}
					onChange={(text) => onChange({ text })}
				/>
				<FilterMenu filter={filter} onChange={onChange} />
				<FreezeButton list={props.list} />
			</PageHeader>
			<FilterChips filter={filter} onChange={onChange} />
		</div>
	);
}

interface FilterProps {
	readonly filter: AlertFilter;
	onChange(part: Partial<AlertFilter>): void;
}

function FilterMenu({ filter, onChange }: FilterProps) {
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
				<div className={triage.menu}>
					<Select
						label="Status"
						size="xs"
						clearable
						placeholder="Any status"
						comboboxProps={{ withinPortal: false }}
						data={alertStatuses.map((status) => ({
							value: status,
							label: statusName(status),
						}))}
						value={filter.status}
						onChange={(value) =>
							onChange({
								status: alertStatuses.find((each) => each === value) ?? null,
							})
						}
					/>
					<Select
						label="Source"
						size="xs"
						clearable
						placeholder="Any source"
						comboboxProps={{ withinPortal: false }}
						data={sources.map((source) => ({
							value: source,
							label: sourceName(source),
						}))}
						value={filter.source}
						onChange={(value) =>
							onChange({
								source: sources.find((each) => each === value) ?? null,
							})
						}
					/>
				</div>
			</Popover.Dropdown>
		</Popover>
	);
}

function FilterChips({ filter, onChange }: FilterProps) {
	const chips = [
		...(filter.status === null
			? []
			: [{ label: statusName(filter.status), without: { status: null } }]),
		...(filter.source === null
			? []
			: [{ label: sourceName(filter.source), without: { source: null } }]),
	];
	if (chips.length === 0) return null;
	return (
		<section className={triage.chips} aria-label="Active filters">
			{chips.map(({ label, without }) => (
				<span key={label} className={triage.chip}>
					<span className="truncate">{label}</span>
					<CloseButton
						size="xs"
						aria-label={`Remove the filter ${label}`}
						onClick={() => onChange(without)}
					/>
				</span>
			))}
		</section>
	);
}
