import { Button, Skeleton, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconExternalLink } from "@tabler/icons-react";
import type {
	AlertDetail,
	AlertVerb,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { placeHash } from "../../ground/router.ts";
import { safeLink } from "../../ground/safe-link.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import classes from "./alert-detail.module.css";
import { AlertFacts } from "./alert-facts.tsx";
import { AlertStatusMark, AlertTags } from "./alert-marks.tsx";
import { closeAlert } from "./alert-place.ts";
import { AlertRecord } from "./alert-record.tsx";
import type { AlertQuestion } from "./alert-selection.ts";
import { verbKeys } from "./use-alert-keys.ts";

interface DetailProps {
	readonly project: ProjectSummary;
	readonly id: string;
	/** Why nothing may be decided; null when it may. */
	readonly reason: string | null;
	onAct(ids: readonly string[], verb: AlertVerb): void;
	onAsk(what: AlertQuestion): void;
}

/** One alert: what its source said, how it stands, what became of it. */
export function AlertDetailPane(props: DetailProps) {
	const { project, id } = props;
	const engine = useEngine();
	const { value, fault, isLoading, reload } = useAnswer(
		`${project.id} ${id}`,
		(signal) => engine.alerts.get({ projectId: project.id, id }, { signal }),
	);
	useAlertNews(reload);
	if (value === null) {
		return isLoading ? (
			<div className={classes.loading} role="status" aria-label="Loading">
				<Skeleton height={20} width="60%" />
				<Skeleton height={14} width="40%" mt={12} />
				<Skeleton height={120} mt={20} />
			</div>
		) : (
			<EmptyState
				title="This alert cannot be shown"
				text={`${fault ?? "The engine does not know it."} The link may be from another project or machine.`}
				action={
					<>
						<Button variant="default" onClick={reload}>
							Try again
						</Button>
						<Button variant="default" onClick={closeAlert}>
							Back to the list
						</Button>
					</>
				}
			/>
		);
	}
	return <Detail {...props} alert={value} />;
}

function Detail(props: DetailProps & { readonly alert: AlertDetail }) {
	const { alert } = props;
	const link = safeLink(alert.generatorUrl);
	return (
		<div className={classes.pane}>
			<header className={classes.header}>
				<div className={classes.bar}>
					<Button
						variant="subtle"
						color="gray"
						leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
						rightSection={<KeyCaps keys="escape" />}
						onClick={closeAlert}
					>
						Alerts
					</Button>
					<span className={classes.space} />
					{link !== null && (
						<Button
							component="a"
							href={link}
							target="_blank"
							rel="noopener noreferrer"
							variant="default"
							leftSection={<IconExternalLink size={14} aria-hidden="true" />}
							rightSection={<KeyCaps keys="o" />}
						>
							Open at the source
						</Button>
					)}
					{alert.incidentId !== null && (
						<Button
							component="a"
							href={placeHash(["incident", alert.incidentId, "alerts"])}
							variant="default"
							rightSection={<KeyCaps keys="i" />}
						>
							Its incident
						</Button>
					)}
				</div>
				<h2 className={classes.title}>
					<bdi>{alert.name}</bdi>
				</h2>
				<div className={classes.marks}>
					<SeverityMark severity={alert.severity} />
					<AlertStatusMark status={alert.status} />
					<AlertTags alert={alert} withTriage />
				</div>
				<Verbs {...props} />
			</header>
			<section
				className={classes.scroll}
				aria-label="What is known of the alert"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
				tabIndex={0}
			>
				{alert.summary !== "" && (
					<p className={classes.summary} dir="auto">
						{alert.summary}
					</p>
				)}
				{alert.description !== "" && alert.description !== alert.summary && (
					<p className={classes.description} dir="auto">
						{alert.description}
					</p>
				)}
				<AlertFacts alert={alert} />
				<AlertRecord alert={alert} />
			</section>
		</div>
	);
}

function Verbs({
	id,
	alert,
	reason,
	onAct,
	onAsk,
}: DetailProps & {
	readonly alert: AlertDetail;
}) {
	const verbs = [
		[
			"Accept",
			verbKeys.accept,
			alert.triage === "accepted",
			() => onAct([id], { kind: "accept" }),
		],
		["Duplicate…", verbKeys.duplicate, false, () => onAsk("duplicate")],
		[
			"Decline",
			verbKeys.decline,
			alert.triage === "declined",
			() => onAct([id], { kind: "decline" }),
		],
		["Snooze…", verbKeys.snooze, false, () => onAsk("snooze")],
		["Incident…", verbKeys.place, false, () => onAsk("place")],
	] as const;
	return (
		<Tooltip label={reason} disabled={reason === null} multiline maw={320}>
			<div className={classes.verbs}>
				{verbs.map(([word, key, isSo, run]) => (
					<Button
						key={word}
						variant="default"
						disabled={reason !== null || isSo}
						rightSection={<KeyCaps keys={key} />}
						onClick={run}
					>
						{word}
					</Button>
				))}
				{reason !== null && <p className={classes.reason}>{reason}</p>}
			</div>
		</Tooltip>
	);
}
