import {
	IconAlertTriangle,
	IconAlertTriangleFilled,
	IconBan,
	IconCircle,
	IconCircleCheck,
	IconCircleX,
	IconClockX,
	IconEyeCheck,
	IconHelpTriangle,
	IconListCheck,
	IconPlayerSkipForward,
	IconProgress,
	IconShieldCheck,
	type TablerIcon,
} from "@tabler/icons-react";
import type {
	ActionStatus,
	Playbook,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import { riskWord, statusWord } from "./action-words.ts";
import classes from "./marks.module.css";

type StepStatus = PlaybookAction["steps"][number]["status"];

interface Mark {
	readonly icon: TablerIcon;
	readonly colour: string;
}

const ok = { icon: IconCircleCheck, colour: "var(--status-ok)" };
const failed = { icon: IconCircleX, colour: "var(--status-critical)" };
const running = { icon: IconProgress, colour: "var(--accent-text)" };
const cancelled = { icon: IconBan, colour: "var(--status-none)" };
const timedOut = { icon: IconClockX, colour: "var(--status-critical)" };
const unknown = { icon: IconHelpTriangle, colour: "var(--status-warn)" };

const statusMarks: Readonly<Record<ActionStatus, Mark>> = {
	dry_run_success: { icon: IconEyeCheck, colour: "var(--status-none)" },
	running,
	success: ok,
	failed,
	cancelled,
	timed_out: timedOut,
	unknown,
};

const stepMarks: Readonly<
	Record<StepStatus, Mark & { readonly word: string }>
> = {
	pending: { icon: IconCircle, colour: "var(--text-faint)", word: "Waiting" },
	running: { ...running, word: "Running" },
	success: { ...ok, word: "Done" },
	failed: { ...failed, word: "Failed" },
	cancelled: { ...cancelled, word: "Cancelled" },
	timed_out: { ...timedOut, word: "Timed out" },
	unknown: { ...unknown, word: "Unknown" },
	skipped: {
		icon: IconPlayerSkipForward,
		colour: "var(--text-faint)",
		word: "Not run",
	},
};

const riskMarks: Readonly<Record<Playbook["risk"]["level"], Mark>> = {
	low: { icon: IconShieldCheck, colour: "var(--text-dim)" },
	medium: { icon: IconAlertTriangle, colour: "var(--status-warn)" },
	high: { icon: IconAlertTriangleFilled, colour: "var(--status-critical)" },
};

/** The status of an action as icon and word. */
export function ActionStatusMark(props: { readonly status: ActionStatus }) {
	return (
		<WithWord
			mark={statusMarks[props.status]}
			word={statusWord(props.status)}
		/>
	);
}

/** The same without the word, which stands beside it for screen readers. */
export function ActionStatusIcon(props: { readonly status: ActionStatus }) {
	return (
		<>
			<MarkIcon mark={statusMarks[props.status]} />
			<span className="visually-hidden">{statusWord(props.status)}</span>
		</>
	);
}

/** The status of a step as icon and word. */
export function StepStatusMark(props: { readonly status: StepStatus }) {
	const mark = stepMarks[props.status];
	return <WithWord mark={mark} word={mark.word} />;
}

/** A step of a dry run: it would run, or something that it needs is missing. */
export function PlannedMark(props: { readonly isMissing: boolean }) {
	return props.isMissing ? (
		<WithWord mark={unknown} word="Cannot run" />
	) : (
		<WithWord mark={stepMarks.pending} word="Would run" />
	);
}

/** `High risk`, as icon and word. */
export function RiskMark(props: {
	readonly level: Playbook["risk"]["level"];
	/** Only `High`, where a heading says risk. */
	readonly isShort?: boolean;
}) {
	const word = riskWord(props.level);
	return (
		<WithWord
			mark={riskMarks[props.level]}
			word={props.isShort === true ? word : `${word} risk`}
		/>
	);
}

/** A list for people to tick off instead of something that runs. */
export function ChecklistIcon() {
	return <IconListCheck size={14} aria-hidden="true" />;
}

function WithWord(props: { readonly mark: Mark; readonly word: string }) {
	return (
		<span className={classes.mark} style={{ color: props.mark.colour }}>
			<MarkIcon mark={props.mark} />
			{props.word}
		</span>
	);
}

function MarkIcon({ mark }: { readonly mark: Mark }) {
	const Icon = mark.icon;
	return (
		<Icon
			size={14}
			stroke={1.9}
			aria-hidden="true"
			className={classes.icon}
			style={{ color: mark.colour }}
		/>
	);
}
