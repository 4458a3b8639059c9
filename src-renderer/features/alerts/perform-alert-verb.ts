import { notifications } from "@mantine/notifications";
import type {
	AlertVerb,
	Placement,
} from "../../../src-shared/contract/index.ts";
import {
	offerUndo,
	showRefusals,
	tellUndone,
} from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import type { AlertActs, AlertUndo } from "./alert-acts.ts";

/** Decides about alerts and tells how it went in a toast with Undo. */
export async function performAlertVerb(
	acts: AlertActs,
	ids: readonly string[],
	verb: AlertVerb,
): Promise<void> {
	if (ids.length === 0) return;
	const { undo, refused } = await acts.act(ids, verb);
	if (undo !== null) offer(acts, undo);
	if (refused.length > 0) showRefusals("Not changed", refused);
}

/** Puts alerts to an incident or out of theirs and tells how it went in a toast with Undo. */
export async function performPlacement(
	acts: AlertActs,
	ids: readonly string[],
	to: Placement,
	number: number | null,
): Promise<void> {
	if (ids.length === 0) return;
	const { undo, refused } = await acts.place(ids, to, number);
	if (undo !== null) offer(acts, undo);
	if (refused.length > 0) showRefusals("Not moved", refused);
}

/** Undoes the newest decision that can still be undone; answers false when there is none. */
export function undoLastAlert(acts: AlertActs): boolean {
	const entry = acts.undoable();
	if (entry === undefined) return false;
	void performUndo(acts, entry);
	return true;
}

/** Says why nothing was done. */
export function tellReason(reason: string): void {
	announce(reason, "assertive");
	notifications.show({
		id: "alerts-read-only",
		message: reason,
		withBorder: true,
		autoClose: 8_000,
	});
}

function offer(acts: AlertActs, entry: AlertUndo): void {
	offerUndo(toastId(entry), entry.label, () => void performUndo(acts, entry));
}

async function performUndo(acts: AlertActs, entry: AlertUndo): Promise<void> {
	notifications.hide(toastId(entry));
	const { changed, refused } = await acts.undo(entry);
	if (changed.length > 0) tellUndone(entry.label);
	else if (refused.length === 0) {
		showRefusals("Not undone", [
			{ name: entry.label, reason: "somebody has decided otherwise since" },
		]);
	}
	if (refused.length > 0) showRefusals("Not undone", refused);
}

function toastId(entry: AlertUndo): string {
	return `undo-${entry.tokens[0] ?? ""}`;
}
