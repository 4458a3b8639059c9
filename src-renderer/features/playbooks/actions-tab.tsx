import { Anchor, Button, Select } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import {
	ListSearch,
	useHeldRows,
	useList,
	VirtualList,
} from "../../components/list/index.ts";
import { placeHash } from "../../ground/router.ts";
import type { ActionList } from "../../state/action-list.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useAction, useListState } from "../../state/use-actions.ts";
import { actionColumns, actionEdge } from "./action-row.tsx";
import { type ActionPlaces, ActionView } from "./action-view.tsx";
import { actionHash } from "./action-words.ts";
import { keepScrollKeys } from "./keep-scroll-keys.ts";
import classes from "./playbooks-page.module.css";
import {
	goToPlaybooks,
	type PlaybooksPlace,
	playbooksHash,
	type RunFilter,
	runFilters,
} from "./playbooks-place.ts";
import { fitsRun } from "./run-filter.ts";

const filterWords: Readonly<Record<RunFilter, string>> = {
	all: "Every status",
	running: "Running",
	success: "Succeeded",
	failed: "Failed or timed out",
	unknown: "Outcome unknown",
	cancelled: "Cancelled",
};
/** A filter looks through as many rows by itself before it asks whether to go on. */
const mostLookedThrough = 1_000;
const enoughShown = 20;

/** Actions of all incidents beside the one that is open. */
export function ActionsTab(props: {
	readonly list: ActionList | null;
	readonly place: PlaybooksPlace;
	readonly label: string;
	readonly empty: { readonly title: string; readonly text: string };
	/** What the pane beside the list says before one is chosen. */
	readonly choose: string;
	readonly hasFilter?: boolean;
}) {
	const { list, place } = props;
	const { ids, total, hasMore, isLoadingMore, fault } = useListState(list);
	const known = useStore(useWorkspace().actions.state, (state) => state.known);
	const [text, setText] = useState("");
	const shown = useMemo(
		() =>
			ids.flatMap((id) => {
				const action = known.get(id);
				return action !== undefined && fitsRun(action, place.filter, text)
					? [action]
					: [];
			}),
		[ids, known, place.filter, text],
	);
	const rows = useList({
		source: useHeldRows(idOf, shown, `${place.filter} ${text}`),
		idOf,
		noun: "action",
		openId: place.id,
		open: (id) => goToPlaybooks({ ...place, id }),
		close: () => goToPlaybooks({ ...place, id: null }),
	});
	const { tab, filter } = place;
	const columns = useMemo(
		() => actionColumns(({ id }) => playbooksHash({ tab, filter, id })),
		[tab, filter],
	);
	const isNarrowed = place.filter !== "all" || text.trim() !== "";
	const looksFurther =
		isNarrowed &&
		hasMore &&
		shown.length < enoughShown &&
		ids.length < mostLookedThrough;
	useEffect(() => {
		if (looksFurther && !isLoadingMore) void list?.more();
	}, [list, looksFurther, isLoadingMore]);
	if (total === 0 && place.id === null) {
		return (
			<EmptyState
				icon={<IconPlayerPlay size={28} />}
				title={props.empty.title}
				text={props.empty.text}
			/>
		);
	}
	const after = (
		<>
			{isNarrowed && total !== null && (
				<p className={classes.none} role="status">
					{shown.length === 0 ? "None" : shown.length} of the newest{" "}
					{ids.length} fit.
					{hasMore && !looksFurther && " Older ones were not looked at."}
				</p>
			)}
			{hasMore && (
				<Button
					className={classes.more}
					variant="subtle"
					color="gray"
					loading={isLoadingMore}
					onClick={() => void list?.more()}
				>
					Show older ones
				</Button>
			)}
		</>
	);
	return (
		<div className={classes.split}>
			<nav className={classes.list} aria-label={props.label}>
				<div className={classes.tools}>
					<ListSearch
						list={rows}
						className={classes.search}
						label="Search by playbook, incident or person"
						value={text}
						onChange={setText}
					/>
					{props.hasFilter === true && (
						<Select
							aria-label="Status"
							w={156}
							data={runFilters.map((value) => ({
								value,
								label: filterWords[value],
							}))}
							value={place.filter}
							allowDeselect={false}
							onChange={(value) =>
								goToPlaybooks(
									{
										...place,
										filter: runFilters.find((each) => each === value) ?? "all",
									},
									{ replace: true },
								)
							}
						/>
					)}
				</div>
				{fault !== null && total !== null && (
					<p className={classes.none} role="alert">
						They cannot be listed: {fault} They are asked for again.
					</p>
				)}
				<VirtualList
					list={rows}
					label={props.label}
					columns={columns}
					rowHeight={52}
					edgeOf={actionEdge}
					isLoading={total === null}
					fault={fault}
					empty={after}
					after={after}
				/>
			</nav>
			<section
				key={place.id}
				className={classes.detail}
				aria-label="Action"
				onKeyDown={keepScrollKeys}
			>
				{place.id === null ? (
					<EmptyState
						icon={<IconPlayerPlay size={28} />}
						title="Nothing chosen"
						text={props.choose}
					/>
				) : (
					<PaneBoundary name="The action">
						<OpenAction actionId={place.id} place={place} />
					</PaneBoundary>
				)}
			</section>
		</div>
	);
}

function OpenAction(props: {
	readonly actionId: string;
	readonly place: PlaybooksPlace;
}) {
	const { actionId, place } = props;
	const { action } = useAction(actionId);
	const places: ActionPlaces = {
		hrefOf: ({ id }) => playbooksHash({ ...place, id }),
		open: ({ id }) => goToPlaybooks({ tab: "runs", id, filter: "all" }),
	};
	return (
		<>
			{action !== null && <IncidentLink action={action} />}
			<ActionView actionId={actionId} places={places} />
		</>
	);
}

function IncidentLink({ action }: { readonly action: PlaybookAction }) {
	return (
		<p className={classes.incident}>
			<Anchor
				href={placeHash(["incident", action.incidentId])}
				fz="inherit"
				className="truncate"
			>
				<span className="tabular">#{action.incidentNumber}</span>{" "}
				<bdi>{action.incidentTitle}</bdi>
			</Anchor>
			<Anchor href={actionHash(action)} fz="inherit">
				Open in the incident
			</Anchor>
		</p>
	);
}

function idOf({ id }: PlaybookAction): string {
	return id;
}
