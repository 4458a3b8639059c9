import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { Channel } from "../../src-renderer/transport/channel.ts";
import { portChannel } from "../../src-renderer/transport/message-port-channel.ts";
import {
	contract,
	type InspectionAnswer,
	type Job,
	type ModelSummary,
	type MonitorSettingsShape,
} from "../../src-shared/contract/index.ts";
import type { FakeModelDrift } from "./fake-drift.ts";
import { FakeEngine, type FakeEngineOptions, model } from "./fake-engine.ts";

export interface FakeWarRoomOptions extends FakeEngineOptions {
	readonly drift?: ReadonlyMap<string, FakeModelDrift>;
	/** What an inspection answers; `modelId` is the one that was told. */
	readonly inspect?: (modelId: string | null) => InspectionAnswer;
	/** Problems that refuse a start, one list a call; empty lets it begin. */
	readonly refuse?: { field: string; code: string; message: string }[][];
}

/** The fake engine with drift, monitors, imports and jobs that move only when a test says so. */
export class FakeWarRoom extends FakeEngine {
	readonly #options: FakeWarRoomOptions;
	/** Inputs of `imports.start`, oldest first. */
	readonly started: unknown[] = [];
	readonly savedMonitors: Partial<MonitorSettingsShape>[] = [];

	constructor(options: FakeWarRoomOptions = {}) {
		super(options);
		this.#options = options;
		for (const [modelId, drift] of options.drift ?? []) {
			this.models.push(summaryOf(modelId, drift));
		}
	}

	/** Changes a job and tells the window. */
	setJob(job: Job): void {
		this.jobs = [...this.jobs.filter(({ jobId }) => jobId !== job.jobId), job];
		this.incidents.publish({ kind: "jobs", jobIds: [job.jobId] });
	}

	override async open(): Promise<Channel> {
		const { port1, port2 } = new MessageChannel();
		new RPCHandler({
			...this.router,
			...this.#driftRoutes(),
			...this.#jobRoutes(),
		}).upgrade(port2);
		port2.start();
		return portChannel(port1);
	}

	#evidence(driftId: string) {
		for (const drift of this.#options.drift?.values() ?? []) {
			const found = drift.evidence.get(driftId);
			if (found !== undefined) return found;
		}
		return null;
	}

	#driftRoutes() {
		const os = implement(contract);
		const drifts = this.#options.drift ?? new Map<string, FakeModelDrift>();
		return {
			models: {
				...this.router.models,
				setMonitor: os.models.setMonitor.handler(({ input, errors }) => {
					const at = this.models.findIndex(
						({ modelId }) => modelId === input.modelId,
					);
					const found = this.models[at];
					if (found === undefined) throw errors.NOT_FOUND();
					const monitor = { ...found.monitor, ...input.settings };
					this.savedMonitors.push(input.settings);
					this.models[at] = { ...found, monitor };
					return monitor;
				}),
				performance: os.models.performance.handler(({ input }) => [
					...(drifts.get(input.modelId)?.performance ?? []),
				]),
			},
			drift: {
				...this.router.drift,
				history: os.drift.history.handler(
					({ input }) => drifts.get(input.modelId)?.history ?? [],
				),
				evidence: os.drift.evidence.handler(({ input, errors }) => {
					const found = this.#evidence(input.driftId);
					if (found === null) throw errors.NOT_FOUND();
					return found;
				}),
				assess: os.drift.assess.handler(({ input, errors }) => {
					const newest = drifts.get(input.modelId)?.history.at(-1);
					const found =
						newest === undefined ? null : this.#evidence(newest.driftId);
					if (found === null) throw errors.NOT_FOUND();
					return found;
				}),
				assessHistory: os.drift.assessHistory.handler(({ input }) => {
					this.setJob(
						job({
							jobId: "history-1",
							kind: "assess",
							title: input.modelId,
							progress: 0.4,
							step: "12 of 30 days",
						}),
					);
					return { jobId: "history-1" };
				}),
			},
		};
	}

	#jobRoutes() {
		const os = implement(contract);
		const { inspect, refuse = [] } = this.#options;
		return {
			imports: {
				inspect: os.imports.inspect.handler(({ input, errors }) => {
					if (inspect === undefined) {
						throw errors.UNREADABLE({
							message: "The file is neither CSV, NDJSON, JSON nor Parquet.",
							data: { code: "unsupported_format" },
						});
					}
					return inspect(input.modelId ?? null);
				}),
				start: os.imports.start.handler(({ input, errors }) => {
					const problems = refuse.shift() ?? [];
					if (problems.length > 0) throw errors.INVALID({ data: { problems } });
					this.started.push(input);
					this.setJob(job({ jobId: "import-1", title: "fraud.csv" }));
					return { jobId: "import-1" };
				}),
			},
			jobs: {
				...this.router.jobs,
				cancel: os.jobs.cancel.handler(({ input, errors }) => {
					const found = this.jobs.find(({ jobId }) => jobId === input.jobId);
					if (found === undefined) throw errors.NOT_FOUND();
					const stopped: Job = {
						...found,
						state: "cancelled",
						finishedAt: Date.now(),
					};
					this.setJob(stopped);
					return stopped;
				}),
			},
		};
	}
}

/** A whole job from what a test cares about. */
export function job(draft: Partial<Job> & { readonly jobId: string }): Job {
	return {
		kind: "import",
		title: "fraud.csv",
		state: "running",
		progress: null,
		step: "Reading rows",
		startedAt: Date.now(),
		finishedAt: null,
		error: null,
		import: null,
		...draft,
	};
}

function summaryOf(modelId: string, drift: FakeModelDrift): ModelSummary {
	const newest = drift.history.at(-1);
	return {
		...model(modelId),
		status: newest?.status ?? "insufficient_data",
		psi: newest?.psi ?? null,
		lastAssessedAt: newest?.asOf ?? null,
		sparkline: drift.history.slice(-30).map(({ psi }) => psi),
		openIncidentIds: newest?.status === "critical" ? ["drift-incident"] : [],
	};
}
