import { useMemo } from "react";
import type {
	DriftEvidence,
	DriftResult,
} from "../../../src-shared/contract/index.ts";
import { useEngine, useLiveChange } from "../../state/engine-context.tsx";
import { type Answer, useAnswer } from "../../state/use-answer.ts";

const historyLimit = 1_000;

export interface DriftState {
	readonly history: Answer<DriftResult[]>;
	/** The chosen assessment, else the newest; null when there is none. */
	readonly selected: DriftResult | null;
	readonly evidence: Answer<DriftEvidence>;
}

/** A model's assessments, followed live, and the evidence of the chosen one. */
export function useDrift(modelId: string, driftId: string | null): DriftState {
	const engine = useEngine();
	const history = useAnswer(modelId, (signal) =>
		engine.drift.history({ modelId, limit: historyLimit }, { signal }),
	);
	useLiveChange((change) => {
		if (
			change.kind === "resync" ||
			(change.kind === "drift" && change.modelIds.includes(modelId))
		) {
			history.reload();
		}
	});
	const results = history.value;
	const selected = useMemo(() => {
		if (results === null) return null;
		const chosen = results.find((each) => each.driftId === driftId);
		return chosen ?? results.at(-1) ?? null;
	}, [results, driftId]);
	// A link may name an assessment older than the newest thousand.
	const evidenceId =
		driftId !== null && selected?.driftId !== driftId
			? driftId
			: (selected?.driftId ?? null);
	const evidence = useAnswer(evidenceId, (signal) =>
		engine.drift.evidence({ driftId: evidenceId ?? "" }, { signal }),
	);
	return { history, selected: evidence.value ?? selected, evidence };
}
