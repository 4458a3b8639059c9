import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { LiveDuration } from "../../components/relative-time.tsx";
import { inertCommand, inertText } from "../../ground/inert-text.ts";
import classes from "./action-view.module.css";
import { secondsWords } from "./action-words.ts";
import { PlannedMark, StepStatusMark } from "./marks.tsx";

type Step = PlaybookAction["steps"][number];

const phaseWords: Readonly<Record<Step["phase"], string>> = {
	step: "Steps",
	verification: "Verification",
	rollback: "Rollback",
	rollback_verification: "Verification of the rollback",
};

/** Every step with its state and duration, by the part of the playbook it belongs to. */
export function ActionSteps(props: { readonly action: PlaybookAction }) {
	const { steps } = props.action;
	const phases = [...new Set(steps.map((step) => step.phase))];
	if (steps.length === 0) return null;
	return (
		<>
			{phases.map((phase) => (
				<section key={phase} aria-label={phaseWords[phase]}>
					<h4 className={classes.heading}>{phaseWords[phase]}</h4>
					<ol className={classes.steps}>
						{steps
							.filter((step) => step.phase === phase)
							.map((step, index, all) => (
								<StepRow
									key={`${step.phase} ${step.id}`}
									step={step}
									isPlan={props.action.kind === "dry_run"}
									isRepeated={
										step.fault !== null && step.fault === all[index - 1]?.fault
									}
								/>
							))}
					</ol>
				</section>
			))}
		</>
	);
}

function StepRow(props: {
	readonly step: Step;
	/** Of a dry run: nothing of it has run. */
	readonly isPlan: boolean;
	/** The step above says the same fault. */
	readonly isRepeated: boolean;
}) {
	const { step } = props;
	return (
		<li className={classes.step} data-status={step.status}>
			<div className={classes.stepLine}>
				<span className={classes.stepStatus}>
					{props.isPlan ? (
						<PlannedMark isMissing={step.fault !== null} />
					) : (
						<StepStatusMark status={step.status} />
					)}
				</span>
				<span className="truncate" title={step.title}>
					<bdi>{step.title}</bdi>
				</span>
				<code className={classes.stepCommand} title={step.command}>
					<bdi>{inertCommand(step.command)}</bdi>
				</code>
				<span className={`${classes.stepFacts} tabular`}>
					{step.exitCode !== null && (
						<span title="The exit code of the program">
							exit {step.exitCode}
						</span>
					)}
					{step.startedAt !== null &&
						(step.endedAt !== null ? (
							<span>
								{secondsWords((step.endedAt - step.startedAt) / 1_000)}
							</span>
						) : (
							step.status === "running" && (
								<LiveDuration from={step.startedAt} to={null} />
							)
						))}
				</span>
			</div>
			{step.fault !== null && !props.isRepeated && (
				<p className={classes.stepFault} data-plan={props.isPlan || undefined}>
					{inertText(step.fault)}
				</p>
			)}
		</li>
	);
}
