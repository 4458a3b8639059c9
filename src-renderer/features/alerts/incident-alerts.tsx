import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type {
	AlertSummary,
	IncidentDetail,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { placeHash } from "../../ground/router.ts";
import { useProjectChoice } from "../../state/current-project.ts";
import { useEngine, useWorkspace } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { whyNot } from "../../state/why-not.ts";
import { AlertActs } from "./alert-acts.ts";
import { AlertStatusMark, AlertTags } from "./alert-marks.tsx";
import { briefOf } from "./alert-words.ts";
import classes from "./incident-alerts.module.css";
import { IncidentSilences } from "./incident-silences.tsx";
import { performPlacement } from "./perform-alert-verb.ts";
import { PlaceDialog } from "./place-dialog.tsx";

const most = 500;

/** The alerts that an incident gathers: what still fires, then what is over; each leads to the inbox. */
export function IncidentAlerts(props: { readonly incident: IncidentDetail }) {
	const { incident } = props;
	const engine = useEngine();
	const projects = useStore(useWorkspace().lists, (lists) => lists.projects);
	const { value, fault, reload } = useAnswer(
		projects === null ? null : incident.id,
		async (signal) => {
			// They are all in the incident's project, which the incident does not name.
			for (const { id } of projects ?? []) {
				const found = await engine.alerts.list(
					{ projectId: id, incidentId: incident.id, limit: most },
					{ signal },
				);
				if (found.total > 0) return found;
			}
			return { items: [], total: 0 };
		},
	);
	useAlertNews(reload);
	const [moving, setMoving] = useState<AlertSummary | null>(null);
	const projectId = value?.items[0]?.projectId;
	const project = projects?.find(({ id }) => id === projectId);
	const { connection } = useWorkspace();
	const acts = useMemo(
		() => new AlertActs(connection, projectId ?? ""),
		[connection, projectId],
	);
	if (value === null) {
		return fault === null ? (
			<SkeletonRows />
		) : (
			<EmptyState
				title="Its alerts cannot be shown"
				text={fault}
				action={
					<Button variant="default" onClick={reload}>
						Try again
					</Button>
				}
			/>
		);
	}
	if (value.items.length === 0) {
		return (
			<EmptyState
				title="No alert belongs to this incident"
				text="Alerts of a connected system join the incident that they open or belong to, and are listed here with what still fires first."
				action={
					<Button component="a" href={placeHash(["alerts"])} variant="default">
						All alerts
					</Button>
				}
			/>
		);
	}
	const firing = value.items.filter(({ status }) => status !== "resolved");
	const mayMove =
		project !== undefined &&
		whyNot(callNeeds.alertRules.place, project) === null;
	const resolved = value.items.filter(({ status }) => status === "resolved");
	return (
		<div className={classes.panel}>
			<Group
				title="Firing"
				alerts={firing}
				none="Nothing fires any more."
				onMove={mayMove ? setMoving : null}
			/>
			{projectId !== undefined && (
				<IncidentSilences incident={incident} projectId={projectId} />
			)}
			<Group
				title="Resolved"
				alerts={resolved}
				none={null}
				onMove={mayMove ? setMoving : null}
			/>
			{value.total > value.items.length && (
				<p className={classes.none}>
					The newest {value.items.length} of {value.total.toLocaleString("en")}{" "}
					are shown.
				</p>
			)}
			{moving !== null && project !== undefined && (
				<PlaceDialog
					project={project}
					what={`“${moving.name}”`}
					from={[incident.id]}
					onPlace={(to, number) =>
						void performPlacement(acts, [moving.id], to, number).finally(reload)
					}
					onClose={() => setMoving(null)}
				/>
			)}
		</div>
	);
}

function Group(props: {
	readonly title: string;
	readonly alerts: readonly AlertSummary[];
	/** Said when there is none; null leaves the group out. */
	readonly none: string | null;
	/** Asks where an alert belongs; null for who may not say. */
	readonly onMove: ((alert: AlertSummary) => void) | null;
}) {
	const { alerts } = props;
	if (alerts.length === 0 && props.none === null) return null;
	return (
		<section aria-label={`${props.title} alerts`}>
			<h3 className={classes.title}>
				{props.title} <span className="tabular">{alerts.length}</span>
			</h3>
			{alerts.length === 0 ? (
				<p className={classes.none}>{props.none}</p>
			) : (
				<ul className={classes.rows}>
					{alerts.map((alert) => (
						<li key={alert.id} className={classes.item}>
							<Row alert={alert} />
							{props.onMove !== null && (
								<Tooltip label="Move it to another incident, or out of this one">
									<ActionIcon
										variant="subtle"
										color="gray"
										aria-label={`Move ${alert.name}…`}
										onClick={() => props.onMove?.(alert)}
									>
										<IconArrowsExchange
											size={15}
											stroke={1.6}
											aria-hidden="true"
										/>
									</ActionIcon>
								</Tooltip>
							)}
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

function Row({ alert }: { readonly alert: AlertSummary }) {
	const brief = briefOf(alert);
	return (
		<a
			className={classes.row}
			href={placeHash(["alerts", alert.id], { view: "all" })}
			onClick={() => useProjectChoice.getState().choose(alert.projectId)}
		>
			<span className={classes.severity}>
				<SeverityMark severity={alert.severity} />
			</span>
			<span className={classes.words}>
				<bdi className={classes.name}>{alert.name}</bdi>
				{brief !== "" && <bdi className={classes.brief}>{brief}</bdi>}
				<AlertTags alert={{ ...alert, incidentId: null }} withTriage={false} />
			</span>
			<span className={classes.service}>
				<bdi>{alert.service ?? alert.integrationName}</bdi>
			</span>
			<AlertStatusMark status={alert.status} />
			<span className={classes.age}>
				<RelativeTime at={alert.endsAt ?? alert.startsAt} />
			</span>
		</a>
	);
}
