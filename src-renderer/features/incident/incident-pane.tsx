import { Button, Skeleton, Tabs } from "@mantine/core";
import type { IncidentDetail } from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import { currentPlace, navigate, usePlace } from "../../ground/router.ts";
import { IncidentAlerts } from "../alerts/index.ts";
import { HypothesesPanel } from "../hypotheses/index.ts";
import { IncidentPlaybooks } from "../playbooks/index.ts";
import { IncidentFacts } from "./incident-facts.tsx";
import { IncidentHeader } from "./incident-header.tsx";
import classes from "./incident-pane.module.css";
import { closeIncident } from "./incident-place.ts";
import { LinkedDrift } from "./linked-drift.tsx";
import { NoteForm } from "./note-form.tsx";
import { RelatedIncidents } from "./related-incidents.tsx";
import { Timeline } from "./timeline.tsx";
import { useIncident } from "./use-incident.ts";

const tabs = [
	"timeline",
	"hypotheses",
	"playbooks",
	"alerts",
	"drift",
	"related",
	"record",
] as const;
type TabId = (typeof tabs)[number];

/** The tab that an address such as `#/incident/<id>/playbooks` names; an action is among the playbooks. */
function tabOf(path: readonly string[]): TabId {
	if (path[2] === "action") return "playbooks";
	return tabs.find((each) => each === path[2]) ?? "timeline";
}

/** One incident: what it is, how it stands, and everything that happened. */
export function IncidentPane(props: { readonly id: string }) {
	const { value, fault, isLoading, reload } = useIncident(props.id);
	if (value === null) {
		return isLoading ? (
			<Loading />
		) : (
			<EmptyState
				title="This incident cannot be shown"
				text={`${fault ?? "The engine does not know it."} The link may be from another machine or database.`}
				action={
					<>
						<Button variant="default" onClick={reload}>
							Try again
						</Button>
						<Button variant="default" onClick={closeIncident}>
							Back to the list
						</Button>
					</>
				}
			/>
		);
	}
	return <Incident incident={value} />;
}

function Incident(props: { readonly incident: IncidentDetail }) {
	const { incident } = props;
	const tab = tabOf(usePlace().path);
	function setTab(to: TabId): void {
		const path = ["incident", incident.id];
		navigate(to === "timeline" ? path : [...path, to], currentPlace().query, {
			replace: true,
		});
	}
	useShortcuts([
		...tabs.map((each, index) => ({
			keys: `alt+${index + 1}`,
			label: `Incident: ${tabWords(each, incident)}`,
			group: "Move",
			run: () => {
				setTab(each);
				return true;
			},
		})),
		{
			keys: "w",
			label: "Why: hypotheses of the incident",
			group: "Move",
			run: () => {
				setTab("hypotheses");
				return true;
			},
		},
		{
			keys: "p",
			label: "Playbooks of the incident",
			group: "Move",
			run: () => {
				setTab("playbooks");
				// The field is there once the tab is drawn.
				requestAnimationFrame(() =>
					document.getElementById("incident-playbooks")?.focus(),
				);
				return true;
			},
		},
	]);
	return (
		<div className={classes.pane}>
			<IncidentHeader incident={incident} />
			<Tabs
				className={classes.tabs}
				value={tab}
				onChange={(value) =>
					setTab(tabs.find((each) => each === value) ?? "timeline")
				}
				keepMounted={false}
			>
				<Tabs.List>
					{tabs.map((each, index) => (
						<Tabs.Tab key={each} value={each} title={`Alt ${index + 1}`}>
							{tabWords(each, incident)}
						</Tabs.Tab>
					))}
				</Tabs.List>
				<Tabs.Panel value="timeline" className={classes.panel}>
					<div className={classes.scroll}>
						{incident.description !== "" && (
							<p className={classes.description}>{incident.description}</p>
						)}
						<Timeline
							events={incident.timeline}
							description={incident.description}
						/>
					</div>
					<div className={classes.composer}>
						<NoteForm incidentId={incident.id} inputId="incident-note" />
					</div>
				</Tabs.Panel>
				<Tabs.Panel value="hypotheses" className={classes.panel}>
					<HypothesesPanel incident={incident} />
				</Tabs.Panel>
				<Tabs.Panel value="playbooks" className={classes.panel}>
					<IncidentPlaybooks incident={incident} />
				</Tabs.Panel>
				<Tabs.Panel value="alerts" className={classes.panel}>
					<IncidentAlerts incident={incident} />
				</Tabs.Panel>
				<Tabs.Panel value="drift" className={classes.scroll}>
					<LinkedDrift incident={incident} />
				</Tabs.Panel>
				<Tabs.Panel value="related" className={classes.scroll}>
					<RelatedIncidents incidents={incident.related} />
				</Tabs.Panel>
				<Tabs.Panel value="record" className={classes.scroll}>
					<IncidentFacts incident={incident} />
				</Tabs.Panel>
			</Tabs>
		</div>
	);
}

function tabWords(tab: TabId, incident: IncidentDetail): string {
	const words: Record<TabId, string> = {
		timeline: "Timeline",
		hypotheses: "Hypotheses",
		playbooks: "Playbooks",
		alerts: "Alerts",
		drift: count("Drift", incident.linkedDrift.length),
		related: count("Related", incident.related.length),
		record: "Record",
	};
	return words[tab];
}

function count(word: string, size: number): string {
	return size === 0 ? word : `${word} ${size}`;
}

function Loading() {
	return (
		<div className={classes.loading} role="status" aria-label="Loading">
			<Skeleton height={20} width="60%" />
			<Skeleton height={14} width="40%" mt={12} />
			<Skeleton height={48} mt={20} />
			<Skeleton height={14} width="80%" mt={24} />
			<Skeleton height={14} width="72%" mt={16} />
			<Skeleton height={14} width="76%" mt={16} />
		</div>
	);
}
