import { useMemo } from "react";
import type { DriftResult } from "../../../src-shared/contract/index.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import type { IncidentMark } from "./psi-chart-option.ts";

const markLimit = 40;

/** The incidents that a model's assessments opened or kept open, oldest first; the newest 40. */
export function useIncidentMarks(
	history: readonly DriftResult[],
	openIncidentIds: readonly string[],
): readonly IncidentMark[] {
	const engine = useEngine();
	const ids = useMemo(() => {
		const found = new Set(openIncidentIds);
		for (const { incidentId } of history) {
			if (incidentId !== null) found.add(incidentId);
		}
		return [...found].slice(-markLimit);
	}, [history, openIncidentIds]);
	const answer = useAnswer(
		ids.length === 0 ? null : ids.join(" "),
		async (signal) => {
			const found = await Promise.allSettled(
				ids.map((id) => engine.incidents.get({ id }, { signal })),
			);
			return found.flatMap((each) =>
				each.status === "fulfilled" ? [each.value] : [],
			);
		},
	);
	return useMemo(
		() =>
			(answer.value ?? [])
				.map(({ id, number, title, openedAt }) => ({
					id,
					number,
					title,
					at: openedAt,
				}))
				.sort((a, b) => a.at - b.at),
		[answer.value],
	);
}
