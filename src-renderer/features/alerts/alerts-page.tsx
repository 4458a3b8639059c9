import { useMediaQuery } from "@mantine/hooks";
import { IconArrowUp } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { announce } from "../../ground/announcer.tsx";
import { usePlace } from "../../ground/router.ts";
import { useProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { AlertActs } from "./alert-acts.ts";
import { AlertDetailPane } from "./alert-detail.tsx";
import { AlertDialogs } from "./alert-dialogs.tsx";
import type { AlertList } from "./alert-list.ts";
import type { AlertRowActions } from "./alert-row.tsx";
import { useAlertSelection } from "./alert-selection.ts";
import { AlertsEmpty } from "./alerts-empty.tsx";
import { AlertsFoot } from "./alerts-foot.tsx";
import { type AlertListHandle, AlertsList } from "./alerts-list.tsx";
import classes from "./alerts-page.module.css";
import { AlertsToolbar } from "./alerts-toolbar.tsx";
import { whyNotAct } from "./perform-alert-verb.ts";
import { useAlertKeys } from "./use-alert-keys.ts";
import { useAlertList, useListPart } from "./use-alert-list.ts";
import { openAlert, useAlertMoves } from "./use-alert-moves.ts";
import { useAlertQuery } from "./use-alert-query.ts";

/** From this width on the alert stands beside the list; below it covers the list. */
const wideFrom = "(min-width: 1200px)";

/** The alerts of the project that is shown: `#/alerts`, and one of them behind its id. */
export function AlertsPage() {
	const project = useProject();
	const projects = useStore(useWorkspace().lists, (lists) => lists.projects);
	if (project !== null) return <Inbox key={project.id} project={project} />;
	return projects === null ? (
		<SkeletonRows />
	) : (
		<EmptyState
			title="You are in no project"
			text="Alerts belong to a project. An admin of one can add you to it."
		/>
	);
}

function Inbox(props: { readonly project: ProjectSummary }) {
	const { project } = props;
	const { connection } = useWorkspace();
	const place = usePlace();
	const { typed, filter, change } = useAlertQuery();
	const list = useAlertList(project.id, filter);
	const acts = useMemo(
		() => new AlertActs(connection, project.id),
		[connection, project.id],
	);
	useEffect(() => {
		acts.list = list;
	}, [acts, list]);
	const handle = useRef<AlertListHandle>(null);
	const search = useRef<HTMLInputElement>(null);
	const [frozen, setFrozen] = useState(false);
	const isWide = useMediaQuery(wideFrom) ?? true;
	const moves = useAlertMoves(list, acts, handle);
	const openId = place.path[1] ?? null;
	const reason = whyNotAct(project);

	function freeze(): void {
		setFrozen((before) => !before);
		announce(frozen ? "The list moves again" : "The list is frozen");
	}

	useAlertKeys({ moves, acts, list, handle, search, reason, onFreeze: freeze });
	useEffect(() => {
		// A linked alert is where keys act.
		if (openId !== null) useAlertSelection.getState().moveTo(openId);
	}, [openId]);
	useEffect(() => () => useAlertSelection.getState().ask(null), []);
	const actions = useMemo(
		(): AlertRowActions => ({
			open: (id) => openAlert(id, false),
			select: moves.select,
			hover: () => {},
			accept: (id) => moves.act([id], { kind: "accept" }),
			decline: (id) => moves.act([id], { kind: "decline" }),
			ask(id, what) {
				const { selected, moveTo, ask } = useAlertSelection.getState();
				if (!selected.has(id)) {
					useAlertSelection.getState().clear();
					moveTo(id);
				}
				ask(what);
			},
		}),
		[moves],
	);
	const isUnknown = useListPart(list, (state) => state.total === null);
	const isEmpty = useListPart(list, (state) => state.order.length === 0);
	const fault = useListPart(list, (state) => state.fault);

	return (
		<div className={classes.split} data-open={openId !== null || undefined}>
			<section
				className={classes.list}
				aria-label="Alerts"
				inert={openId !== null && !isWide}
			>
				<AlertsToolbar
					filter={typed}
					searchRef={search}
					frozen={frozen}
					onChange={change}
					onFreeze={freeze}
				/>
				<div className={classes.body}>
					<NewPill list={list} onShow={moves.showPending} />
					{list === null || (isUnknown && fault === null) ? (
						<SkeletonRows />
					) : isUnknown ? (
						<EmptyState
							title="The alerts cannot be listed"
							text={`${fault} They are asked for again.`}
						/>
					) : isEmpty ? (
						<AlertsEmpty
							project={project}
							filter={list.filter}
							onChange={change}
						/>
					) : (
						<AlertsList
							ref={handle}
							list={list}
							openId={openId}
							frozen={frozen}
							withTriage={list.filter.view === "all"}
							mayAct={reason === null}
							actions={actions}
						/>
					)}
				</div>
				<AlertsFoot list={list} frozen={frozen} onFreeze={freeze} />
			</section>
			{openId !== null && (
				<section className={classes.detail} aria-label="Alert">
					<PaneBoundary key={openId} name="The alert">
						<AlertDetailPane
							project={project}
							id={openId}
							reason={reason}
							onAct={moves.act}
							onAsk={(what) => actions.ask(openId, what)}
						/>
					</PaneBoundary>
				</section>
			)}
			<AlertDialogs
				project={project}
				list={list}
				onAct={moves.act}
				onPlace={moves.place}
			/>
		</div>
	);
}

/** What waits because the list is held; one click, or `.`, shows it. */
function NewPill(props: { readonly list: AlertList | null; onShow(): void }) {
	const pending = useListPart(props.list, (state) => state.pending);
	if (pending === 0) return null;
	return (
		<button type="button" className={classes.pill} onClick={props.onShow}>
			<IconArrowUp size={13} aria-hidden="true" />
			<span className="tabular">
				{pending === 1
					? "1 new alert"
					: `${pending.toLocaleString("en")} new alerts`}
			</span>
		</button>
	);
}
