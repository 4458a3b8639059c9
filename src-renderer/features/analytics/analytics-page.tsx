import { Button, Skeleton } from "@mantine/core";
import { IconFolderOff } from "@tabler/icons-react";
import { useStore } from "zustand";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { usePreferences } from "../../ground/preferences.ts";
import { usePlace } from "../../ground/router.ts";
import { useProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import classes from "./analytics.module.css";
import { rangeOf } from "./analytics-range.ts";
import { CostPart } from "./cost-part.tsx";
import { IncidentsPart } from "./incidents-part.tsx";
import { RangeChoice } from "./range-choice.tsx";
import { useAnalytics } from "./use-analytics.ts";

/** How many incidents a project had, how soon they were begun and ended, and what models cost. */
export function AnalyticsPage() {
	const project = useProject();
	const projects = useStore(useWorkspace().lists, (lists) => lists.projects);
	const zone = usePreferences((each) => each.zone);
	const range = rangeOf(usePlace());
	const { value, fault, reload } = useAnalytics(
		project?.id ?? null,
		range,
		zone,
	);
	return (
		<div className={classes.page}>
			<PageHeader title="Analytics">
				{project !== null && (
					<span className="dim truncate">
						<bdi>{project.name}</bdi>
					</span>
				)}
				<span className={classes.space} />
				<RangeChoice range={range} zone={zone} />
			</PageHeader>
			<section className={classes.scroll} aria-label="Figures">
				{projects !== null && project === null ? (
					<EmptyState
						icon={<IconFolderOff size={32} stroke={1.25} />}
						title="You are in no project"
						text="Figures are of a project. Ask an admin of one to add your address."
					/>
				) : value !== null ? (
					<>
						<IncidentsPart incidents={value.incidents} />
						<CostPart cost={value.cost} />
					</>
				) : fault !== null ? (
					<EmptyState
						title="The figures cannot be shown"
						text={fault}
						action={
							<Button variant="default" onClick={reload}>
								Try again
							</Button>
						}
					/>
				) : (
					<div role="status" aria-label="Loading">
						<Skeleton height={84} mb={24} />
						<Skeleton height={260} mb={24} />
						<Skeleton height={260} />
					</div>
				)}
			</section>
		</div>
	);
}
