import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type {
	IncidentDetail,
	Playbook,
	TimelineEvent,
} from "../../../src-shared/contract/index.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import classes from "./checklist-view.module.css";

/**
 * Steps for people. What is ticked is what the timeline says: a tick writes a note, and taking it
 * back writes another, because a note is never erased.
 */
export function ChecklistView(props: {
	readonly incident: IncidentDetail;
	readonly playbook: Playbook;
}) {
	const { incident, playbook } = props;
	const engine = useEngine();
	const [own, setOwn] = useState<OwnTick | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	const steps = [...new Set(playbook.checklist)];
	const notes = steps.map((step) =>
		newestNote(incident.timeline, noteOf(step), takenBackOf(step)),
	);
	// A tick of one's own shows at once, and until the timeline has its note.
	const isWaiting =
		own !== null && !incident.timeline.some(({ id }) => id === own.noteId);
	const ticks = steps.map((step, index) =>
		isWaiting && own.step === step ? own.isDone : isTicked(notes[index]),
	);
	const done = ticks.filter(Boolean).length;

	async function tick(step: string, isDone: boolean): Promise<void> {
		setOwn({ step, isDone, noteId: null });
		try {
			const note = await engine.incidents.addNote({
				id: incident.id,
				text: isDone ? noteOf(step) : takenBackOf(step),
			});
			setOwn({ step, isDone, noteId: note.id });
			setFault(null);
			announce(isDone ? `Done: ${step}` : `Not done: ${step}`);
		} catch (error) {
			setOwn(null);
			setFault(`It was not noted, so nothing changed. ${faultWords(error)}`);
		}
	}

	return (
		<section aria-label={`Checklist of ${playbook.name}`}>
			<p className={classes.count}>
				<span className="tabular">
					{done} of {steps.length} done.
				</span>{" "}
				A tick writes a note into the timeline, in your name.
			</p>
			<ul className={classes.steps}>
				{steps.map((step, index) => {
					const note = notes[index];
					return (
						<li key={step} className={classes.step}>
							<Checkbox
								size="xs"
								label={step}
								checked={ticks[index] === true}
								disabled={isWaiting && own.noteId === null}
								onChange={(event) =>
									void tick(step, event.currentTarget.checked)
								}
							/>
							{note !== undefined && !(isWaiting && own.step === step) && (
								<span className={classes.who}>
									{isTicked(note) ? "" : "taken back by "}
									{note.author.name} <RelativeTime at={note.occurredAt} ago />
								</span>
							)}
						</li>
					);
				})}
			</ul>
			{fault !== null && (
				<p className={classes.fault} role="alert">
					{fault}
				</p>
			)}
		</section>
	);
}

interface OwnTick {
	readonly step: string;
	readonly isDone: boolean;
	/** Null until the engine has it. */
	readonly noteId: string | null;
}

function noteOf(step: string): string {
	return `Done: ${step}`;
}

function takenBackOf(step: string): string {
	return `Not done after all: ${step}`;
}

function isTicked(note: TimelineEvent | undefined): boolean {
	return note?.text.startsWith("Done: ") === true;
}

/** The last word on a step, by the time it was written. */
function newestNote(
	timeline: readonly TimelineEvent[],
	...texts: readonly string[]
): TimelineEvent | undefined {
	const trimmed = texts.map((text) => text.trim());
	let newest: TimelineEvent | undefined;
	for (const event of timeline) {
		if (event.kind !== "note" || !trimmed.includes(event.text)) continue;
		if (newest === undefined || event.recordedAt >= newest.recordedAt) {
			newest = event;
		}
	}
	return newest;
}
