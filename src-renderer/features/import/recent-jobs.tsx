import { UnstyledButton } from "@mantine/core";
import {
	IconAlertTriangleFilled,
	IconBan,
	IconCircleCheck,
	IconClock,
	IconLoader,
	type TablerIcon,
} from "@tabler/icons-react";
import { useStore } from "zustand";
import type { Job } from "../../../src-shared/contract/index.ts";
import { countWords } from "../../components/charts/number-words.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import styles from "./import.module.css";
import { jobStateWords } from "./job-words.ts";

const shownJobs = 20;
const icons: Readonly<Record<Job["state"], TablerIcon>> = {
	queued: IconClock,
	running: IconLoader,
	done: IconCircleCheck,
	failed: IconAlertTriangleFilled,
	cancelled: IconBan,
};
const colours: Readonly<Record<Job["state"], string>> = {
	queued: "var(--status-none)",
	running: "var(--accent-text)",
	done: "var(--status-ok)",
	failed: "var(--status-critical)",
	cancelled: "var(--status-none)",
};

/** Imports and other long work of late, newest first. */
export function RecentJobs({
	onWatch,
}: {
	readonly onWatch: (jobId: string) => void;
}) {
	const jobs = useStore(useWorkspace().lists, (lists) => lists.jobs);
	if (jobs === null || jobs.length === 0) return null;
	const newest = [...jobs]
		.sort((a, b) => b.startedAt - a.startedAt)
		.slice(0, shownJobs);
	return (
		<section className={styles.block} aria-label="Recent work">
			<h3>Recent</h3>
			<ul className={styles.jobs}>
				{newest.map((job) => (
					<li key={job.jobId}>
						<UnstyledButton
							className={styles.job}
							onClick={() => onWatch(job.jobId)}
						>
							<JobState state={job.state} />
							<span className="truncate" title={job.title}>
								<bdi>{job.title}</bdi>
							</span>
							<span className="dim tabular">{countsOf(job)}</span>
							<span className="dim">
								<RelativeTime at={job.startedAt} />
							</span>
						</UnstyledButton>
					</li>
				))}
			</ul>
		</section>
	);
}

function JobState({ state }: { readonly state: Job["state"] }) {
	const Icon = icons[state];
	return (
		<span className={styles.jobState} style={{ color: colours[state] }}>
			<Icon size={14} aria-hidden="true" />
			{jobStateWords(state)}
		</span>
	);
}

function countsOf(job: Job): string {
	if (job.state === "running" && job.progress !== null) {
		return `${Math.round(job.progress * 100)} %`;
	}
	if (job.import === null) return "";
	const rejected =
		job.import.rejected > 0
			? `, ${countWords(job.import.rejected)} rejected`
			: "";
	return `${countWords(job.import.accepted)} rows${rejected}`;
}
