import { Select } from "@mantine/core";
import type { RulePreview } from "../../../src-shared/contract/index.ts";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { Fault } from "../../components/section.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import classes from "./alert-rules.module.css";
import type { RuleLook } from "./use-rule-preview.ts";

const ranges = [
	{ value: "1", label: "Last hour" },
	{ value: "24", label: "Last 24 hours" },
	{ value: "168", label: "Last 7 days" },
	{ value: "720", label: "Last 30 days" },
];
const mostShown = 50;

/** What the rule would have done; nothing is changed by looking. */
export function RulePreviewPane(props: {
	readonly look: RuleLook;
	readonly hours: number;
	onHours(hours: number): void;
}) {
	const { preview, faults, fault, isLooking } = props.look;
	return (
		<section
			className={classes.preview}
			aria-label="What it would have done"
			aria-busy={isLooking}
		>
			<h3>What it would have done</h3>
			<Select
				aria-label="With the alerts of the"
				size="xs"
				data={ranges}
				value={String(props.hours)}
				allowDeselect={false}
				onChange={(value) => props.onHours(Number(value ?? props.hours))}
			/>
			{faults.size > 0 && (
				<p className={classes.hint} role="status">
					It is looked at as soon as the fields with a fault are mended.
				</p>
			)}
			{fault !== null && <Fault>It cannot be looked at: {fault}</Fault>}
			{preview === null && faults.size === 0 && fault === null && (
				<SkeletonRows />
			)}
			{preview !== null && faults.size === 0 && fault === null && (
				<div className={classes.looked}>
					<Outcome preview={preview} />
				</div>
			)}
		</section>
	);
}

function Outcome({ preview }: { readonly preview: RulePreview }) {
	const { alerts, matched, withoutIncident, incidents } = preview;
	const shown = incidents.slice(-mostShown).toReversed();
	return (
		<>
			<p role="status">{previewWords(preview)}</p>
			{shown.length > 0 && (
				<ul className={classes.outcome}>
					{shown.map((incident) => (
						<li key={incident.alertIds[0] ?? incident.firstAt}>
							<span className={classes.outcomeTitle}>
								<bdi>{incident.title}</bdi>
							</span>
							<SeverityMark severity={incident.severity} />
							<span className="dim tabular">
								{incident.isStorm && "Storm of "}
								{count(incident.alerts, "alert")}, from{" "}
								<AbsoluteTime at={incident.firstAt} />
							</span>
						</li>
					))}
				</ul>
			)}
			{incidents.length > shown.length && (
				<p className={classes.hint}>
					The newest {shown.length} of {incidents.length.toLocaleString("en")}.
				</p>
			)}
			{matched > 0 && withoutIncident === matched && (
				<p className={classes.hint}>They would only be in the inbox.</p>
			)}
			{alerts > 0 && (
				<p className={classes.hint}>
					Rules that stand before it may take some of them first.
				</p>
			)}
			{preview.isCut && (
				<p className={classes.hint}>
					There were more than 5,000 alerts; the newest were looked at.
				</p>
			)}
		</>
	);
}

/** The outcome in a sentence. */
export function previewWords(
	preview: Pick<
		RulePreview,
		"alerts" | "matched" | "withoutIncident" | "incidents"
	>,
): string {
	const { alerts, matched, withoutIncident, incidents } = preview;
	if (alerts === 0) return "No alert came in that time.";
	const taken = `It takes ${matched.toLocaleString("en")} of ${count(alerts, "alert")}`;
	if (matched === 0) return `${taken}.`;
	const opened =
		incidents.length === 0
			? "no incident"
			: count(incidents.length, "incident");
	return withoutIncident === 0
		? `${taken}: ${opened}.`
		: `${taken}: ${opened}, and ${withoutIncident.toLocaleString("en")} without one.`;
}

function count(number: number, word: string): string {
	return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
