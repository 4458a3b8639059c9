import { useEffect, useEffectEvent, useState } from "react";
import type { Job } from "../../src-shared/contract/index.ts";
import { faultWords } from "../ground/faults.ts";
import { useEngine, useLiveChange } from "./engine-context.tsx";

const pollEvery = 1_000;

/** True once a job will not change any more. */
export function isOver(job: Job): boolean {
	return job.state !== "queued" && job.state !== "running";
}

/**
 * A job's newest state, asked for when the live feed says that it changed, and every second
 * while it runs, so that a feed that was lost does not leave the progress standing.
 */
export function useJob(jobId: string | null): {
	readonly job: Job | null;
	readonly cancel: () => void;
	readonly fault: string | null;
} {
	const engine = useEngine();
	const [job, setJob] = useState<Job | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	const current = job?.jobId === jobId ? job : null;
	const isFinished = current !== null && isOver(current);

	async function ask() {
		if (jobId === null) return;
		try {
			setJob(await engine.jobs.get({ jobId }));
			setFault(null);
		} catch (cause) {
			setFault(faultWords(cause));
		}
	}
	const askNow = useEffectEvent(() => void ask());

	useEffect(() => {
		if (jobId === null || isFinished) return;
		askNow();
		const timer = setInterval(() => askNow(), pollEvery);
		return () => clearInterval(timer);
	}, [jobId, isFinished]);
	useLiveChange((change) => {
		if (change.kind !== "jobs" || jobId === null) return;
		if (change.jobIds.includes(jobId)) void ask();
	});

	async function stop() {
		if (jobId === null) return;
		try {
			setJob(await engine.jobs.cancel({ jobId }));
		} catch (cause) {
			setFault(faultWords(cause));
		}
	}
	return { job: current, cancel: () => void stop(), fault };
}
