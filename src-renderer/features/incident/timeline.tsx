import { Anchor } from "@mantine/core";
import {
	IconArrowBackUp,
	IconBellRinging,
	IconChartHistogram,
	IconChecklist,
	IconFlag,
	IconMessage,
	IconPencil,
	IconPlayerPlay,
	IconPointFilled,
	IconStairsUp,
	IconSwitchHorizontal,
	IconUser,
	type TablerIcon,
} from "@tabler/icons-react";
import type { TimelineEvent } from "../../../src-shared/contract/index.ts";
import { incidentStates } from "../../../src-shared/domain/lifecycle.ts";
import { AbsoluteTime, RelativeTime } from "../../components/relative-time.tsx";
import { StateIcon } from "../../components/state-mark.tsx";
import { currentPlace, placeHash } from "../../ground/router.ts";
import classes from "./timeline.module.css";

const icons: Readonly<Record<TimelineEvent["kind"], TablerIcon>> = {
	opened: IconBellRinging,
	state_changed: IconSwitchHorizontal,
	severity_changed: IconFlag,
	owner_changed: IconUser,
	note: IconMessage,
	evidence: IconChartHistogram,
	signal: IconPointFilled,
	undone: IconArrowBackUp,
	edited: IconPencil,
	escalation: IconStairsUp,
	runbook_step: IconChecklist,
	action: IconPlayerPlay,
};

/** Recorded more than this after it occurred, an entry says so. */
const lateAfter = 60_000;

/** What happened, oldest first, by the time it occurred. All text is shown as text. */
export function Timeline(props: {
	readonly events: readonly TimelineEvent[];
	/** Stands above the timeline; an entry does not say it again. */
	readonly description: string;
}) {
	const events = [...props.events].sort(
		(a, b) => a.occurredAt - b.occurredAt || a.recordedAt - b.recordedAt,
	);
	if (events.length === 0) {
		return <p className="dim">Nothing happened yet.</p>;
	}
	return (
		<ol className={classes.timeline} aria-label="Timeline">
			{events.map((event) => (
				<Entry
					key={event.id}
					event={event}
					repeats={event.kind === "opened" && event.text === props.description}
				/>
			))}
		</ol>
	);
}

function Entry(props: {
	readonly event: TimelineEvent;
	readonly repeats: boolean;
}) {
	const { event } = props;
	const driftId = textOf(event.data.driftId ?? event.data.drift_id);
	const modelId = textOf(event.data.modelId ?? event.data.model_id);
	const actionId = textOf(event.data.actionId ?? event.data.action_id);
	return (
		<li className={classes.entry} data-kind={event.kind}>
			<span className={classes.icon} aria-hidden="true">
				<EntryIcon event={event} />
			</span>
			<div className={classes.body}>
				<p className={classes.line}>
					<span className={classes.author}>{event.author.name}</span>
					{event.kind !== "note" && (
						<span className={classes.what}>
							{props.repeats ? "opened the incident" : event.text}
						</span>
					)}
					<span className={classes.when}>
						<RelativeTime at={event.occurredAt} />
						<span className={classes.absolute}>
							<AbsoluteTime at={event.occurredAt} />
						</span>
					</span>
				</p>
				{event.kind === "note" && <p className={classes.note}>{event.text}</p>}
				{event.recordedAt - event.occurredAt > lateAfter && (
					<p className={classes.late}>
						Recorded later, at <AbsoluteTime at={event.recordedAt} />
					</p>
				)}
				{driftId !== null && modelId !== null && (
					<Anchor
						fz="sm"
						href={placeHash(["drift", modelId], { drift: driftId })}
					>
						See the evidence
					</Anchor>
				)}
				{actionId !== null && (
					<Anchor
						fz="sm"
						href={placeHash(
							["incident", event.incidentId, "action", actionId],
							currentPlace().query,
						)}
					>
						Open the action
					</Anchor>
				)}
			</div>
		</li>
	);
}

function EntryIcon(props: { readonly event: TimelineEvent }) {
	const { kind, data } = props.event;
	const to = incidentStates.find((state) => state === data.to);
	if (kind === "state_changed" && to !== undefined) {
		return <StateIcon state={to} />;
	}
	const Icon = icons[kind];
	return <Icon size={15} stroke={1.6} />;
}

function textOf(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}
