import { Button } from "@mantine/core";
import { IconCircleCheck, IconFilterOff } from "@tabler/icons-react";
import { useStore } from "zustand";
import type {
	ModelSummary,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { useNarrowingProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import {
	type IncidentFilter,
	isNarrowed,
} from "../../state/incident-filter.ts";
import { useProjectDialogs } from "../projects/index.ts";
import { FirstRun } from "./first-run.tsx";

/** What stands where the list would be: loading, first run, nothing found, or all quiet. */
export function TriageEmpty(props: {
	readonly filter: IncidentFilter;
	onChange(part: Partial<IncidentFilter>): void;
}) {
	const { feed, facts, lists, incidents } = useWorkspace();
	const { total, done } = useStore(feed.progress);
	const { models } = useStore(lists);
	const project = useNarrowingProject();
	// Nothing of the shown project is open, or this would not be seen.
	const elsewhere = useStore(
		facts,
		({ status }) => status?.incidents.open ?? 0,
	);
	const { filter } = props;

	if (total === null || models === null || !done) return <SkeletonRows />;
	if (incidents.size === 0 && models.length === 0) return <FirstRun />;
	if (isNarrowed(filter)) {
		return (
			<EmptyState
				icon={<IconFilterOff size={32} stroke={1.25} />}
				title="No incident matches"
				text="Search words and filters are joined by “and”. Take some away, or look at all states."
				action={
					<>
						<Button
							variant="default"
							onClick={() =>
								props.onChange({
									search: "",
									severities: [],
									models: [],
									owners: [],
									sources: [],
								})
							}
						>
							Clear search and filters
						</Button>
						{filter.group !== "all" && (
							<Button
								variant="default"
								onClick={() => props.onChange({ group: "all" })}
							>
								Show all states
							</Button>
						)}
					</>
				}
			/>
		);
	}
	if (filter.group === "settled") {
		return (
			<EmptyState
				title="Nothing settled yet"
				text="Incidents come here when they are resolved or closed."
			/>
		);
	}
	if (project !== null && elsewhere > 0) {
		return <QuietProject project={project} open={elsewhere} />;
	}
	return <AllQuiet models={models} />;
}

/** A project without open incidents, of a team that may have some elsewhere: to call that quiet would mislead. */
function QuietProject(props: {
	readonly project: ProjectSummary;
	readonly open: number;
}) {
	const { project, open } = props;
	const show = useProjectDialogs((dialogs) => dialogs.show);
	return (
		<EmptyState
			icon={<IconCircleCheck size={36} stroke={1.25} />}
			title="Nothing open here"
			text={
				<>
					No open incident in <bdi>{project.name}</bdi>.{" "}
					{open === 1
						? "One is open in another project."
						: `${open.toLocaleString("en")} are open in other projects.`}
				</>
			}
			action={
				<Button
					variant="default"
					rightSection={<KeyCaps keys="shift+p" />}
					onClick={() => show("switch")}
				>
					Switch project
				</Button>
			}
		/>
	);
}

function AllQuiet(props: { readonly models: readonly ModelSummary[] }) {
	const { models } = props;
	const assessed = models
		.map((each) => each.lastAssessedAt)
		.filter((at) => at !== null);
	const newest = assessed.length === 0 ? null : Math.max(...assessed);
	return (
		<EmptyState
			icon={<IconCircleCheck size={36} stroke={1.25} />}
			title="All quiet"
			text={
				<>
					No open incident on{" "}
					{models.length === 1 ? "the one model" : `${models.length} models`}{" "}
					watched.{" "}
					{newest === null ? (
						"No model was assessed yet: the first assessment comes when there is enough data."
					) : (
						<>
							Last assessment <RelativeTime at={newest} ago />.
						</>
					)}
				</>
			}
		/>
	);
}
