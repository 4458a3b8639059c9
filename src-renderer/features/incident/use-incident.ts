import { useStore } from "zustand";
import type { IncidentDetail } from "../../../src-shared/contract/index.ts";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
	useWorkspace,
} from "../../state/engine-context.tsx";
import { type Answer, useAnswer } from "../../state/use-answer.ts";

/**
 * One incident with its timeline, asked again when either changes. State, severity and owner come
 * from the table, so that a verb shows at once here too.
 */
export function useIncident(id: string): Answer<IncidentDetail> {
	const engine = useEngine();
	const { incidents, view } = useWorkspace();
	const answer = useAnswer(id, (signal) =>
		engine.incidents.get({ id }, { signal }),
	);
	useNewChannel(answer.reload);
	useLiveChange((change) => {
		if (change.kind === "resync") answer.reload();
		if (change.kind === "timeline" && change.incidentIds.includes(id)) {
			answer.reload();
		}
	});
	const row = useStore(view.state, () => incidents.get(id));
	const value =
		answer.value === null || row === undefined
			? answer.value
			: { ...answer.value, ...row };
	return { ...answer, value };
}
