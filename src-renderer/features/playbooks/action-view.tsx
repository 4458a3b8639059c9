import { Anchor, Skeleton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { LiveDuration, RelativeTime } from "../../components/relative-time.tsx";
import { announce } from "../../ground/announcer.tsx";
import { inertText } from "../../ground/inert-text.ts";
import { useAction } from "../../state/use-actions.ts";
import { ActionLog } from "./action-log.tsx";
import { ActionPreview } from "./action-preview.tsx";
import { ActionProgress } from "./action-progress.tsx";
import { ActionSteps } from "./action-steps.tsx";
import classes from "./action-view.module.css";
import {
	actionName,
	isEnded,
	secondsWords,
	statusWord,
} from "./action-words.ts";
import { DryRunView } from "./dry-run-view.tsx";
import { ActionStatusMark } from "./marks.tsx";
import { RollbackBlock } from "./rollback-block.tsx";
import { RunButtons } from "./run-buttons.tsx";
import { UnknownBlock } from "./unknown-block.tsx";
import { useActionVerbs } from "./use-action-verbs.ts";

/** How the place where an action is shown opens another one. */
export interface ActionPlaces {
	/** The address of an action, for a link. */
	hrefOf(action: { readonly id: string; readonly incidentId: string }): string;
	open(action: PlaybookAction): void;
	/** Fills the playbook's form with an action's parameters; absent where there is no form. */
	reuse?(action: PlaybookAction): void;
}

/** One action, whatever it is: what would run, what runs, what ran. */
export function ActionView(props: {
	readonly actionId: string;
	readonly places: ActionPlaces;
}) {
	const { action, fault } = useAction(props.actionId);
	if (action === null) {
		return fault === null ? (
			<Loading />
		) : (
			<EmptyState
				title="This action cannot be shown"
				text={`${fault} The link may be from another machine or database.`}
			/>
		);
	}
	return (
		<article className={classes.action} aria-label={actionName(action)}>
			<ActionHead action={action} />
			{action.kind === "dry_run" ? (
				<DryRunView action={action} places={props.places} isStale={false} />
			) : (
				<RunView key={action.id} action={action} places={props.places} />
			)}
		</article>
	);
}

function ActionHead(props: { readonly action: PlaybookAction }) {
	const { action } = props;
	return (
		<header className={classes.head}>
			<h3 className={classes.title}>
				<bdi>{action.playbookName}</bdi>
			</h3>
			<p className={classes.who}>
				<ActionStatusMark status={action.status} />
				<span className="tabular">
					{action.kind === "dry_run" ? `#${action.number}` : actionName(action)}
				</span>
				<span>
					by {action.author.name}{" "}
					<RelativeTime at={action.startedAt ?? action.createdAt} ago />
				</span>
				{action.startedAt !== null && action.status === "running" && (
					<span>
						for <LiveDuration from={action.startedAt} to={null} />
					</span>
				)}
				{action.actualDurationSeconds !== null && (
					<span>took {secondsWords(action.actualDurationSeconds)}</span>
				)}
			</p>
		</header>
	);
}

function RunView(props: {
	readonly action: PlaybookAction;
	readonly places: ActionPlaces;
}) {
	const { action, places } = props;
	const verbs = useActionVerbs();
	useEndAnnouncement(action);
	return (
		<>
			<Outcome action={action} />
			{action.status === "running" && <ActionProgress action={action} />}
			{action.status === "unknown" && (
				<UnknownBlock action={action} verbs={verbs} />
			)}
			{verbs.fault !== null && (
				<p className={classes.fault} role="alert">
					{verbs.fault}
				</p>
			)}
			<div className={classes.ways}>
				{action.rollbackPlan !== null && action.status !== "running" && (
					<RollbackBlock
						action={action}
						plan={action.rollbackPlan}
						verbs={verbs}
						places={places}
					/>
				)}
				<RunButtons action={action} verbs={verbs} places={places} />
			</div>
			<Relations action={action} places={places} />
			<ActionSteps action={action} />
			<ActionLog action={action} />
			<section aria-label="What was run">
				<h4 className={classes.heading}>
					{isEnded(action) ? "What was run" : "What is run"}
				</h4>
				<ActionPreview action={action} />
			</section>
		</>
	);
}

/** What it came to, in the engine's words; what failed says what to do. */
function Outcome(props: { readonly action: PlaybookAction }) {
	const { action } = props;
	if (action.status === "running" || action.status === "unknown") return null;
	const failed = action.steps.find(
		(step) => step.status === "failed" || step.status === "timed_out",
	);
	const fault = failed?.fault ?? null;
	return (
		<div className={classes.outcome} data-status={action.status}>
			<p>
				<bdi>{inertText(action.message)}</bdi>
			</p>
			{failed !== undefined && (
				<p className="dim">
					It stopped at “{failed.title}”
					{failed.exitCode !== null && `, exit code ${failed.exitCode}`}
					{fault !== null && fault !== action.message
						? `: ${inertText(fault)}`
						: "."}
				</p>
			)}
		</div>
	);
}

function Relations(props: {
	readonly action: PlaybookAction;
	readonly places: ActionPlaces;
}) {
	const { action, places } = props;
	const link = (id: string, words: string) => (
		<Anchor
			href={places.hrefOf({ id, incidentId: action.incidentId })}
			fz="inherit"
		>
			{words}
		</Anchor>
	);
	const { dryRunId, rollbackOf, rolledBackBy } = action;
	if (dryRunId === null && rollbackOf === null && rolledBackBy === null) {
		return null;
	}
	return (
		<p className={classes.relations}>
			{rolledBackBy !== null && link(rolledBackBy, "Was rolled back: see how")}
			{rollbackOf !== null && link(rollbackOf, "The run that it rolls back")}
			{dryRunId !== null &&
				link(
					dryRunId,
					action.approval === null ? "Its dry run" : "Its dry run and approval",
				)}
			{action.approval !== null && (
				<span className="dim">
					Approved by {action.approval.approverName}{" "}
					<RelativeTime at={action.approval.approvedAt} ago />
				</span>
			)}
		</p>
	);
}

/** Says aloud how a run that was watched has ended. */
function useEndAnnouncement(action: PlaybookAction): void {
	const before = useRef(action.status);
	useEffect(() => {
		if (before.current === "running" && action.status !== "running") {
			announce(
				`${actionName(action)}, ${action.playbookName}: ${statusWord(action.status)}. ${action.message}`,
				action.status === "success" ? "polite" : "assertive",
			);
		}
		before.current = action.status;
	}, [action]);
}

function Loading() {
	return (
		<div role="status" aria-label="Loading" className={classes.action}>
			<Skeleton height={20} width="50%" />
			<Skeleton height={14} width="70%" />
			<Skeleton height={64} />
			<Skeleton height={280} />
		</div>
	);
}
