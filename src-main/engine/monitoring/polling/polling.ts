import type { Integration } from "../../../../src-shared/contract/index.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import { pollDelay } from "./gap.ts";
import { isSameSource, pollSettings } from "./poll-settings.ts";
import { Poller, type PollerPorts } from "./poller.ts";

interface Asked {
	readonly poller: Poller;
	/** As it was when the poller was made; another row is asked at once. */
	row: IntegrationRow;
	/** Monotonic. */
	dueAt: number;
	running: Promise<void> | null;
}

/** At the latest, look for new integrations and whether the machine slept. */
const longestWait = 2_000;
/** The wall clock ran ahead of the one that stops while a machine sleeps. */
const smallestSleep = 10_000;
const firstSpread = 1_000;

/**
 * Asks every integration with an address again and again, each at its own interval and by
 * itself. One whose settings changed is asked at once, and all after the machine slept.
 */
export class Polling {
	readonly #ports: PollerPorts;
	readonly #asked = new Map<number, Asked>();
	readonly #stop = new AbortController();
	#offset = 0;
	#timer: NodeJS.Timeout | null = null;
	#isPaused = true;

	constructor(ports: PollerPorts) {
		this.#ports = ports;
	}

	start(): void {
		this.#isPaused = false;
		this.#offset = this.#offsetNow();
		this.#tick();
	}

	/** Asks nobody until `start` is called again. */
	pause(): void {
		this.#isPaused = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}

	/** Asks one integration now, whether polling is paused or not; resolves when all of it is stored. */
	async pollNow(row: IntegrationRow): Promise<void> {
		const asked = this.#of(row);
		await asked.running;
		await this.#poll(asked);
		await asked.poller.idle();
	}

	/** How asking it goes; null for one that is not asked. */
	health(row: IntegrationRow): Integration["polling"] {
		const settings = pollSettings(row);
		if (settings === null) return null;
		const { polls } = this.#ports;
		const poll = polls.poll(row);
		const backfill = polls.newestBackfill(row);
		return {
			status:
				poll.failures > 0
					? "failing"
					: poll.last_success_at === null
						? "waiting"
						: "ok",
			intervalSeconds: settings.intervalMillis / 1_000,
			lastSuccessAt: poll.last_success_at,
			lastError: poll.last_error,
			consecutiveFailures: poll.failures,
			backfill:
				backfill === undefined
					? null
					: {
							status: backfill.status,
							from: backfill.from_at,
							to: backfill.to_at,
							doneUntil: backfill.done_until,
							stored: backfill.stored,
							ended: backfill.ended,
							lastError: backfill.last_error,
						},
		};
	}

	/** Stops what is being asked. */
	async close(): Promise<void> {
		this.pause();
		this.#stop.abort();
		const asked = [...this.#asked.values()];
		await Promise.all(
			asked.flatMap(({ poller, running }) => [running, poller.close()]),
		);
	}

	#tick(): void {
		if (this.#isPaused || this.#stop.signal.aborted) return;
		const { clock, integrations } = this.#ports;
		const now = clock.monotonic();
		const offset = this.#offsetNow();
		const hasSlept = offset - this.#offset > smallestSleep;
		this.#offset = offset;
		let wait = longestWait;
		const rows = integrations
			.allEnabled()
			.filter((row) => pollSettings(row) !== null);
		const keys = new Set(rows.map(({ key }) => key));
		for (const [key, asked] of this.#asked) {
			if (keys.has(key)) continue;
			this.#asked.delete(key);
			void asked.poller.close();
		}
		for (const row of rows) {
			const asked = this.#of(row);
			if (!isSameSource(asked.row, row) || hasSlept) asked.dueAt = now;
			asked.row = row;
			if (asked.running === null && asked.dueAt <= now) void this.#poll(asked);
			else if (asked.running === null) {
				wait = Math.min(wait, asked.dueAt - now);
			}
		}
		this.#timer = setTimeout(() => this.#tick(), Math.max(50, wait));
		this.#timer.unref();
	}

	#of(row: IntegrationRow): Asked {
		const known = this.#asked.get(row.key);
		if (known !== undefined) return known;
		const asked: Asked = {
			poller: new Poller(this.#ports, row),
			row,
			dueAt: this.#ports.clock.monotonic() + firstSpread * this.#draw(),
			running: null,
		};
		this.#asked.set(row.key, asked);
		return asked;
	}

	#poll(asked: Asked): Promise<void> {
		const { clock, log } = this.#ports;
		const startedAt = clock.monotonic();
		const running = asked.poller
			.poll(this.#stop.signal)
			.catch((error: unknown) => {
				log.error({ error }, "polling failed");
				return 1;
			})
			.then((failures) => {
				const settings = pollSettings(asked.row);
				asked.dueAt =
					startedAt +
					pollDelay(
						settings?.intervalMillis ?? 0,
						{ failures, tookMillis: clock.monotonic() - startedAt },
						this.#draw(),
					);
				asked.running = null;
			});
		asked.running = running;
		return running;
	}

	#offsetNow(): number {
		const { clock } = this.#ports;
		return clock.now() - clock.monotonic();
	}

	/** In [0, 1). */
	#draw(): number {
		return Buffer.from(this.#ports.random.bytes(4)).readUInt32BE() / 2 ** 32;
	}
}
