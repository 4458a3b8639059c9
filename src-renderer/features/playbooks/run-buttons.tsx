import { Button } from "@mantine/core";
import { useState } from "react";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import classes from "./action-view.module.css";
import type { ActionPlaces } from "./action-view.tsx";
import { actionName, isEnded } from "./action-words.ts";
import { panelKey } from "./panel-key.ts";
import type { ActionVerbs } from "./use-action-verbs.ts";

/** Cancel while it runs; the same parameters again once it has ended. */
export function RunButtons(props: {
	readonly action: PlaybookAction;
	readonly verbs: ActionVerbs;
	readonly places: ActionPlaces;
}) {
	const { action, verbs, places } = props;
	const { reuse } = places;
	const [isAsking, setAsking] = useState(false);
	const isRunning = action.status === "running";
	const canReuse =
		reuse !== undefined &&
		isEnded(action) &&
		action.status !== "unknown" &&
		action.kind === "execution";

	const cancel = () =>
		void verbs.perform(
			"cancel",
			"Not cancelled",
			(done) => `Cancelled ${actionName(done).toLowerCase()}`,
			(playbooks) => playbooks.cancel({ actionId: action.id }),
		);
	useShortcuts([
		panelKey("c", "Cancel the run", isRunning, () => setAsking(true)),
		panelKey("g", "Fill the form with these parameters", canReuse, () =>
			reuse?.(action),
		),
	]);
	if (!isRunning && !canReuse) return null;

	return (
		<div className={classes.buttons}>
			{isRunning && (
				<Button
					variant="default"
					loading={verbs.busy === "cancel"}
					rightSection={<KeyCaps keys="c" />}
					onClick={() => setAsking(true)}
				>
					Cancel the run
				</Button>
			)}
			{canReuse && (
				<Button
					variant="default"
					rightSection={<KeyCaps keys="g" />}
					onClick={() => reuse(action)}
				>
					Use these parameters again
				</Button>
			)}
			{isAsking && (
				<ConfirmDialog
					title={`Cancel ${actionName(action).toLowerCase()}?`}
					verb="Cancel the run"
					isGrave
					onConfirm={cancel}
					onClose={() => setAsking(false)}
				>
					<p>
						The step that runs is ended with every process it started; later
						steps do not run. What was done so far stays done.
					</p>
				</ConfirmDialog>
			)}
		</div>
	);
}
