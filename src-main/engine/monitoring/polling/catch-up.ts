import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import { type AskSource, SourceError } from "../sources/ask-source.ts";
import { runBackfill } from "./backfill.ts";
import type { Gap } from "./gap.ts";
import type { PollerPorts } from "./poller.ts";
import type { BackfillRow } from "./polling-schema.ts";
import { prometheusRules } from "./prometheus-state.ts";

export interface CatchUpSource {
	readonly row: IntegrationRow;
	readonly base: string;
	readonly ask: AskSource;
	readonly externalLabels: Readonly<Record<string, string>>;
	readonly context: ParseContext;
	readonly firingSince: (fingerprint: string) => number | null;
}

const firstRetry = 30_000;
const longestRetry = 60 * 60_000;
const mostAttempts = 20;

/** Reads the stretches of history that were missed, one after the other, beside the polls that go on. */
export class CatchUp {
	readonly #ports: PollerPorts;
	readonly #stop = new AbortController();
	#running: Promise<void> | null = null;
	#attempts = 0;
	/** Monotonic. */
	#notBefore = Number.NEGATIVE_INFINITY;

	constructor(ports: PollerPorts) {
		this.#ports = ports;
	}

	/** Remembers that a stretch was missed; it is read when `start` is called next. */
	note(row: IntegrationRow, gap: Gap, now: number): void {
		this.#ports.polls.addBackfill({
			tenant_id: row.tenant_id,
			integration_key: row.key,
			from_at: gap.from,
			to_at: gap.to,
			done_until: gap.from,
			status: "running",
			stored: 0,
			ended: 0,
			last_error: null,
			started_at: now,
			ended_at: null,
		});
		this.#notBefore = Number.NEGATIVE_INFINITY;
	}

	/** Whether something missed is to be read, or is being read. */
	isDue(row: IntegrationRow): boolean {
		return this.#ports.polls.runningBackfills(row).length > 0;
	}

	start(source: CatchUpSource): void {
		const isTooEarly = this.#ports.clock.monotonic() < this.#notBefore;
		if (this.#running !== null || this.#stop.signal.aborted || isTooEarly) {
			return;
		}
		this.#running = this.#readAll(source).finally(() => {
			this.#running = null;
		});
	}

	async idle(): Promise<void> {
		await this.#running;
	}

	async close(): Promise<void> {
		this.#stop.abort();
		await this.#running;
	}

	async #readAll(source: CatchUpSource): Promise<void> {
		const { polls, log } = this.#ports;
		for (const backfill of polls.runningBackfills(source.row)) {
			try {
				await this.#read(backfill, source);
				this.#attempts = 0;
			} catch (error) {
				if (this.#stop.signal.aborted) return;
				if (!(error instanceof SourceError)) {
					log.error({ error }, "missed alerts could not be rebuilt");
				}
				this.#retryLater(backfill, error);
				return;
			}
		}
	}

	async #read(backfill: BackfillRow, source: CatchUpSource): Promise<void> {
		const { polls, intake } = this.#ports;
		const { signal } = this.#stop;
		const rules = await prometheusRules(source.ask, source.base, signal);
		const read = await runBackfill(backfill, {
			...source,
			rules,
			intake,
			rows: polls,
			signal,
		});
		this.#done(source.row, read);
	}

	#done(row: IntegrationRow, backfill: BackfillRow): void {
		const { work, polls, feed, clock, changed } = this.#ports;
		work.run((transaction) => {
			polls.setBackfill(backfill, { status: "done", ended_at: clock.now() });
			feed.append(transaction, row.tenant_id, {
				type: "alerts.backfilled",
				incidentId: null,
				data: {
					projectId: row.project_id,
					integrationId: row.id,
					integrationName: row.name,
					count: backfill.stored,
					ended: backfill.ended,
					from: backfill.from_at,
					to: backfill.to_at,
					text: noteOf(backfill),
				},
			});
			transaction.afterCommit(() => changed(row.tenant_id));
		});
	}

	/** Later each time, and in the end not at all: what cannot be read must not keep polling from ending alerts. */
	#retryLater(backfill: BackfillRow, error: unknown): void {
		const { polls, clock, changed, log } = this.#ports;
		this.#attempts += 1;
		const isGivenUp = this.#attempts >= mostAttempts || isRefusal(error);
		this.#notBefore =
			clock.monotonic() +
			Math.min(longestRetry, firstRetry * 2 ** (this.#attempts - 1));
		if (isGivenUp) this.#attempts = 0;
		try {
			polls.setBackfill(
				// What was done meanwhile is in the store.
				polls.runningBackfills({
					key: backfill.integration_key,
					tenant_id: backfill.tenant_id,
				})[0] ?? backfill,
				{
					last_error:
						error instanceof SourceError
							? error.message
							: "What was missed could not be stored.",
					...(isGivenUp
						? { status: "given_up" as const, ended_at: clock.now() }
						: {}),
				},
			);
			changed(backfill.tenant_id);
		} catch (fault) {
			log.error({ error: fault }, "how backfilling went could not be stored");
		}
	}
}

/** It understood and will not: asking again changes nothing. */
function isRefusal(error: unknown): boolean {
	return (
		error instanceof SourceError &&
		error.status !== null &&
		error.status >= 400 &&
		error.status < 500 &&
		error.status !== 429
	);
}

/** One line about what was rebuilt. */
export function noteOf({
	stored,
	from_at,
	to_at,
}: Pick<BackfillRow, "stored" | "from_at" | "to_at">): string {
	const between = [from_at, to_at].map((at) => new Date(at).toISOString());
	return `Backfilled ${stored} ${stored === 1 ? "alert" : "alerts"} between ${between.join(" and ")}`;
}
