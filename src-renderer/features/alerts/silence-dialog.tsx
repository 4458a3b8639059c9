import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type {
	IncidentDetail,
	SilencePreview,
} from "../../../src-shared/contract/index.ts";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import classes from "./incident-alerts.module.css";
import { matcherText, parseMatchers } from "./silence-words.ts";

const durations = [
	["1800000", "30 minutes"],
	["7200000", "2 hours"],
	["28800000", "8 hours"],
	["86400000", "1 day"],
	["604800000", "1 week"],
] as const;
const previewAfter = 500;

/** Asks the source of an incident's alerts to be quiet: first what it would match, then for how long and why. */
export function SilenceDialog(props: {
	readonly incident: IncidentDetail;
	readonly projectId: string;
	onMade(): void;
	onClose(): void;
}) {
	const { incident, projectId } = props;
	const engine = useEngine();
	/** Null until somebody changed what the alerts have in common. */
	const [text, setText] = useState<string | null>(null);
	const [asked] = useDebouncedValue(text, previewAfter);
	const [duration, setDuration] = useState<string>("7200000");
	const [comment, setComment] = useState("");
	const { run, busy, fault } = useVerbs<"create">();
	const parsed = text === null ? null : parseMatchers(text);
	const askedMatchers = asked === null ? null : parseMatchers(asked);
	const isReadable =
		askedMatchers === null ||
		("matchers" in askedMatchers && askedMatchers.matchers.length > 0);
	const preview = useAnswer(
		isReadable ? `${incident.id} ${asked ?? ""}` : null,
		(signal) =>
			engine.silences.preview(
				{
					projectId,
					incidentId: incident.id,
					...(askedMatchers !== null &&
						"matchers" in askedMatchers && {
							matchers: askedMatchers.matchers,
						}),
				},
				{ signal },
			),
	);
	const shownText =
		text ?? preview.value?.matchers.map(matcherText).join("\n") ?? "";
	const textFault =
		parsed !== null && "faultyLine" in parsed
			? `“${parsed.faultyLine}” is not of the form label="value".`
			: null;
	/** Only what was looked at is asked for. */
	const isSeen = preview.value !== null && text === asked && textFault === null;

	async function create(): Promise<void> {
		const { value } = preview;
		if (value === null) return;
		await run("create", "No silence was made", async () => {
			const made = await engine.silences.create({
				projectId,
				incidentId: incident.id,
				integrationId: value.integrationId,
				matchers: value.matchers,
				endsAt: Date.now() + Number(duration),
				comment: comment.trim(),
			});
			announce(`${made.integrationName} is silenced`);
			props.onMade();
			props.onClose();
		});
	}

	return (
		<Modal
			opened
			onClose={props.onClose}
			title="Silence at the source"
			size={620}
		>
			<form
				className={section.form}
				onSubmit={(event) => {
					event.preventDefault();
					void create();
				}}
			>
				<Textarea
					label="What it silences"
					description='One label to a line, such as service="checkout" or instance=~"10[.]0[.].*". All must match.'
					autosize
					minRows={2}
					maxRows={8}
					spellCheck={false}
					value={shownText}
					error={textFault}
					onChange={(event) => setText(event.currentTarget.value)}
				/>
				{preview.fault !== null ? (
					<Fault>{preview.fault}</Fault>
				) : preview.value === null ? (
					<div className={classes.matched}>
						<SkeletonRows />
					</div>
				) : (
					<Preview preview={preview.value} />
				)}
				<Select
					label="For"
					data={durations.map(([value, label]) => ({ value, label }))}
					value={duration}
					allowDeselect={false}
					onChange={(value) => setDuration(value ?? duration)}
				/>
				<TextInput
					label="Why"
					description="The incident's number and title are added."
					required
					maxLength={1_000}
					value={comment}
					onChange={(event) => setComment(event.currentTarget.value)}
				/>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button
						type="submit"
						loading={busy !== null}
						disabled={!isSeen || comment.trim() === ""}
					>
						Silence
					</Button>
					<Button variant="default" onClick={props.onClose}>
						Not now
					</Button>
				</div>
			</form>
		</Modal>
	);
}

function Preview({ preview }: { readonly preview: SilencePreview }) {
	const { alerts, total, ofIncident, unmatched } = preview;
	return (
		<section aria-label="What it would match">
			<p role="status">
				At <bdi>{preview.integrationName}</bdi> it would match{" "}
				{total === 1 ? "1 alert" : `${total.toLocaleString("en")} alerts`},{" "}
				{ofIncident.toLocaleString("en")} of this incident.
				{unmatched > 0 &&
					` ${unmatched.toLocaleString("en")} of this incident would go on.`}
			</p>
			{alerts.length > 0 && (
				<ul className={classes.matched}>
					{alerts.map((alert) => (
						<li
							key={`${alert.alertId} ${JSON.stringify(alert.labels)}`}
							data-other={!alert.isOfIncident || undefined}
						>
							<SeverityMark severity={alert.severity} />
							<bdi className="truncate">{alert.name}</bdi>
							<bdi className="truncate dim">{alert.service ?? ""}</bdi>
							{!alert.isOfIncident && <span>Of something else</span>}
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
