import { useMediaQuery } from "@mantine/hooks";
import { IconArrowUp } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import { announce } from "../../ground/announcer.tsx";
import { usePlace } from "../../ground/router.ts";
import { useNarrowingProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useSelection } from "../../state/selection.ts";
import { IncidentPane, openIncident } from "../incident/index.ts";
import { ListFoot } from "./list-foot.tsx";
import { TriageEmpty } from "./triage-empty.tsx";
import { type ListHandle, TriageList } from "./triage-list.tsx";
import classes from "./triage-page.module.css";
import type { RowActions } from "./triage-row.tsx";
import { TriageToolbar } from "./triage-toolbar.tsx";
import { useTriageKeys } from "./use-triage-keys.ts";
import { useTriageMoves } from "./use-triage-moves.ts";
import { useTriageQuery } from "./use-triage-query.ts";

/** From this width on the incident stands beside the list; below it covers the list. */
const wideFrom = "(min-width: 1200px)";

/** The list of incidents and, beside it, the one that is open. */
export function TriagePage() {
	const { view } = useWorkspace();
	const place = usePlace();
	const query = useTriageQuery();
	const project = useNarrowingProject();
	useEffect(() => view.setProject(project), [view, project]);
	const list = useRef<ListHandle>(null);
	const search = useRef<HTMLInputElement>(null);
	const [frozen, setFrozen] = useState(false);
	const isWide = useMediaQuery(wideFrom) ?? true;
	const moves = useTriageMoves(list);
	const openId = place.path[0] === "incident" ? (place.path[1] ?? null) : null;

	function freeze(): void {
		setFrozen((before) => !before);
		announce(frozen ? "The list moves again" : "The list is frozen");
	}

	useTriageKeys({ moves, list, search, openId, onFreeze: freeze });
	useEffect(() => {
		// A linked incident is where keys act.
		if (openId !== null) useSelection.getState().moveTo(openId);
	}, [openId]);
	const actions = useMemo(
		(): RowActions => ({
			open: (id) => openIncident(id, false),
			select: moves.select,
			hover: () => {},
			move: (id, to) => moves.move([id], to),
		}),
		[moves],
	);
	const isEmpty = useStore(view.state, (state) => state.order.length === 0);

	return (
		<div className={classes.split} data-open={openId !== null || undefined}>
			<section
				className={classes.list}
				aria-label="Incidents"
				inert={openId !== null && !isWide}
			>
				<TriageToolbar
					filter={query.filter}
					searchRef={search}
					frozen={frozen}
					onChange={query.change}
					onFreeze={freeze}
				/>
				<div className={classes.body}>
					<NewPill onShow={moves.showPending} />
					{isEmpty ? (
						<TriageEmpty filter={query.filter} onChange={query.change} />
					) : (
						<TriageList
							ref={list}
							openId={openId}
							sort={query.sort}
							frozen={frozen}
							actions={actions}
							onSort={query.sortBy}
						/>
					)}
				</div>
				<ListFoot frozen={frozen} onFreeze={freeze} />
			</section>
			{openId !== null && (
				<section className={classes.detail} aria-label="Incident">
					<PaneBoundary key={openId} name="The incident">
						<IncidentPane id={openId} />
					</PaneBoundary>
				</section>
			)}
		</div>
	);
}

/** What waits because the list is held; one click, or `.`, shows it. */
function NewPill(props: { onShow(): void }) {
	const { view, feed } = useWorkspace();
	const pending = useStore(view.state, (state) => state.pending);
	const isLoading = useStore(feed.progress, (progress) => !progress.done);
	if (pending === 0) return null;
	return (
		<button type="button" className={classes.pill} onClick={props.onShow}>
			<IconArrowUp size={13} aria-hidden="true" />
			<span className="tabular">
				{pending.toLocaleString("en")} {isLoading ? "more" : "new"}
			</span>
		</button>
	);
}
