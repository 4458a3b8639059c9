import { useMemo } from "react";
import type {
	AlertSummary,
	AlertVerb,
	Placement,
} from "../../../src-shared/contract/index.ts";
import type { List } from "../../components/list/index.ts";
import type { AlertActs } from "./alert-acts.ts";
import { useAlertSelection } from "./alert-selection.ts";
import { performAlertVerb, performPlacement } from "./perform-alert-verb.ts";

export interface AlertDecisions {
	/** Decides about alerts; the cursor goes on to the next row. */
	act(ids: readonly string[], verb: AlertVerb): void;
	/** Puts alerts to an incident; `number` is its number. The cursor stays. */
	place(ids: readonly string[], to: Placement, number: number | null): void;
}

export function useAlertDecisions(
	acts: AlertActs,
	{ goOn }: List<AlertSummary>,
): AlertDecisions {
	return useMemo(
		() => ({
			act: (ids, verb) =>
				goOn(ids, () => void performAlertVerb(acts, ids, verb)),
			place(ids, to, number) {
				const { selected, clear } = useAlertSelection.getState();
				if (selected.size > 0) clear();
				void performPlacement(acts, ids, to, number);
			},
		}),
		[acts, goOn],
	);
}
