import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ListSplit, noRows, useList } from "../../components/list/index.ts";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { usePlace } from "../../ground/router.ts";
import { useProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { whyNot } from "../../state/why-not.ts";
import { AlertActs } from "./alert-acts.ts";
import { AlertDetailPane } from "./alert-detail.tsx";
import { AlertDialogs } from "./alert-dialogs.tsx";
import { closeAlert, openAlert } from "./alert-place.ts";
import { type AlertQuestion, useAlertSelection } from "./alert-selection.ts";
import { AlertsList } from "./alerts-list.tsx";
import { AlertsToolbar } from "./alerts-toolbar.tsx";
import { useAlertDecisions } from "./use-alert-decisions.ts";
import { useAlertKeys } from "./use-alert-keys.ts";
import { useAlertList } from "./use-alert-list.ts";
import { useAlertQuery } from "./use-alert-query.ts";

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
	const openId = usePlace().path[1] ?? null;
	const { typed, filter, change } = useAlertQuery();
	const alerts = useAlertList(project.id, filter);
	const acts = useMemo(
		() => new AlertActs(connection, project.id),
		[connection, project.id],
	);
	useEffect(() => {
		acts.list = alerts;
	}, [acts, alerts]);
	const list = useList({
		source: alerts ?? noRows,
		idOf: ({ id }) => id,
		noun: "alert",
		selection: useAlertSelection,
		openId,
		follows: true,
		open: openAlert,
		close: closeAlert,
	});
	const decisions = useAlertDecisions(acts, list);
	const reason = whyNot(callNeeds.alerts.act, project);
	useAlertKeys({ decisions, acts, list: alerts, reason });
	useEffect(() => () => useAlertSelection.getState().ask(null), []);

	return (
		<>
			<ListSplit
				label="Alerts"
				one="Alert"
				openId={openId}
				pane={(id) => (
					<AlertDetailPane
						project={project}
						id={id}
						reason={reason}
						onAct={decisions.act}
						onAsk={(what) => askAbout(id, what)}
					/>
				)}
			>
				<AlertsToolbar list={list} filter={typed} onChange={change} />
				<AlertsList
					project={project}
					alerts={alerts}
					list={list}
					mayAct={reason === null}
					decisions={decisions}
					onAsk={askAbout}
					onChange={change}
				/>
			</ListSplit>
			<AlertDialogs
				project={project}
				list={alerts}
				onAct={decisions.act}
				onPlace={decisions.place}
			/>
		</>
	);
}

function askAbout(id: string, what: AlertQuestion): void {
	const { selected, clear, moveTo, ask } = useAlertSelection.getState();
	if (!selected.has(id)) {
		clear();
		moveTo(id);
	}
	ask(what);
}
