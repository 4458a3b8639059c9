import { Button } from "@mantine/core";
import {
	IconCircleCheck,
	IconFilterOff,
	IconPlugConnected,
} from "@tabler/icons-react";
import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { navigate } from "../../ground/router.ts";
import { useIntegrations } from "../../state/use-integrations.ts";
import { whyNot } from "../../state/why-not.ts";
import {
	type AlertFilter,
	type AlertView,
	defaultFilter,
	isNarrowed,
} from "./alert-filter.ts";

/** What stands where the list would be: nothing connected yet, nothing found, or all decided. */
export function AlertsEmpty(props: {
	readonly project: ProjectSummary;
	readonly filter: AlertFilter;
	onChange(part: Partial<AlertFilter>): void;
}) {
	const { project, filter } = props;
	const integrations = useIntegrations(project.id);
	if (isNarrowed(filter)) {
		return (
			<EmptyState
				icon={<IconFilterOff size={32} stroke={1.25} />}
				title="No alert matches"
				text="Search words and filters are joined by “and”. Take some away, or look at all alerts."
				action={
					<>
						<Button
							variant="default"
							onClick={() =>
								props.onChange({ ...defaultFilter, view: filter.view })
							}
						>
							Clear search and filters
						</Button>
						{filter.view !== "all" && (
							<Button
								variant="default"
								onClick={() => props.onChange({ view: "all" })}
							>
								Look in all alerts
							</Button>
						)}
					</>
				}
			/>
		);
	}
	if (integrations.value === null && integrations.fault === null) {
		return <SkeletonRows />;
	}
	if (integrations.value?.length === 0) return <NothingConnected {...props} />;
	if (filter.view !== "waiting" && filter.view !== "all") {
		return <EmptyState title="None here" text={emptyWords(filter.view)} />;
	}
	const heard = integrations.value?.some(
		(each) => each.lastReceivedAt !== null,
	);
	return (
		<EmptyState
			icon={<IconCircleCheck size={36} stroke={1.25} />}
			title={heard === true ? "All decided" : "No alert yet"}
			text={
				heard === true
					? "No alert waits for a decision. New ones appear here as they come."
					: "A system is connected and has sent nothing so far. Its page says where it sends to and how to try it."
			}
			action={
				<Button
					variant="default"
					onClick={() => navigate(["settings", "integrations"])}
				>
					Integrations
				</Button>
			}
		/>
	);
}

function NothingConnected({ project }: { readonly project: ProjectSummary }) {
	const reason = whyNot(callNeeds.integrations.create, project);
	return (
		<EmptyState
			icon={<IconPlugConnected size={32} stroke={1.25} />}
			title="Connect a system that alerts"
			text={`Alertmanager, Grafana, PagerDuty, Opsgenie, Datadog, CloudWatch, or anything that can POST JSON. Adding one gives an address and a secret to paste there; what it sends then appears here within seconds, to accept, decline or snooze.${reason === null ? "" : ` ${reason}`}`}
			action={
				<Button
					onClick={() =>
						navigate(
							["settings", "integrations"],
							reason === null ? { add: "alertmanager" } : {},
						)
					}
				>
					{reason === null ? "Add an integration" : "Look at integrations"}
				</Button>
			}
		/>
	);
}

function emptyWords(view: Exclude<AlertView, "waiting" | "all">): string {
	switch (view) {
		case "snoozed":
			return "H puts an alert off for a while. It comes back by itself.";
		case "accepted":
			return "A accepts an alert: somebody looks after it.";
		case "duplicate":
			return "M marks an alert as one that repeats another.";
		case "declined":
			return "D declines an alert: there is nothing to do about it.";
		default:
			return assertNever(view, "view of alerts");
	}
}
