import { notifications } from "@mantine/notifications";
import type { IncidentVerb } from "../../../src-shared/contract/index.ts";
import { severityLabel } from "../../components/severity-mark.tsx";
import {
	offerUndo,
	type RefusalLine,
	showRefusals,
	tellUndone,
} from "../../components/undo-toast.tsx";
import type { Refusal, UndoEntry } from "../../state/incident-verbs.ts";
import { moveWords } from "../../state/move-words.ts";
import type { Workspace } from "../../state/workspace.ts";

/**
 * Carries out a verb, tells how it went in a toast with Undo, and keeps the list where it is.
 * The table already shows the expected change when this returns its promise.
 */
export async function performVerb(
	workspace: Workspace,
	ids: readonly string[],
	verb: IncidentVerb,
	ownerName: string | null = null,
): Promise<void> {
	if (ids.length === 0) return;
	const { verbs, view } = workspace;
	const going = verbs.act(
		ids,
		verb,
		(count) => doneWords(workspace, ids, count, verb, ownerName),
		ownerName,
	);
	view.settleOwn(ids);
	const { undo, refused } = await going;
	view.settleOwn(ids);
	if (undo !== null) {
		offerUndo(
			toastId(undo),
			undo.label,
			() => void performUndo(workspace, undo),
		);
	}
	if (refused.length > 0) showRefusals("Not changed", named(refused));
	workspace.refreshStatus();
}

/** Undoes the newest verb that can still be undone; answers false when there is none. */
export function undoLast(workspace: Workspace): boolean {
	const entry = workspace.verbs.undoable();
	if (entry === undefined) return false;
	void performUndo(workspace, entry);
	return true;
}

async function performUndo(
	workspace: Workspace,
	entry: UndoEntry,
): Promise<void> {
	notifications.hide(toastId(entry));
	const { changed, refused } = await workspace.verbs.undo(entry);
	workspace.view.settleOwn(changed);
	if (changed.length > 0) tellUndone(entry.label);
	if (refused.length > 0) showRefusals("Not undone", named(refused));
	workspace.refreshStatus();
}

function named(refused: readonly Refusal[]): RefusalLine[] {
	return refused.map(({ incident, reason }) => ({
		name: `#${incident.number}`,
		reason,
	}));
}

function toastId(entry: UndoEntry): string {
	return `undo-${entry.tokens[0] ?? ""}`;
}

function doneWords(
	workspace: Workspace,
	ids: readonly string[],
	count: number,
	verb: IncidentVerb,
	ownerName: string | null,
): string {
	const only = count === 1 ? ids[0] : undefined;
	const number =
		only === undefined ? undefined : workspace.incidents.get(only)?.number;
	const what = number === undefined ? `${count} incidents` : `#${number}`;
	if (verb.kind === "move") return `${what} ${moveWords(verb.to).done}`;
	if (verb.kind === "severity") {
		return `${what} set to ${severityLabel(verb.severity).toLowerCase()}`;
	}
	return ownerName === null
		? `${what} left without an owner`
		: `${what} given to ${ownerName}`;
}
