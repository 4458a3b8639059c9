import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type {
	AlertVerb,
	Placement,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { announce } from "../../ground/announcer.tsx";
import type { AlertActs, AlertRefusal, AlertUndo } from "./alert-acts.ts";
import classes from "./alerts-page.module.css";

const undoFor = 8_000;

/** Why a person may not decide about the alerts of a project; null when they may. */
export function whyNotAct(project: ProjectSummary): string | null {
	if (!roleAtLeast(project.role, "engineer")) {
		return `You are a ${project.role} of ${project.name}: deciding about its alerts needs the role engineer or more.`;
	}
	return project.isActive
		? null
		: `${project.name} is not active: its alerts can be read, and nothing is changed.`;
}

/** Decides about alerts and tells how it went in a toast with Undo. */
export async function performAlertVerb(
	acts: AlertActs,
	ids: readonly string[],
	verb: AlertVerb,
): Promise<void> {
	if (ids.length === 0) return;
	const { undo, refused } = await acts.act(ids, verb);
	if (undo !== null) offerUndo(acts, undo);
	if (refused.length > 0) showRefusals(refused, "Not changed");
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
	if (undo !== null) offerUndo(acts, undo);
	if (refused.length > 0) showRefusals(refused, "Not moved");
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

async function performUndo(acts: AlertActs, entry: AlertUndo): Promise<void> {
	notifications.hide(toastId(entry));
	const { changed, refused } = await acts.undo(entry);
	if (changed.length > 0) {
		const text = `Undone: ${entry.label}`;
		notifications.show({ message: text, autoClose: 3_000, withBorder: true });
		announce(text);
	} else if (refused.length === 0) {
		showRefusals(
			[{ name: entry.label, reason: "somebody has decided otherwise since" }],
			"Not undone",
		);
	}
	if (refused.length > 0) showRefusals(refused, "Not undone");
}

function offerUndo(acts: AlertActs, entry: AlertUndo): void {
	announce(`${entry.label}. Undo with Control Z.`);
	notifications.show({
		id: toastId(entry),
		autoClose: undoFor,
		withBorder: true,
		message: (
			<span className={classes.toast}>
				<bdi className={classes.anywhere}>{entry.label}</bdi>
				<Button
					size="compact-xs"
					variant="default"
					rightSection={<KeyCaps keys="mod+z" />}
					onClick={() => void performUndo(acts, entry)}
				>
					Undo
				</Button>
			</span>
		),
	});
}

function showRefusals(refused: readonly AlertRefusal[], title: string): void {
	const lines = refused
		.slice(0, 3)
		.map(({ name, reason }) => `${name}: ${reason}`);
	const rest = refused.length - lines.length;
	if (rest > 0) lines.push(`and ${rest} more`);
	announce(`${title}. ${lines.join(" ")}`, "assertive");
	notifications.show({
		title: refused.length === 1 ? title : `${title}: ${refused.length}`,
		autoClose: 12_000,
		withBorder: true,
		color: "red",
		message: (
			<span className={classes.lines}>
				{lines.map((line, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: two lines may read alike
					<bdi key={index}>{line}</bdi>
				))}
			</span>
		),
	});
}

function toastId(entry: AlertUndo): string {
	return `undo-${entry.tokens[0] ?? ""}`;
}
