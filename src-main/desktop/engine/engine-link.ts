import type { MessagePort, Worker } from "node:worker_threads";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type {
	CriticalIncident,
	EngineFailed,
	EngineReady,
	FromEngineWorker,
	OpenIncidents,
	StartEngine,
	ToEngineWorker,
} from "../../entry/engine-protocol.ts";
import { healthyAfterMilliseconds, restartDelay } from "./restart-delay.ts";

export type EngineWorker = Pick<Worker, "postMessage" | "terminate" | "on">;

export interface EngineObserver {
	ready(message: EngineReady): void;
	/** The engine refused to start. It is not tried again until `start` is called. */
	refused(message: EngineFailed): void;
	openIncidents(message: OpenIncidents): void;
	criticalIncident(message: CriticalIncident): void;
	/** It died; `delay` is the milliseconds to the next start, null when it is not started again. */
	crashed(reason: string, delay: number | null): void;
}

type State = "idle" | "starting" | "ready" | "refused" | "waiting" | "stopping";

/**
 * Keeps one engine worker running for the shell: starts it, starts it again when it dies
 * (later each time), hands it the ports of pages and passes on what it says. A port that
 * comes while no engine is ready waits for the next one; what the page has already sent
 * waits inside the port.
 */
export class EngineLink {
	readonly #createWorker: () => EngineWorker;
	readonly #observer: EngineObserver;
	readonly #now: () => number;
	#state: State = "idle";
	#worker: EngineWorker | null = null;
	#start: StartEngine | null = null;
	#timer: NodeJS.Timeout | undefined;
	#crashes = 0;
	#readyAt: number | null = null;
	#lastError: string | null = null;
	#waitingPorts: MessagePort[] = [];
	#onExit: (() => void) | null = null;

	constructor(
		createWorker: () => EngineWorker,
		observer: EngineObserver,
		now: () => number = () => performance.now(),
	) {
		this.#createWorker = createWorker;
		this.#observer = observer;
		this.#now = now;
	}

	/** Starts the engine, at first or after a refusal or a last crash; ignored while one runs. */
	start(message: StartEngine): void {
		if (this.#state !== "idle" && this.#state !== "refused") return;
		this.#start = message;
		this.#crashes = 0;
		// A worker that refused is on its way out: the next one starts when it has gone.
		if (this.#worker !== null) this.#onExit = () => this.#spawn();
		else this.#spawn();
	}

	/** Gives a page's port to the engine, now or when it is ready. */
	connectUi(port: MessagePort): void {
		if (this.#state === "ready") {
			this.#post({ kind: "connect-ui", port }, [port]);
		} else {
			this.#waitingPorts.push(port);
			port.once("close", () => {
				this.#waitingPorts = this.#waitingPorts.filter((p) => p !== port);
			});
		}
	}

	/** Asks for the counts of open incidents; they come to the observer. */
	askOpenIncidents(): void {
		if (this.#state === "ready")
			this.#post({ kind: "announce-open-incidents" });
	}

	/** Asks the engine to finish and waits for it, at most `limit` milliseconds; then it is ended. */
	async shutDown(limit: number): Promise<"finished" | "ended"> {
		clearTimeout(this.#timer);
		const worker = this.#worker;
		this.#state = "stopping";
		for (const port of this.#waitingPorts) port.close();
		this.#waitingPorts = [];
		if (worker === null) return "finished";
		const { promise, resolve } = Promise.withResolvers<"finished" | "ended">();
		let isEnded = false;
		const timer = setTimeout(() => {
			isEnded = true;
			void worker.terminate();
		}, limit);
		this.#onExit = () => resolve(isEnded ? "ended" : "finished");
		this.#post({ kind: "shutdown" });
		const outcome = await promise;
		clearTimeout(timer);
		return outcome;
	}

	#spawn(): void {
		const start = this.#start;
		if (start === null || this.#state === "stopping") return;
		this.#state = "starting";
		this.#lastError = null;
		this.#readyAt = null;
		const worker = this.#createWorker();
		this.#worker = worker;
		worker.on("message", (message: FromEngineWorker) => this.#hear(message));
		worker.on("error", (error: unknown) => {
			this.#lastError = error instanceof Error ? error.message : String(error);
		});
		worker.on("exit", (code: number) => this.#exited(code));
		this.#post(start);
	}

	#hear(message: FromEngineWorker): void {
		switch (message.kind) {
			case "ready":
				if (this.#state !== "starting") return;
				this.#state = "ready";
				this.#readyAt = this.#now();
				for (const port of this.#waitingPorts) {
					port.removeAllListeners("close");
					this.#post({ kind: "connect-ui", port }, [port]);
				}
				this.#waitingPorts = [];
				this.#observer.ready(message);
				this.askOpenIncidents();
				return;
			case "failed":
				if (this.#state !== "starting") return;
				this.#state = "refused";
				this.#observer.refused(message);
				return;
			case "open-incidents":
				this.#observer.openIncidents(message);
				return;
			case "critical-incident":
				this.#observer.criticalIncident(message);
				return;
			case "stopped":
				// Everything is on disk; a handle left open must not keep the person waiting.
				void this.#worker?.terminate();
				return;
			default:
				assertNever(message, "message of the engine worker");
		}
	}

	#exited(code: number): void {
		this.#worker = null;
		const onExit = this.#onExit;
		this.#onExit = null;
		if (onExit !== null) {
			onExit();
			return;
		}
		if (this.#state === "refused" || this.#state === "stopping") return;
		const ranWell =
			this.#readyAt !== null &&
			this.#now() - this.#readyAt >= healthyAfterMilliseconds;
		this.#crashes = ranWell ? 1 : this.#crashes + 1;
		const delay = restartDelay(this.#crashes);
		this.#state = delay === null ? "idle" : "waiting";
		if (delay !== null) this.#timer = setTimeout(() => this.#spawn(), delay);
		this.#observer.crashed(this.#lastError ?? `exit code ${code}`, delay);
	}

	#post(message: ToEngineWorker, transfer: MessagePort[] = []): void {
		this.#worker?.postMessage(message, transfer);
	}
}
