import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import type { MaintenanceWindow } from "../../../src-shared/contract/index.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import { Fault, WaitingRows } from "../../components/section.tsx";
import { doWithUndo, showFault } from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import classes from "./alert-rules.module.css";
import { matchersText } from "./rule-list.tsx";
import { WindowDialog } from "./window-dialog.tsx";
import { weeklyWords } from "./window-draft.ts";

/** Time set aside for work: what it sets off opens no incident. */
export function WindowList(props: {
	readonly projectId: string;
	/** Why nothing may be changed; null when it may. */
	readonly reason: string | null;
}) {
	const { projectId, reason } = props;
	const engine = useEngine();
	/** A window, or null for a new one. */
	const [editing, setEditing] = useState<MaintenanceWindow | null>();
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

	/** What opens once is over now; what opens every week is turned off. */
	function end({ id, name, schedule }: MaintenanceWindow): Promise<void> {
		const ended =
			schedule.kind === "once"
				? { schedule: { ...schedule, endsAt: Date.now() } }
				: { isEnabled: false };
		return doWithUndo({
			done:
				schedule.kind === "once" ? `${name} is over` : `${name} is turned off`,
			notDone: `${name} was not ended`,
			act: () =>
				engine.alertRules
					.updateWindow({ projectId, id, ...ended })
					.finally(reload),
			undo: () =>
				engine.alertRules
					.updateWindow({ projectId, id, schedule, isEnabled: true })
					.finally(reload),
		});
	}

	function setEnabled({ id, name }: MaintenanceWindow, isEnabled: boolean) {
		const set = (to: boolean) =>
			engine.alertRules
				.updateWindow({ projectId, id, isEnabled: to })
				.finally(reload);
		return doWithUndo({
			done: `${name} is turned ${isEnabled ? "on" : "off"}`,
			notDone: `${name} was not changed`,
			act: () => set(isEnabled),
			undo: () => set(!isEnabled),
		});
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
				<div className={section.above}>
					<Button variant="default" onClick={() => setEditing(null)}>
						Add a window
					</Button>
				</div>
			) : (
				<p>{reason}</p>
			)}
			{value.length > 0 && (
				<table
					className={`${section.table} ${classes.table} ${classes.windows}`}
				>
					<thead>
						<tr>
							<th scope="col">Window</th>
							<th scope="col">For</th>
							<th scope="col">When</th>
							<th scope="col">Quiet now</th>
							<th scope="col">On</th>
							<th scope="col">
								<span className="visually-hidden">What can be done</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{value.map((each) => (
							<tr key={each.id} data-off={!each.isEnabled || undefined}>
								<td>
									{reason === null ? (
										<button
											type="button"
											className={classes.link}
											onClick={() => setEditing(each)}
										>
											<bdi>{each.name}</bdi>
										</button>
									) : (
										<bdi>{each.name}</bdi>
									)}
								</td>
								<td>
									<bdi>{matchersText(each.matchers)}</bdi>
								</td>
								<td>
									<When window={each} />
								</td>
								<td className="tabular">{each.quiet}</td>
								<td>
									<Switch
										aria-label={`${each.name} is on`}
										checked={each.isEnabled}
										disabled={reason !== null}
										onChange={() => void setEnabled(each, !each.isEnabled)}
									/>
								</td>
								<td>
									{reason === null && (
										<span className={classes.rowVerbs}>
											{each.openUntil !== null && (
												<Button
													variant="default"
													size="compact-xs"
													onClick={() => void end(each)}
												>
													End it
												</Button>
											)}
											<Button
												variant="default"
												size="compact-xs"
												onClick={() => setRemoving(each)}
											>
												Remove…
											</Button>
										</span>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{editing !== undefined && (
				<WindowDialog
					projectId={projectId}
					window={editing}
					onSaved={reload}
					onClose={() => setEditing(undefined)}
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
	const { schedule, openUntil, next } = window;
	return (
		<>
			{schedule.kind === "weekly" && (
				<span className={classes.block}>{weeklyWords(schedule)}</span>
			)}
			{openUntil !== null ? (
				<>
					Open until <AbsoluteTime at={openUntil} />
				</>
			) : next === null ? (
				<span className="faint">{window.isEnabled ? "Over" : "Off"}</span>
			) : (
				<span className={schedule.kind === "weekly" ? "dim" : undefined}>
					Next <AbsoluteTime at={next.startsAt} />
				</span>
			)}
		</>
	);
}
