import {
	ActionIcon,
	Button,
	CloseButton,
	Popover,
	SegmentedControl,
	Select,
	TextInput,
	Tooltip,
} from "@mantine/core";
import { IconFilter2, IconSearch, IconSnowflake } from "@tabler/icons-react";
import type { Ref } from "react";
import { KeyCaps } from "../../components/key-caps.tsx";
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
	readonly filter: AlertFilter;
	readonly searchRef: Ref<HTMLInputElement>;
	readonly frozen: boolean;
	onChange(part: Partial<AlertFilter>): void;
	onFreeze(): void;
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
		<>
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
				<TextInput
					ref={props.searchRef}
					className={triage.search}
					aria-label="Search alerts"
					placeholder="Search"
					maxLength={500}
					value={filter.text}
					onChange={(event) => onChange({ text: event.currentTarget.value })}
					onKeyDown={(event) => {
						if (event.key !== "Escape") return;
						event.preventDefault();
						if (filter.text === "") event.currentTarget.blur();
						else onChange({ text: "" });
					}}
					leftSection={<IconSearch size={14} aria-hidden="true" />}
					rightSection={
						filter.text === "" ? (
							<KeyCaps keys="/" />
						) : (
							<CloseButton
								size="xs"
								aria-label="Clear the search"
								onClick={() => onChange({ text: "" })}
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
