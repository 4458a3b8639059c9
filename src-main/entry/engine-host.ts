import { assertNever } from "../../src-shared/domain/assert-never.ts";
import type { Notifier } from "../engine/ports.ts";
import { serveMessagePort } from "../http/index.ts";
import type {
	ConnectUi,
	EngineReady,
	FromEngineWorker,
	StartEngine,
	ToEngineWorker,
} from "./engine-protocol.ts";
import { listenerFault, type StartFault } from "./listener-fault.ts";
import { type OpenEngine, openEngine } from "./open-engine.ts";

interface Running {
	readonly open: OpenEngine;
	readonly stopListening: () => Promise<void>;
}

/**
 * The engine worker's side of `engine-protocol.ts`: starts one engine, hands it ports and
 * stops it. Messages are handled one after the other, so that a shutdown during the start
 * finds something whole to stop.
 */
export class EngineHost {
	readonly #post: (message: FromEngineWorker) => void;
	#running: Running | null = null;
	#counts: { open: number; critical: number } | null = null;
	#done: Promise<void> = Promise.resolve();

	constructor(post: (message: FromEngineWorker) => void) {
		this.#post = post;
	}

	receive(message: ToEngineWorker): void {
		this.#done = this.#done.then(() => this.#handle(message));
	}

	async #handle(message: ToEngineWorker): Promise<void> {
		switch (message.kind) {
			case "start":
				return await this.#start(message);
			case "connect-ui":
				return this.#connect(message);
			case "announce-open-incidents":
				return await this.#announce();
			case "shutdown":
				return await this.#stop();
			default:
				assertNever(message, "message to the engine worker");
		}
	}

	async #start(message: StartEngine): Promise<void> {
		let open: OpenEngine | null = null;
		try {
			open = await openEngine(message.engine, this.#notifier());
			const { ready, stopListening } = await listen(open, message);
			this.#running = { open, stopListening };
			this.#post(ready);
		} catch (error) {
			await open?.close();
			this.#post({ kind: "failed", ...startFault(error, message) });
			process.exit(1);
		}
	}

	#connect({ port }: ConnectUi): void {
		if (this.#running === null) {
			port.close();
			return;
		}
		const { engine } = this.#running.open;
		serveMessagePort(port, () => engine.identity.localPrincipal(), engine);
	}

	async #announce(): Promise<void> {
		if (this.#running === null) return;
		const { engine } = this.#running.open;
		if (this.#counts === null) {
			const principal = engine.identity.localPrincipal();
			const status = await engine.services.system.status(principal, undefined);
			this.#counts = status.incidents;
		}
		this.#post({ kind: "open-incidents", ...this.#counts });
	}

	async #stop(): Promise<void> {
		if (this.#running !== null) {
			// At once, beside the listeners: a request may be waiting for a playbook to end.
			const playbooksEnded = this.#running.open.engine.playbooks.close();
			await this.#running.stopListening();
			await playbooksEnded;
			await this.#running.open.close();
			this.#running = null;
		}
		this.#post({ kind: "stopped" });
		// In a worker this ends the thread alone, after what was posted has left.
		process.exit(0);
	}

	#notifier(): Notifier {
		return {
			openIncidents: (counts) => {
				this.#counts = counts;
				this.#post({ kind: "open-incidents", ...counts });
			},
			criticalIncident: (incident) => {
				this.#post({ kind: "critical-incident", ...incident });
			},
		};
	}
}

async function listen(
	open: OpenEngine,
	{ listeners: config }: StartEngine,
): Promise<{ ready: EngineReady; stopListening: () => Promise<void> }> {
	if (config === null) {
		return {
			ready: {
				kind: "ready",
				api: null,
				copilot: null,
				events: null,
				ui: null,
			},
			stopListening: async () => {},
		};
	}
	const { requestLimits, startListeners } = await import("../http/index.ts");
	const listeners = await startListeners(open.engine, config);
	const { serviceDocs } = listeners;
	const { api, copilot, events } = listeners.urls;
	open.engine.listening.opened({
		apiUrl: api,
		ports: [api, copilot, events, ...serviceDocs].map(portOf),
		requestLimits: requestLimits(config.rateLimitScale),
	});
	open.engine.playbooks.setLimitScale(config.rateLimitScale);
	open.announce(api);
	const ui = listeners.signInUrl();
	return {
		ready: { kind: "ready", api, copilot, events, ui, serviceDocs },
		stopListening: () => listeners.close(),
	};
}

function portOf(url: string): number {
	// A URL leaves out the port that its scheme implies.
	return Number(new URL(url).port || 80);
}

function startFault(error: unknown, { listeners }: StartEngine): StartFault {
	const fault = listeners === null ? null : listenerFault(error, listeners);
	if (fault !== null) return fault;
	const message = error instanceof Error ? error.message : String(error);
	const code =
		error instanceof Error && "code" in error && typeof error.code === "string"
			? error.code
			: "START_FAILED";
	return { code, message };
}
