import type { Job } from "../../../src-shared/contract/index.ts";
import { EngineError } from "../errors.ts";
import type { Clock, Log, Random } from "../ports.ts";
import type { CommandStore } from "../store/index.ts";
import { JobRepository } from "./job-repository.ts";

/** What a job's work may use. */
export interface JobContext {
	readonly jobId: string;
	readonly signal: AbortSignal;
	/** Changes what the job shows; cheap, shown at most every 100 ms. */
	update(change: Partial<Pick<Job, "progress" | "step" | "import">>): void;
}

export interface JobStart {
	readonly kind: Job["kind"];
	readonly title: string;
	/** Runs the job; what it throws becomes the job's error. */
	readonly work: (context: JobContext) => Promise<void>;
	/** Files and the like to tidy away, however the job ended. */
	readonly afterwards?: () => void;
}

interface Running {
	readonly tenantKey: number;
	job: Job;
	readonly abort: AbortController;
	readonly ended: Promise<void>;
}

const shownEveryMillis = 100;

/** Work that outlives a call: it shows progress, can be cancelled, and its end is kept. */
export class Jobs {
	readonly #records: JobRepository;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #log: Log;
	readonly #publish: (tenantKey: number, jobIds: string[]) => void;
	readonly #running = new Map<string, Running>();

	constructor(ports: {
		store: CommandStore;
		clock: Clock;
		random: Random;
		log: Log;
		publish: (tenantKey: number, jobIds: string[]) => void;
	}) {
		this.#records = new JobRepository(ports.store);
		this.#clock = ports.clock;
		this.#random = ports.random;
		this.#log = ports.log;
		this.#publish = ports.publish;
		if (!ports.store.readOnly) {
			this.#records.failUnfinished(
				ports.clock.now(),
				"The engine stopped while this ran. What was stored is kept; start it again to finish.",
			);
		}
	}

	/** Starts a job and answers its id at once. */
	start(tenantKey: number, start: JobStart): string {
		const jobId = this.#random.uuid();
		const abort = new AbortController();
		const job: Job = {
			jobId,
			kind: start.kind,
			title: start.title,
			state: "running",
			progress: null,
			step: "Starting",
			startedAt: this.#clock.now(),
			finishedAt: null,
			error: null,
			import: null,
		};
		this.#records.save(tenantKey, job);
		const { promise: ended, resolve } = Promise.withResolvers<void>();
		const running: Running = { tenantKey, job, abort, ended };
		this.#running.set(jobId, running);
		void this.#run(running, start).finally(resolve);
		return jobId;
	}

	/** The job, or NOT_FOUND. */
	get(tenantKey: number, jobId: string): Job {
		const running = this.#running.get(jobId);
		if (running?.tenantKey === tenantKey) return running.job;
		const ended = this.#records.find(tenantKey, jobId);
		if (ended === null) throw new EngineError("NOT_FOUND", "No such job.");
		return ended;
	}

	/** The newest 50, newest first. */
	list(tenantKey: number): Job[] {
		return this.#records
			.newest(tenantKey, 50)
			.map((job) => this.#running.get(job.jobId)?.job ?? job);
	}

	/** Asks a job to stop and answers it as it then is. */
	async cancel(tenantKey: number, jobId: string): Promise<Job> {
		const running = this.#running.get(jobId);
		if (running?.tenantKey === tenantKey) {
			running.abort.abort();
			await running.ended;
		}
		return this.get(tenantKey, jobId);
	}

	/** Resolves when the job has ended, whatever its end. */
	async finished(tenantKey: number, jobId: string): Promise<Job> {
		await this.#running.get(jobId)?.ended;
		return this.get(tenantKey, jobId);
	}

	/** Stops every job and waits until they have. */
	async close(): Promise<void> {
		const running = [...this.#running.values()];
		for (const { abort } of running) abort.abort();
		await Promise.all(running.map(({ ended }) => ended));
	}

	async #run(running: Running, start: JobStart): Promise<void> {
		let shown = 0;
		const context: JobContext = {
			jobId: running.job.jobId,
			signal: running.abort.signal,
			update: (change) => {
				running.job = { ...running.job, ...change };
				const now = this.#clock.monotonic();
				if (now - shown < shownEveryMillis) return;
				shown = now;
				this.#publish(running.tenantKey, [running.job.jobId]);
			},
		};
		let end: Pick<Job, "state" | "error" | "progress">;
		try {
			await start.work(context);
			end = { state: "done", error: null, progress: 1 };
		} catch (error) {
			end = this.#endOf(running, error);
		}
		running.job = {
			...running.job,
			...end,
			step: end.state === "done" ? "Done" : running.job.step,
			finishedAt: this.#clock.now(),
		};
		try {
			start.afterwards?.();
			this.#records.save(running.tenantKey, running.job);
		} catch (error) {
			this.#log.error({ error, job: running.job.jobId }, "job not recorded");
		}
		this.#running.delete(running.job.jobId);
		this.#publish(running.tenantKey, [running.job.jobId]);
	}

	#endOf(
		running: Running,
		error: unknown,
	): Pick<Job, "state" | "error" | "progress"> {
		const { progress } = running.job;
		if (running.abort.signal.aborted) {
			return { state: "cancelled", error: null, progress };
		}
		this.#log.error(
			{ error, job: running.job.jobId, kind: running.job.kind },
			"job failed",
		);
		return {
			state: "failed",
			error: error instanceof Error ? error.message : String(error),
			progress,
		};
	}
}
