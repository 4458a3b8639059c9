import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import type { Hypothesis } from "../../../src-shared/contract/index.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { inertText } from "../../ground/inert-text.ts";
import { EvidenceList } from "./evidence-list.tsx";
import classes from "./hypotheses.module.css";
import {
	effectWords,
	intervalWords,
	kindWords,
	type Verdict,
	verdictWords,
} from "./hypothesis-words.ts";
import { IntervalBar } from "./interval-bar.tsx";
import { VerdictButtons } from "./verdict-buttons.tsx";

/** One candidate cause: a line when closed; what is for and against it, and the verdicts, when open. */
export function HypothesisCard(props: {
	readonly hypothesis: Hypothesis;
	readonly modelId: string | null;
	readonly ownVerdict: Verdict | null;
	readonly refusal: string | null;
	readonly isOpen: boolean;
	onToggle(): void;
	onJudge(verdict: Verdict): void;
}) {
	const { hypothesis, isOpen } = props;
	const bodyId = useId();
	const Chevron = isOpen ? IconChevronDown : IconChevronRight;
	return (
		<li className={classes.card} data-open={isOpen || undefined}>
			<h3 className={classes.head}>
				<button
					type="button"
					className={classes.line}
					data-row
					aria-expanded={isOpen}
					aria-controls={bodyId}
					aria-current={isOpen || undefined}
					onClick={props.onToggle}
				>
					<span className={classes.rank}>
						<span className="visually-hidden">Rank </span>
						{hypothesis.rank}
					</span>
					<span className={classes.claim}>
						<bdi>{inertText(hypothesis.claim)}</bdi>
						<span
							className={classes.kind}
							data-claimed={
								kindWords[hypothesis.kind] === kindWords.model_claim ||
								undefined
							}
						>
							{kindWords[hypothesis.kind]}
							{props.ownVerdict !== null &&
								`, ${verdictWords[props.ownVerdict].done} by you`}
						</span>
					</span>
					<IntervalBar confidence={hypothesis.confidence} />
					<Chevron size={15} stroke={1.75} aria-hidden="true" />
				</button>
			</h3>
			<div id={bodyId} className={classes.body} hidden={!isOpen}>
				{isOpen && <Body {...props} />}
			</div>
		</li>
	);
}

function Body(props: Parameters<typeof HypothesisCard>[0]) {
	const { hypothesis, modelId } = props;
	return (
		<>
			{hypothesis.description !== "" && (
				<p className={classes.description}>
					<bdi>{inertText(hypothesis.description)}</bdi>
				</p>
			)}
			<div className={classes.sides}>
				<EvidenceList
					side="for"
					items={hypothesis.supporting}
					modelId={modelId}
				/>
				<EvidenceList
					side="against"
					items={hypothesis.contradicting}
					modelId={modelId}
				/>
			</div>
			<p className={classes.note}>{intervalWords(hypothesis.confidence)}</p>
			<VerdictButtons
				own={props.ownVerdict}
				refusal={props.refusal}
				hasKeys
				onJudge={props.onJudge}
			/>
			{hypothesis.feedback.length > 0 && (
				<ul className={classes.feedback} aria-label="Verdicts">
					{hypothesis.feedback.map((given) => (
						<li key={given.personId}>
							<span>
								<bdi>{given.personName}</bdi> {verdictWords[given.verdict].done}{" "}
								it <RelativeTime at={given.at} ago />
							</span>
							<span className="faint tabular">{effectWords(given.effect)}</span>
							{given.note !== "" && (
								<bdi className={classes.given}>{inertText(given.note)}</bdi>
							)}
						</li>
					))}
				</ul>
			)}
		</>
	);
}
