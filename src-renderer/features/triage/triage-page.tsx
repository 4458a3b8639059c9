import { useCallback, useEffect } from "react";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import { ListSplit, useList } from "../../components/list/index.ts";
import { usePlace } from "../../ground/router.ts";
import { useNarrowingProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useSelection } from "../../state/selection.ts";
import {
	closeIncident,
	IncidentPane,
	openIncident,
	performVerb,
} from "../incident/index.ts";
import { TriageList } from "./triage-list.tsx";
import { TriageToolbar } from "./triage-toolbar.tsx";
import { useTriageKeys } from "./use-triage-keys.ts";
import { useTriageQuery } from "./use-triage-query.ts";

/** The list of incidents and, beside it, the one that is open. */
export function TriagePage() {
	const workspace = useWorkspace();
	const { view } = workspace;
	const place = usePlace();
	const query = useTriageQuery();
	const project = useNarrowingProject();
	useEffect(() => view.setProject(project), [view, project]);
	const openId = place.path[0] === "incident" ? (place.path[1] ?? null) : null;
	const list = useList({
		source: view,
		idOf: ({ id }) => id,
		noun: "incident",
		selection: useSelection,
		openId,
		follows: true,
		open: openIncident,
		close: closeIncident,
	});
	const { goOn } = list;
	const move = useCallback(
		(ids: readonly string[], to: IncidentState) => {
			const run = () => void performVerb(workspace, ids, { kind: "move", to });
			const { selected, clear } = useSelection.getState();
			// What is open stays open, to be read after the verb.
			if (openId === null) goOn(ids, run);
			else {
				run();
				if (selected.size > 0) clear();
			}
		},
		[goOn, workspace, openId],
	);
	useTriageKeys({ openId, move });

	return (
		<ListSplit
			label="Incidents"
			one="Incident"
			openId={openId}
			pane={(id) => <IncidentPane id={id} />}
		>
			<TriageToolbar list={list} query={query} />
			<TriageList list={list} query={query} move={move} />
		</ListSplit>
	);
}
