import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { IncidentVerb } from "../../../src-shared/contract/index.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { severityLabel } from "../../components/severity-mark.tsx";
import { announce } from "../../ground/announcer.tsx";
import type { Refusal, UndoEntry } from "../../state/incident-verbs.ts";
import { moveWords } from "../../state/move-words.ts";
import type { Workspace } from "../../state/workspace.ts";
import classes from "./perform-verb.module.css";

const undoFor = 8_000;

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
	if (undo !== null) offerUndo(workspace, undo);
	if (refused.length > 0) showRefusals(refused, "Not changed");
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
	if (changed.length > 0) {
		const text = `Undone: ${entry.label}`;
		notifications.show({ message: text, autoClose: 3_000, withBorder: true });
		announce(text);
	}
	if (refused.length > 0) showRefusals(refused, "Not undone");
	workspace.refreshStatus();
}

function offerUndo(workspace: Workspace, entry: UndoEntry): void {
	announce(`${entry.label}. Undo with Control Z.`);
	notifications.show({
		id: toastId(entry),
		autoClose: undoFor,
		withBorder: true,
		message: (
			<span className={classes.toast}>
				<span>{entry.label}</span>
				<Button
					size="compact-xs"
					variant="default"
					rightSection={<KeyCaps keys="mod+z" />}
					onClick={() => void performUndo(workspace, entry)}
				>
					Undo
				</Button>
			</span>
		),
	});
}

function showRefusals(refused: readonly Refusal[], title: string): void {
	const first = refused.slice(0, 3);
	const rest = refused.length - first.length;
	const lines = first.map(
		({ incident, reason }) => `#${incident.number}: ${reason}`,
	);
	if (rest > 0) lines.push(`and ${rest} more`);
	announce(`${title}. ${lines.join(" ")}`, "assertive");
	notifications.show({
		title: refused.length === 1 ? title : `${title}: ${refused.length}`,
		autoClose: 12_000,
		withBorder: true,
		color: "red",
		message: (
			<span className={classes.lines}>
				{lines.map((line) => (
					<span key={line}>{line}</span>
				))}
			</span>
		),
	});
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
