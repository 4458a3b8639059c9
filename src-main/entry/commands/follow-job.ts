import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "../../../src-shared/contract/index.ts";
import type { EngineSession } from "./engine-session.ts";
import { CommandFailure, exitCodes } from "./failure.ts";
import { ProgressBar } from "./progress-bar.ts";

const pollMillis = 25;

/**
 * Waits for a job, showing its progress to a person who watches. Ctrl-C cancels it.
 * Answers a job that is done; throws a `CommandFailure` for every other end.
 */
export async function followJob(
	session: EngineSession,
	jobId: string,
): Promise<Job> {
	const { client, signal } = session;
	const bar = new ProgressBar();
	let cancelled = false;
	try {
		for (;;) {
			const job = await client.jobs.get({ jobId });
			bar.show(job.progress, job.step);
			switch (job.state) {
				case "done":
					return job;
				case "failed":
					throw new CommandFailure(
						"JOB_FAILED",
						job.error ?? `${job.title} failed.`,
					);
				case "cancelled":
					throw new CommandFailure(
						"CANCELLED",
						`${job.title} was cancelled${job.import === null ? "" : `; ${job.import.accepted} rows had been added and stay`}.`,
						exitCodes.interrupted,
					);
				default:
			}
			if (signal.aborted && !cancelled) {
				cancelled = true;
				await client.jobs.cancel({ jobId });
			}
			await wait(pollMillis);
		}
	} finally {
		bar.clear();
	}
}
