import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { listColumns } from "../../components/list/index.ts";
import { LiveDuration, RelativeTime } from "../../components/relative-time.tsx";
import { useKnownAction } from "../../state/use-actions.ts";
import { kindWord, secondsWords, statusWord } from "./action-words.ts";
import { ActionStatusIcon } from "./marks.tsx";
import classes from "./rows.module.css";

interface RowProps {
	readonly actionId: string;
	readonly isOpen: boolean;
	hrefOf(action: PlaybookAction): string;
}

/** One line of an incident's history. */
export function HistoryRow(props: RowProps) {
	const action = useKnownAction(props.actionId);
	if (action === undefined) return null;
	return (
		<li>
			<a
				className={classes.row}
				href={props.hrefOf(action)}
				data-row={action.id}
				aria-current={props.isOpen ? "true" : undefined}
			>
				<ActionStatusIcon status={action.status} />
				<span className={`${classes.number} tabular`}>#{action.number}</span>
				<span className={`${classes.name} truncate`}>
					<bdi>{action.playbookName}</bdi>
				</span>
				<span className={`${classes.what} truncate`}>
					{historyWords(action)}
				</span>
				<span className={`${classes.who} truncate`}>{action.author.name}</span>
				<span className={classes.when}>
					<RelativeTime at={action.startedAt ?? action.createdAt} />
				</span>
			</a>
		</li>
	);
}

const column = listColumns<PlaybookAction>();

/** One column: an action among those of all incidents takes two lines. */
export function actionColumns(hrefOf: RowProps["hrefOf"]) {
	return column.columns([
		column.display({
			id: "action",
			cell: ({ row }) => (
				<ActionRow action={row.original} href={hrefOf(row.original)} />
			),
			meta: { width: "minmax(0, 1fr)", isBare: true },
		}),
	]);
}

function ActionRow(props: {
	readonly action: PlaybookAction;
	readonly href: string;
}) {
	const { action } = props;
	return (
		<a
			className={classes.tall}
			href={props.href}
			tabIndex={-1}
			data-row={action.id}
		>
			<ActionStatusIcon status={action.status} />
			<span className={`${classes.name} truncate`}>
				<bdi>{action.playbookName}</bdi>
			</span>
			<span className={classes.when}>
				<RelativeTime at={action.startedAt ?? action.createdAt} />
			</span>
			<span className={`${classes.below} truncate`}>
				<span className="tabular">#{action.incidentNumber}</span>{" "}
				<bdi>{action.incidentTitle}</bdi>
			</span>
			<span className={`${classes.belowEnd} tabular`}>
				{action.kind !== "dry_run" && (
					<>
						{historyWords(action)}
						{action.startedAt !== null && action.status === "running" && (
							<>
								{" · "}
								<LiveDuration from={action.startedAt} to={null} />
							</>
						)}
						{action.actualDurationSeconds !== null &&
							` · ${secondsWords(action.actualDurationSeconds)}`}
					</>
				)}
				{action.kind === "dry_run" && action.author.name}
			</span>
		</a>
	);
}

/** Colour of the left border: what failed, is in doubt or runs. */
export function actionEdge({ status }: PlaybookAction): string {
	switch (status) {
		case "failed":
		case "timed_out":
			return "var(--status-critical)";
		case "unknown":
			return "var(--status-warn)";
		case "running":
			return "var(--accent)";
		default:
			return "transparent";
	}
}

function waitsForRollback({
	kind,
	approvalRequestedAt,
	rollbackPlan,
}: PlaybookAction): boolean {
	return (
		kind === "execution" &&
		approvalRequestedAt !== null &&
		rollbackPlan !== null &&
		rollbackPlan.fault === null &&
		rollbackPlan.requiresApproval &&
		rollbackPlan.approval === null
	);
}

/** `Succeeded`, `Rollback failed`, `Dry run, waits for approval`. */
function historyWords(action: PlaybookAction): string {
	if (action.kind === "dry_run") {
		if (action.approval !== null) return "Dry run, approved";
		return action.approvalRequestedAt === null
			? statusWord(action.status)
			: "Dry run, waits for approval";
	}
	const word = statusWord(action.status);
	if (waitsForRollback(action)) return `${word}, rollback waits for approval`;
	if (action.rolledBackBy !== null) return `${word}, then rolled back`;
	return action.kind === "rollback"
		? `${kindWord(action.kind)} ${word.toLowerCase()}`
		: word;
}
