import { Button, Modal, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useState } from "react";
import type { MaintenanceWindow } from "../../../src-shared/contract/index.ts";
import { announce } from "../../app/announcer.tsx";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { faultWords } from "../../state/incident-verbs.ts";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { ConfirmDialog } from "../playbooks/confirm-dialog.tsx";
import { Fault, WaitingRows } from "../settings/section.tsx";
import settings from "../settings/settings-page.module.css";
import { showFault } from "../settings/undo-toast.tsx";
import classes from "./alert-rules.module.css";
import { matchersText } from "./rule-list.tsx";

/** Time set aside for work: what it sets off opens no incident. */
export function WindowList(props: {
	readonly projectId: string;
	/** Why nothing may be changed; null when it may. */
	readonly reason: string | null;
}) {
	const { projectId, reason } = props;
	const engine = useEngine();
	const [isAdding, setAdding] = useState(false);
	const [removing, setRemoving] = useState<MaintenanceWindow | null>(null);
	const { value, fault, reload } = useAnswer(projectId, (signal) =>
		engine.alertRules.windows({ projectId }, { signal }),
	);
	useAlertNews(reload);

	async function remove({ id, name }: MaintenanceWindow): Promise<void> {
		try {
			await engine.alertRules.removeWindow({ projectId, id });
			announce(`${name} was removed`);
		} catch (error) {
			showFault(`${name} was not removed. ${faultWords(error)}`);
		}
		reload();
	}

	if (value === null) {
		return fault === null ? (
			<WaitingRows rows={1} />
		) : (
			<Fault>The windows could not be listed: {fault}</Fault>
		);
	}
	return (
		<>
			<p>
				While a window is open, the alerts that it matches are listed and open
				no incident.
			</p>
			{reason === null ? (
				<div className={settings.above}>
					<Button variant="default" onClick={() => setAdding(true)}>
						Add a window
					</Button>
				</div>
			) : (
				<p>{reason}</p>
			)}
			{value.length > 0 && (
				<table className={`${settings.table} ${classes.table}`}>
					<thead>
						<tr>
							<th scope="col">Window</th>
							<th scope="col">For</th>
							<th scope="col">When</th>
							<th scope="col">
								<span className="visually-hidden">What can be done</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{value.map((each) => (
							<tr key={each.id}>
								<td>
									<bdi>{each.name}</bdi>
								</td>
								<td>
									<bdi>{matchersText(each.matchers)}</bdi>
								</td>
								<td>
									<When window={each} />
								</td>
								<td>
									{reason === null && (
										<Button
											variant="default"
											size="compact-xs"
											onClick={() => setRemoving(each)}
										>
											Remove…
										</Button>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{isAdding && (
				<AddWindow
					projectId={projectId}
					onAdded={reload}
					onClose={() => setAdding(false)}
				/>
			)}
			{removing !== null && (
				<ConfirmDialog
					title={`Remove “${removing.name}”?`}
					verb="Remove the window"
					isGrave
					onConfirm={() => void remove(removing)}
					onClose={() => setRemoving(null)}
				>
					Alerts that it kept quiet and that still fire may open incidents at
					once.
				</ConfirmDialog>
			)}
		</>
	);
}

function When({ window }: { readonly window: MaintenanceWindow }) {
	if (window.openUntil !== null) {
		return (
			<>
				Open until <AbsoluteTime at={window.openUntil} />
			</>
		);
	}
	return window.next === null ? (
		<span className="faint">Over</span>
	) : (
		<>
			Next <AbsoluteTime at={window.next.startsAt} />
		</>
	);
}

/** One that opens once, for the whole project. */
function AddWindow(props: {
	readonly projectId: string;
	onAdded(): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const [name, setName] = useState("");
	const [from, setFrom] = useState<Date | null>(null);
	const [to, setTo] = useState<Date | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const isBackwards = from !== null && to !== null && to <= from;

	async function add(): Promise<void> {
		if (from === null || to === null) return;
		setBusy(true);
		setFault(null);
		try {
			await engine.alertRules.addWindow({
				projectId: props.projectId,
				name: name.trim(),
				schedule: {
					kind: "once",
					startsAt: from.getTime(),
					endsAt: to.getTime(),
				},
			});
			announce(`${name.trim()} was added`);
			props.onAdded();
			props.onClose();
		} catch (error) {
			setFault(`It was not added. ${faultWords(error)}`);
			setBusy(false);
		}
	}

	return (
		<Modal opened onClose={props.onClose} title="Add a window" size={460}>
			<form
				className={settings.form}
				onSubmit={(event) => {
					event.preventDefault();
					void add();
				}}
			>
				<p>It is for every alert of the project, once.</p>
				<TextInput
					label="Name"
					required
					maxLength={200}
					data-autofocus
					value={name}
					onChange={(event) => setName(event.currentTarget.value)}
				/>
				<DateTimePicker
					label="From"
					value={from}
					onChange={(at) => setFrom(at === null ? null : new Date(at))}
				/>
				<DateTimePicker
					label="Until"
					value={to}
					error={isBackwards ? "It must be after the beginning." : null}
					onChange={(at) => setTo(at === null ? null : new Date(at))}
				/>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={settings.buttons}>
					<Button
						type="submit"
						loading={busy}
						disabled={
							name.trim() === "" || from === null || to === null || isBackwards
						}
					>
						Add
					</Button>
					<Button variant="default" onClick={props.onClose}>
						Cancel
					</Button>
				</div>
			</form>
		</Modal>
	);
}
