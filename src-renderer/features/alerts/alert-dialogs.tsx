import { Button, Modal } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useState } from "react";
import type {
	AlertSummary,
	AlertVerb,
	Placement,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { Picker } from "../../components/picker.tsx";
import { timeTitle } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import { usePreferences } from "../../ground/preferences.ts";
import { clockTime } from "../../ground/time-text.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import classes from "./alert-detail.module.css";
import type { AlertList } from "./alert-list.ts";
import { useAlertSelection } from "./alert-selection.ts";
import { statusName } from "./alert-words.ts";
import { likelyOriginals } from "./likely-originals.ts";
import { PlaceDialog } from "./place-dialog.tsx";
import { snoozeChoices } from "./snooze-choices.ts";

/** The menus of the verbs that ask something: what it repeats, and until when it is put off. */
export function AlertDialogs(props: {
	readonly project: ProjectSummary;
	readonly list: AlertList | null;
	onAct(ids: readonly string[], verb: AlertVerb): void;
	onPlace(ids: readonly string[], to: Placement, number: number | null): void;
}) {
	const asking = useAlertSelection((each) => each.asking);
	const targets = asking === null ? [] : useAlertSelection.getState().targets();
	if (asking === null || targets.length === 0) return null;
	switch (asking) {
		case "snooze":
			return <SnoozeDialog {...props} targets={targets} />;
		case "duplicate":
			return <DuplicateDialog {...props} targets={targets} />;
		case "place":
			return (
				<PlaceDialog
					project={props.project}
					what={targetWords(targets, props.list)}
					from={incidentsOf(targets, props.list)}
					onPlace={(to, number) => props.onPlace(targets, to, number)}
					onClose={close}
				/>
			);
		default:
			return assertNever(asking, "alert question");
	}
}

interface DialogProps {
	readonly project: ProjectSummary;
	readonly list: AlertList | null;
	readonly targets: readonly string[];
	onAct(ids: readonly string[], verb: AlertVerb): void;
}

const close = () => useAlertSelection.getState().ask(null);

function SnoozeDialog({ targets, list, onAct }: DialogProps) {
	const [isCustom, setCustom] = useState(false);
	const zone = usePreferences((each) => each.zone);
	const [now] = useState(() => Date.now());
	const snooze = (until: number) => onAct(targets, { kind: "snooze", until });
	if (isCustom) return <CustomSnooze onPick={snooze} />;
	return (
		<Picker<number | null>
			title={`Snooze ${targetWords(targets, list)}`}
			// Picking closes first: the question of a time of one's own comes after.
			onClose={() => close()}
			choices={[
				...snoozeChoices(now).map(({ label, until }, index) => ({
					value: until,
					label,
					content: (
						<span className={classes.choice} title={timeTitle(until, zone)}>
							{label}
							<span className="dim tabular">{clockTime(until, zone, now)}</span>
						</span>
					),
					digit: String(index + 1),
				})),
				{
					value: null,
					label: "Until another time…",
					content: "Until another time…",
					digit: "6",
				},
			]}
			onPick={(until) => {
				if (until !== null) {
					snooze(until);
					return;
				}
				useAlertSelection.getState().ask("snooze");
				setCustom(true);
			}}
		/>
	);
}

function CustomSnooze(props: { onPick(until: number): void }) {
	const [at, setAt] = useState<Date | null>(null);
	const isPast = at !== null && at.getTime() <= Date.now();
	return (
		<Modal opened onClose={close} title="Snooze until" size={380}>
			<form
				className={section.form}
				onSubmit={(event) => {
					event.preventDefault();
					if (at === null || isPast) return;
					close();
					props.onPick(at.getTime());
				}}
			>
				<DateTimePicker
					data-autofocus
					label="Time"
					description="In the time zone of this machine"
					placeholder="Choose a day and a time"
					minDate={new Date()}
					value={at}
					error={isPast ? "It must be in the future." : null}
					onChange={(value) => setAt(value === null ? null : new Date(value))}
				/>
				<div className={section.buttons}>
					<Button type="submit" disabled={at === null || isPast}>
						Snooze
					</Button>
					<Button variant="default" onClick={close}>
						Cancel
					</Button>
				</div>
			</form>
		</Modal>
	);
}

function DuplicateDialog({ project, targets, list, onAct }: DialogProps) {
	const engine = useEngine();
	const { value } = useAnswer(project.id, (signal) =>
		engine.alerts.list({ projectId: project.id, limit: 200 }, { signal }),
	);
	const first = list?.get(targets[0] ?? "");
	const candidates = likelyOriginals(value?.items ?? [], targets, first);
	return (
		<Picker<string | null>
			title={`What ${targetWords(targets, list)} repeats`}
			onClose={close}
			choices={[
				{
					value: null,
					label: "No alert in particular",
					content: "No alert in particular",
				},
				...candidates.map((alert) => ({
					value: alert.id,
					label: `${alert.name} ${alert.service ?? ""} ${alert.summary} ${alert.id}`,
					content: <Candidate alert={alert} />,
				})),
			]}
			onPick={(ofId) => onAct(targets, { kind: "duplicate", ofId })}
		/>
	);
}

function Candidate({ alert }: { readonly alert: AlertSummary }) {
	const zone = usePreferences((each) => each.zone);
	return (
		<span className={classes.choice}>
			<span className="truncate">
				<bdi>{alert.name}</bdi>{" "}
				<bdi className="dim">{alert.service ?? alert.integrationName}</bdi>
			</span>
			<span className="dim tabular">
				{statusName(alert.status)} {clockTime(alert.startsAt, zone)}
			</span>
		</span>
	);
}

/** The incidents that alerts are in; null for one that the list does not know. */
function incidentsOf(targets: readonly string[], list: AlertList | null) {
	return targets.map((id) => {
		const alert = list?.get(id);
		return alert === undefined ? undefined : alert.incidentId;
	});
}

function targetWords(
	targets: readonly string[],
	list: AlertList | null,
): string {
	const [only] = targets;
	const name = only === undefined ? undefined : list?.get(only)?.name;
	return targets.length === 1
		? name === undefined
			? "the alert"
			: `“${[...name].slice(0, 60).join("")}”`
		: `${targets.length} alerts`;
}
