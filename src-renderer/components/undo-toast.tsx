import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { announce } from "../ground/announcer.tsx";
import { faultWords } from "../ground/faults.ts";
import classes from "./undo-toast.module.css";

const undoFor = 8_000;

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
	announce(`${change.done}.`);
	const id = notifications.show({
		autoClose: undoFor,
		withBorder: true,
		message: (
			<span className={classes.toast}>
				<span>{change.done}</span>
				<Button
					size="compact-xs"
					variant="default"
					onClick={() => {
						notifications.hide(id);
						change.undo().then(
							() => announce(`Undone: ${change.done}.`),
							(error: unknown) =>
								showFault(`It was not undone. ${faultWords(error)}`),
						);
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
		autoClose: 12_000,
	});
}
