import type { TenantRef } from "../identity/access/index.ts";
import type { Log } from "../ports.ts";
import type {
	ObservedModel,
	PredictionsService,
} from "../predictions/index.ts";
import type { DriftService } from "./drift-service.ts";

const everyMillis = 15 * 60_000;
const sealAfterRows = 50_000;

/**
 * Assesses, every 15 minutes, the models that got events since they were last looked at,
 * one after the other, and seals the row log in the background when it has grown.
 */
export class DriftSchedule {
	readonly #drift: DriftService;
	readonly #predictions: PredictionsService;
	readonly #tenantOf: (tenantKey: number) => TenantRef | null;
	readonly #log: Log;
	readonly #due = new Set<ObservedModel>();
	readonly #stopListening: () => void;
	readonly #timer: NodeJS.Timeout;
	readonly #stop = new AbortController();
	#running: Promise<void> | null = null;
	#sealing: Promise<unknown> | null = null;
	#rowsSinceSeal = 0;
	#paused = 0;

	constructor(ports: {
		drift: DriftService;
		predictions: PredictionsService;
		tenantOf: (tenantKey: number) => TenantRef | null;
		log: Log;
	}) {
		this.#drift = ports.drift;
		this.#predictions = ports.predictions;
		this.#tenantOf = ports.tenantOf;
		this.#log = ports.log;
		this.#stopListening = this.#predictions.onArrival((models) =>
			this.#arrived(models),
		);
		this.#timer = setInterval(() => void this.run(), everyMillis);
		this.#timer.unref();
	}

	/** Assesses every model that is due; joins a run that is under way. */
	run(): Promise<void> {
		this.#running ??= this.#assessDue().finally(() => {
			this.#running = null;
		});
		return this.#running;
	}

	/** Keeps background sealing away, for as long as the returned function is not called: a bulk import wants the disk. */
	pauseSealing(): () => void {
		this.#paused++;
		return () => {
			this.#paused--;
		};
	}

	/** Ends after the work under way has stopped. */
	async close(): Promise<void> {
		clearInterval(this.#timer);
		this.#stopListening();
		this.#stop.abort();
		await Promise.allSettled([this.#running, this.#sealing]);
	}

	#arrived(models: readonly ObservedModel[]): void {
		for (const model of models) this.#due.add(model);
		this.#rowsSinceSeal += models.length;
		if (this.#paused > 0 || this.#sealing !== null) return;
		if (this.#rowsSinceSeal < 64) return;
		this.#rowsSinceSeal = 0;
		const { sealer } = this.#predictions;
		if (sealer.newestRow - sealer.sealedRow < sealAfterRows) return;
		this.#sealing = sealer
			.sealAll(this.#stop.signal)
			.catch((error) => this.#failed("background sealing failed", error))
			.finally(() => {
				this.#sealing = null;
			});
	}

	async #assessDue(): Promise<void> {
		const due = [...this.#due];
		this.#due.clear();
		for (const model of due) {
			if (this.#stop.signal.aborted) return;
			const tenant = this.#tenantOf(model.tenantKey);
			if (tenant === null) continue;
			const { isEnabled } = this.#drift.monitors.get(tenant.key, model.modelId);
			if (!isEnabled) continue;
			try {
				await this.#drift.assess(
					tenant,
					model.modelId,
					undefined,
					this.#stop.signal,
				);
			} catch (error) {
				this.#failed("scheduled assessment failed", error);
			}
		}
	}

	#failed(message: string, error: unknown): void {
		if (this.#stop.signal.aborted) return;
		this.#log.error({ error }, message);
	}
}
