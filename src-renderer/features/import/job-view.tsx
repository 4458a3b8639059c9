import { Alert, Button, Progress } from "@mantine/core";
import { useEffect, useEffectEvent } from "react";
import type { Job } from "../../../src-shared/contract/index.ts";
import { countWords, plural } from "../../components/charts/number-words.ts";
import { LiveDuration } from "../../components/relative-time.tsx";
import { announce } from "../../ground/announcer.tsx";
import { isOver, useJob } from "../../state/use-job.ts";
import styles from "./import.module.css";
import { ImportReport } from "./import-report.tsx";
import { jobStateWords } from "./job-words.ts";

interface JobViewProps {
	readonly jobId: string;
	readonly onAgain: () => void;
}

/** An import from its start to its report. */
export function JobView({ jobId, onAgain }: JobViewProps) {
	const { job, cancel, fault } = useJob(jobId);
	const state = job?.state ?? null;
	const tell = useEffectEvent(() => {
		if (job !== null && isOver(job)) announce(endWords(job));
	});
	useEffect(() => {
		if (state !== null) tell();
	}, [state]);

	if (job === null) {
		return (
			<section className={styles.block}>
				{fault === null ? (
					<p className="dim">Asking for the import…</p>
				) : (
					<Alert color="red" role="alert" title="The import is not known">
						{fault}
					</Alert>
				)}
			</section>
		);
	}
	const isRunning = !isOver(job);
	return (
		<section className={styles.block}>
			<h2 title={job.title}>
				<bdi>{job.title}</bdi>
			</h2>
			<p className="dim tabular">
				{jobStateWords(job.state)}
				{isRunning && job.step !== "" && ` · ${job.step}`} ·{" "}
				<LiveDuration from={job.startedAt} to={job.finishedAt} />
				{isRunning &&
					job.import !== null &&
					` · ${countWords(job.import.accepted)} rows so far`}
			</p>
			{isRunning && (
				<>
					<Progress
						value={job.progress === null ? 100 : job.progress * 100}
						animated={job.progress === null}
						aria-label="Progress of the import"
					/>
					<Button variant="default" mt={12} onClick={cancel}>
						Stop
					</Button>
				</>
			)}
			{job.state === "failed" && (
				<Alert
					color="red"
					role="alert"
					title="The import failed"
					className={styles.words}
				>
					{job.error ?? "The engine gave no reason; its log has more."}
				</Alert>
			)}
			{job.state === "cancelled" && (
				<p>
					Stopped. Rows that were already in are kept; importing the file again
					adds only the others.
				</p>
			)}
			{!isRunning && job.import !== null && <ImportReport job={job} />}
			{!isRunning && (
				<Button mt={16} variant="default" onClick={onAgain}>
					Import another file
				</Button>
			)}
		</section>
	);
}

function endWords(job: Job): string {
	const counts =
		job.import === null
			? ""
			: ` ${plural(job.import.accepted, "row")} accepted, ${countWords(job.import.rejected)} rejected.`;
	return `${job.title}: ${jobStateWords(job.state).toLowerCase()}.${counts}`;
}
