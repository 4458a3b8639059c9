import type { RefObject } from "react";
import { type Shortcut, useShortcuts } from "../../ground/keyboard.ts";
import { navigate } from "../../ground/router.ts";
import { safeLink } from "../../ground/safe-link.ts";
import type { AlertActs } from "./alert-acts.ts";
import type { AlertList } from "./alert-list.ts";
import {
	type AlertQuestion,
	alertTargets,
	useAlertSelection,
} from "./alert-selection.ts";
import type { AlertListHandle } from "./alerts-list.tsx";
import { tellReason, undoLastAlert } from "./perform-alert-verb.ts";
import type { AlertMoves } from "./use-alert-moves.ts";

const moving = "Move";
const acting = "On the alert";

/** The keys of the verbs; shown on their buttons too. */
export const verbKeys = {
	accept: "a",
	duplicate: "m",
	decline: "d",
	snooze: "h",
	place: "p",
} as const;

/** The keys of the inbox; each is listed by `?`. */
export function useAlertKeys(options: {
	readonly moves: AlertMoves;
	readonly acts: AlertActs;
	readonly list: AlertList | null;
	readonly handle: RefObject<AlertListHandle | null>;
	readonly search: RefObject<HTMLInputElement | null>;
	/** Why nothing may be decided; null when it may. */
	readonly reason: string | null;
	onFreeze(): void;
}): void {
	const { moves, list, reason } = options;
	const decide = (run: () => void) => () => {
		if (alertTargets().length === 0) return false;
		if (reason === null) run();
		else tellReason(reason);
		return true;
	};
	const ask = (what: AlertQuestion) =>
		decide(() => useAlertSelection.getState().ask(what));
	const step =
		(by: number, extend = false) =>
		() => {
			moves.step(by, extend);
			return true;
		};
	const page = () => options.handle.current?.pageSize() ?? 1;
	const atCursor = () => list?.get(useAlertSelection.getState().cursor ?? "");

	useShortcuts([
		key("j arrowdown", "Next alert", moving, step(1)),
		key("k arrowup", "Previous alert", moving, step(-1)),
		key("shift+j shift+arrowdown", "Select downwards", moving, step(1, true)),
		key("shift+k shift+arrowup", "Select upwards", moving, step(-1, true)),
		key("pagedown", "A page down", moving, () => step(page())()),
		key("pageup", "A page up", moving, () => step(-page())()),
		key("home", "First alert", moving, step(Number.NEGATIVE_INFINITY)),
		key(
			"end",
			"Last alert that is loaded",
			moving,
			step(Number.POSITIVE_INFINITY),
		),
		key("enter", "Open the alert", moving, moves.openCursor),
		key("x", "Select or deselect", moving, moves.toggleCursor),
		key("mod+a", "Select everything loaded", moving, moves.selectAll),
		key("escape", "Close, deselect, let go", moving, moves.escape),
		key("/", "Search", moving, () => {
			options.search.current?.focus();
			options.search.current?.select();
			return true;
		}),
		key(".", "Show what is new", moving, moves.showPending),
		key("alt+space", "Freeze the list", moving, () => {
			options.onFreeze();
			return true;
		}),
		key(
			verbKeys.accept,
			"Accept",
			acting,
			decide(() => moves.act(alertTargets(), { kind: "accept" })),
		),
		key(verbKeys.duplicate, "Mark as a duplicate", acting, ask("duplicate")),
		key(
			verbKeys.decline,
			"Decline",
			acting,
			decide(() => moves.act(alertTargets(), { kind: "decline" })),
		),
		key(verbKeys.snooze, "Snooze", acting, ask("snooze")),
		key(
			verbKeys.place,
			"Put to an incident, or out of it",
			acting,
			ask("place"),
		),
		key("i", "Go to its incident", acting, () => {
			const incidentId = atCursor()?.incidentId ?? null;
			if (incidentId === null) return false;
			navigate(["incident", incidentId, "alerts"]);
			return true;
		}),
		key("o", "Open it at its source", acting, () => {
			const link = safeLink(atCursor()?.generatorUrl ?? null);
			if (link === null) return false;
			window.open(link, "_blank", "noopener,noreferrer");
			return true;
		}),
		key("mod+z", "Undo", acting, () => undoLastAlert(options.acts)),
	]);
}

function key(
	keys: string,
	label: string,
	group: string,
	run: () => boolean,
): Shortcut {
	return { keys, label, group, run };
}
