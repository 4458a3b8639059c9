import type { HypothesisReport } from "../../../src-shared/contract/index.ts";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
} from "../../state/engine-context.tsx";
import { type Answer, useAnswer } from "../../state/use-answer.ts";

/** What is thought about an incident, asked again whenever it was made anew. */
export function useHypotheses(incidentId: string): Answer<HypothesisReport> {
	const engine = useEngine();
	const answer = useAnswer(`hypotheses ${incidentId}`, (signal) =>
		engine.hypotheses.forIncident({ incidentId }, { signal }),
	);
	useNewChannel(answer.reload);
	useLiveChange((change) => {
		if (change.kind === "resync") answer.reload();
		if (
			change.kind === "hypotheses" &&
			change.incidentIds.includes(incidentId)
		) {
			answer.reload();
		}
	});
	return answer;
}
