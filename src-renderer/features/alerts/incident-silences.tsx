import { Button, Tooltip } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import type {
	IncidentDetail,
	Silence,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { showFault } from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine, useWorkspace } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { whyNot } from "../../state/why-not.ts";
import classes from "./incident-alerts.module.css";
import { SilenceDialog } from "./silence-dialog.tsx";
import { matcherText, mayExpire, silenceStatusWords } from "./silence-words.ts";

/** The silences that were asked of sources from an incident, and how to ask for another. */
export function IncidentSilences(props: {
	readonly incident: IncidentDetail;
	readonly projectId: string;
}) {
	const { incident, projectId } = props;
	const engine = useEngine();
	const project = useStore(
		useWorkspace().lists,
		({ projects }) => projects?.find(({ id }) => id === projectId) ?? null,
	);
	const reason = project && whyNot(callNeeds.silences.create, project);
	const [isAsking, setAsking] = useState(false);
	const { value, fault, reload } = useAnswer(
		`${projectId} ${incident.id}`,
		(signal) =>
			engine.silences.list({ projectId, incidentId: incident.id }, { signal }),
	);
	useAlertNews(reload);
	return (
		<section aria-label="Silences at the source">
			<div className={classes.silenceHead}>
				<h3 className={classes.title}>Silences at the source</h3>
				<Tooltip label={reason} disabled={reason === null} multiline maw={320}>
					<span>
						<Button
							variant="default"
							size="compact-sm"
							disabled={reason !== null}
							leftSection={<IconBellOff size={14} aria-hidden="true" />}
							onClick={() => setAsking(true)}
						>
							Silence at the source…
						</Button>
					</span>
				</Tooltip>
			</div>
			{fault !== null && (
				<p className={classes.none} role="alert">
					They cannot be listed: {fault}
				</p>
			)}
			{value?.unreached.map(({ integrationId, integrationName, error }) => (
				<p key={integrationId} className={classes.none}>
					<bdi>{integrationName}</bdi> does not answer, so this may be old:{" "}
					<bdi>{error}</bdi>
				</p>
			))}
			{value !== null && value.items.length > 0 && (
				<ul className={classes.rows}>
					{value.items.map((silence) => (
						<SilenceRow
							key={silence.id}
							silence={silence}
							mayAct={reason === null}
							onChanged={reload}
						/>
					))}
				</ul>
			)}
			{isAsking && (
				<SilenceDialog
					incident={incident}
					projectId={projectId}
					onMade={reload}
					onClose={() => setAsking(false)}
				/>
			)}
		</section>
	);
}

function SilenceRow(props: {
	readonly silence: Silence;
	readonly mayAct: boolean;
	onChanged(): void;
}) {
	const { silence } = props;
	const engine = useEngine();
	const [busy, setBusy] = useState(false);

	async function expire(): Promise<void> {
		setBusy(true);
		try {
			await engine.silences.expire({
				projectId: silence.projectId,
				id: silence.id,
			});
			announce("The silence is over");
		} catch (error) {
			showFault(`The silence was not ended. ${faultWords(error)}`);
		} finally {
			setBusy(false);
			props.onChanged();
		}
	}

	return (
		<li className={classes.silence}>
			<div>
				<p>
					<strong>{silenceStatusWords(silence.status)}</strong>{" "}
					<span className="dim">
						until <AbsoluteTime at={silence.endsAt} />, by{" "}
						<bdi>{silence.createdBy}</bdi> at{" "}
						<bdi>{silence.integrationName}</bdi>
					</span>
				</p>
				<p className="dim">
					<bdi>{silence.matchers.map(matcherText).join(", ")}</bdi>
				</p>
				<p className="dim">
					<bdi>{silence.comment}</bdi>
				</p>
				{silence.lastError !== null && (
					<p className={classes.fault}>
						<bdi>{silence.lastError}</bdi>
					</p>
				)}
			</div>
			{props.mayAct && mayExpire(silence.status) && (
				<Button
					variant="default"
					size="compact-sm"
					loading={busy}
					onClick={() => void expire()}
				>
					End it now
				</Button>
			)}
		</li>
	);
}
