import { Anchor, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { useLiveText } from "../../ground/clock.ts";
import { useShortcuts } from "../../ground/keyboard.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { ActionPreview, CommandLine } from "./action-preview.tsx";
import { ActionSteps } from "./action-steps.tsx";
import classes from "./action-view.module.css";
import type { ActionPlaces } from "./action-view.tsx";
import {
	actionName,
	downtimeWords,
	type Readiness,
	readinessOf,
} from "./action-words.ts";
import { ApprovalBlock } from "./approval-block.tsx";
import { RiskMark } from "./marks.tsx";
import { panelKey } from "./panel-key.ts";
import { useActionVerbs } from "./use-action-verbs.ts";

/** What a run would do, who has to agree, and the key that runs it. */
export function DryRunView(props: {
	readonly action: PlaybookAction;
	readonly places: ActionPlaces;
	/** The form says something else by now. */
	readonly isStale: boolean;
}) {
	const { action, places, isStale } = props;
	const verbs = useActionVerbs();
	const execution = useExecutionOf(action);
	const [isConfirming, setConfirming] = useState(false);
	const isExecuted = execution !== undefined;
	const readiness = useLiveText((now) =>
		readinessOf(action, isExecuted, now),
	) as Readiness;
	const lacking = action.steps.find((step) => step.fault !== null);
	const canExecute = readiness === "ready" && !isStale;

	async function execute(): Promise<void> {
		const running = await verbs.perform(
			"execute",
			"Not executed",
			(begun) => `${actionName(begun)} has begun`,
			(playbooks) => playbooks.execute({ dryRunId: action.id }),
		);
		if (running !== null) places.open(running);
	}
	const start = () => {
		if (action.risk.level === "high") setConfirming(true);
		else void execute();
	};
	useShortcuts([panelKey("r", "Execute the dry run", canExecute, start)]);

	return (
		<div className={classes.dryRun} data-stale={isStale || undefined}>
			{isStale && (
				<p className={classes.stale} role="status">
					<IconAlertTriangle size={15} aria-hidden="true" />
					The parameters have changed since this dry run. Make another before
					anything can run.
				</p>
			)}
			<div inert={isStale} className={classes.dryRunBody}>
				<ActionPreview action={action} />
				<Plan action={action} />
				{!isStale && (
					<>
						<ApprovalBlock
							action={action}
							isRequired={action.requiresApproval}
							approval={action.approval}
							readiness={readiness}
							verbs={verbs}
						/>
						{lacking !== undefined && !isExecuted && (
							<p className={classes.lacking}>
								<IconAlertTriangle size={16} aria-hidden="true" />
								<span>
									It would fail at “{lacking.title}”: what that step needs is
									missing here. Mend that and dry-run again.
								</span>
							</p>
						)}
						{verbs.fault !== null && (
							<p className={classes.fault} role="alert">
								{verbs.fault}
							</p>
						)}
						{execution !== undefined ? (
							<p className={classes.relations}>
								<span>This dry run was executed.</span>
								<Anchor href={places.hrefOf(execution)} fz="inherit">
									See {actionName(execution).toLowerCase()}
								</Anchor>
							</p>
						) : (
							<div className={classes.buttons}>
								<Button
									disabled={!canExecute}
									{...(action.risk.level === "high" ? { color: "red" } : {})}
									loading={verbs.busy === "execute"}
									rightSection={<KeyCaps keys="r" />}
									onClick={start}
								>
									Execute
								</Button>
								{!canExecute && (
									<span className="dim">It can run once it is approved.</span>
								)}
							</div>
						)}
					</>
				)}
			</div>
			{isConfirming && (
				<ConfirmDialog
					title={`Execute ${action.playbookName}?`}
					verb="Execute"
					isGrave
					onConfirm={() => void execute()}
					onClose={() => setConfirming(false)}
				>
					<p>
						<RiskMark level={action.risk.level} />, {downtimeWords(action.risk)}
						.{" "}
						{action.risk.affectedSystems.length > 0 &&
							`It touches ${action.risk.affectedSystems.join(", ")}. `}
						{action.risk.isReversible
							? "A rollback is declared; it may fail too."
							: "It cannot be rolled back."}
					</p>
					<CommandLine command={action.command} />
				</ConfirmDialog>
			)}
		</div>
	);
}

/** The order in which it would go, and what is missing to run it here. One step that lacks nothing says no more than the command. */
function Plan(props: { readonly action: PlaybookAction }) {
	const { steps } = props.action;
	const isPlain =
		steps.length < 2 && steps.every((step) => step.fault === null);
	return isPlain ? null : <ActionSteps action={props.action} />;
}

/** The run of a dry run, where it is known: a dry run is executed once. */
function useExecutionOf(action: PlaybookAction): PlaybookAction | undefined {
	return useStore(useWorkspace().actions.state, ({ known }) => {
		for (const each of known.values()) {
			if (each.dryRunId === action.id) return each;
		}
	});
}
