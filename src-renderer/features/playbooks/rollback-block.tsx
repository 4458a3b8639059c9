import { Button } from "@mantine/core";
import { useState } from "react";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { useLiveText } from "../../ground/clock.ts";
import { useShortcuts } from "../../ground/keyboard.ts";
import { CommandLine } from "./action-preview.tsx";
import classes from "./action-view.module.css";
import type { ActionPlaces } from "./action-view.tsx";
import {
	actionName,
	downtimeWords,
	type Readiness,
	rollbackReadiness,
	shortHash,
} from "./action-words.ts";
import { ApprovalBlock } from "./approval-block.tsx";
import { RiskMark } from "./marks.tsx";
import { panelKey } from "./panel-key.ts";
import type { ActionVerbs } from "./use-action-verbs.ts";

type Plan = NonNullable<PlaybookAction["rollbackPlan"]>;

/** The way back from a run that declared one: whether it is open, who has to agree, and its key. */
export function RollbackBlock(props: {
	readonly action: PlaybookAction;
	readonly plan: Plan;
	readonly verbs: ActionVerbs;
	readonly places: ActionPlaces;
}) {
	const { action, plan, verbs, places } = props;
	const [isAsking, setAsking] = useState(false);
	const readiness = useLiveText((now) =>
		rollbackReadiness(action, plan, now),
	) as Readiness;
	const isOpen = plan.fault === null;
	const canRollBack = isOpen && readiness === "ready";

	async function rollBack(): Promise<void> {
		const begun = await verbs.perform(
			"roll-back",
			"Not rolled back",
			(done) => `${actionName(done)} has begun`,
			(playbooks) => playbooks.rollback({ actionId: action.id }),
		);
		if (begun !== null) places.open(begun);
	}
	useShortcuts([
		panelKey("b", "Roll back", canRollBack, () => setAsking(true)),
	]);
	if (!isOpen) {
		return action.rolledBackBy === null ? (
			<p className={classes.note}>It cannot be rolled back now. {plan.fault}</p>
		) : null;
	}
	return (
		<section className={classes.rollback} aria-label="Rollback">
			{plan.requiresApproval && (
				<ApprovalBlock
					action={action}
					isRequired
					approval={plan.approval}
					readiness={readiness}
					verbs={verbs}
				/>
			)}
			<div className={classes.buttons}>
				<Button
					variant="default"
					disabled={!canRollBack}
					loading={verbs.busy === "roll-back"}
					rightSection={<KeyCaps keys="b" />}
					onClick={() => setAsking(true)}
				>
					Roll back
				</Button>
				{!canRollBack && (
					<span className="dim">Its rollback can run once it is approved.</span>
				)}
			</div>
			{isAsking && (
				<ConfirmDialog
					title={`Roll back ${actionName(action).toLowerCase()}?`}
					verb="Roll back"
					isGrave={action.risk.level === "high"}
					onConfirm={() => void rollBack()}
					onClose={() => setAsking(false)}
				>
					<p>
						<RiskMark level={action.risk.level} />, {downtimeWords(action.risk)}
						. It restores what was recorded before the run and then checks that
						it did. Should that fail, it says so.
					</p>
					<RollbackSteps plan={plan} />
				</ConfirmDialog>
			)}
		</section>
	);
}

/** What would run, step by step, and the hash of all of it. */
export function RollbackSteps(props: { readonly plan: Plan }) {
	const { steps, hash } = props.plan;
	return (
		<>
			<ol className={classes.rollbackSteps}>
				{steps.map((step) => (
					<li key={`${step.phase} ${step.id}`}>
						<span className="dim">{step.title}</span>
						<CommandLine command={step.command} />
					</li>
				))}
			</ol>
			<p className={classes.hash}>
				<span className="dim">Hash</span>
				<code title={hash}>{shortHash(hash)}</code>
				<CopyButton text={hash} label="Copy the hash" />
			</p>
		</>
	);
}
