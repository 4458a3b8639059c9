import { type Shortcut, useShortcuts } from "../../ground/keyboard.ts";
import { navigate } from "../../ground/router.ts";
import { safeLink } from "../../ground/safe-link.ts";
import type { AlertActs } from "./alert-acts.ts";
import type { AlertList } from "./alert-list.ts";
import { type AlertQuestion, useAlertSelection } from "./alert-selection.ts";
import { tellReason, undoLastAlert } from "./perform-alert-verb.ts";
import type { AlertDecisions } from "./use-alert-decisions.ts";

/** The keys of the verbs; shown on their buttons too. */
export const verbKeys = {
	accept: "a",
	duplicate: "m",
	decline: "d",
	snooze: "h",
	place: "p",
} as const;

/** The keys of the verbs; each is listed by `?`. */
export function useAlertKeys(options: {
	readonly decisions: AlertDecisions;
	readonly acts: AlertActs;
	readonly list: AlertList | null;
	/** Why nothing may be decided; null when it may. */
	readonly reason: string | null;
}): void {
	const { decisions, list, reason } = options;
	const decide = (run: (ids: readonly string[]) => void) => () => {
		const ids = useAlertSelection.getState().targets();
		if (ids.length === 0) return false;
		if (reason === null) run(ids);
		else tellReason(reason);
		return true;
	};
	const act = (kind: "accept" | "decline") =>
		decide((ids) => decisions.act(ids, { kind }));
	const ask = (what: AlertQuestion) =>
		decide(() => useAlertSelection.getState().ask(what));
	const atCursor = () => list?.get(useAlertSelection.getState().cursor ?? "");

	useShortcuts([
		key(verbKeys.accept, "Accept", act("accept")),
		key(verbKeys.duplicate, "Mark as a duplicate", ask("duplicate")),
		key(verbKeys.decline, "Decline", act("decline")),
		key(verbKeys.snooze, "Snooze", ask("snooze")),
		key(verbKeys.place, "Put to an incident, or out of it", ask("place")),
		key("i", "Go to its incident", () => {
			const incidentId = atCursor()?.incidentId ?? null;
			if (incidentId === null) return false;
			navigate(["incident", incidentId, "alerts"]);
			return true;
		}),
		key("o", "Open it at its source", () => {
			const link = safeLink(atCursor()?.generatorUrl ?? null);
			if (link === null) return false;
			window.open(link, "_blank", "noopener,noreferrer");
			return true;
		}),
		key("mod+z", "Undo", () => undoLastAlert(options.acts)),
	]);
}

function key(keys: string, label: string, run: () => boolean): Shortcut {
	return { keys, label, group: "On the alert", run };
}
