import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { announce } from "../ground/announcer.tsx";
import { faultWords } from "../ground/faults.ts";
import { KeyCaps } from "./key-caps.tsx";
import classes from "./undo-toast.module.css";

const undoFor = 8_000;
const faultFor = 12_000;
const refusalsShown = 3;

/** Why something of several was not done. */
export interface RefusalLine {
	/** Of what, such as `#12`. */
	readonly name: string;
	readonly reason: string;
}

/** Does something and offers to take it back; says why when it was refused. Never rejects. */
export async function doWithUndo(change: {
	/** What was done, such as `Ann is turned off`. */
	readonly done: string;
	/** What it is called when it fails, such as `Ann was not turned off`. */
	readonly notDone: string;
	act(): Promise<unknown>;
	undo(): Promise<unknown>;
}): Promise<void> {
	try {
		await change.act();
	} catch (error) {
		showFault(`${change.notDone}. ${faultWords(error)}`);
		return;
	}
	tellDone(change.done, () => change.undo());
}

/** Tells what was done, and takes it back on request. */
export function tellDone(done: string, undo: () => Promise<unknown>): void {
	announce(`${done}.`);
	showUndo(done, () => {
		undo().then(
			() => announce(`Undone: ${done}.`),
			(error: unknown) => showFault(`It was not undone. ${faultWords(error)}`),
		);
	});
}

/** Tells what a verb did and takes it back on request; Control Z does so as well. `id` names the toast. */
export function offerUndo(id: string, done: string, undo: () => void): void {
	announce(`${done}. Undo with Control Z.`);
	showUndo(done, undo, { id, keys: "mod+z" });
}

/** Tells that a verb is taken back. */
export function tellUndone(done: string): void {
	const message = `Undone: ${done}`;
	announce(message);
	notifications.show({ message, autoClose: 3_000, withBorder: true });
}

function showUndo(
	done: string,
	undo: () => void,
	more: { readonly id?: string; readonly keys?: string } = {},
): void {
	const id = notifications.show({
		...(more.id !== undefined && { id: more.id }),
		autoClose: undoFor,
		withBorder: true,
		message: (
			<span className={classes.toast}>
				<bdi className={classes.words}>{done}</bdi>
				<Button
					size="compact-xs"
					variant="default"
					rightSection={more.keys !== undefined && <KeyCaps keys={more.keys} />}
					onClick={() => {
						notifications.hide(id);
						undo();
					}}
				>
					Undo
				</Button>
			</span>
		),
	});
}

export function showFault(message: string): void {
	announce(message, "assertive");
	notifications.show({
		message,
		color: "red",
		withBorder: true,
		autoClose: faultFor,
	});
}

/** Tells why some of what a verb was for stays as it is; the first few by name. */
export function showRefusals(
	title: string,
	refused: readonly RefusalLine[],
): void {
	const lines = refused
		.slice(0, refusalsShown)
		.map(({ name, reason }) => `${name}: ${reason}`);
	const rest = refused.length - lines.length;
	if (rest > 0) lines.push(`and ${rest} more`);
	announce(`${title}. ${lines.join(" ")}`, "assertive");
	notifications.show({
		title: refused.length === 1 ? title : `${title}: ${refused.length}`,
		autoClose: faultFor,
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
