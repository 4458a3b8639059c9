import { EngineError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import type { ActionRepository } from "./action-repository.ts";

const hourMillis = 3_600_000;

/** Of one incident within an hour. A rollback is not counted: what puts things right must not wait. */
export const runsPerHour = { dry_run: 100, execution: 10 } as const;

/** Limits on dry runs and executions, counted from the journal itself, so that a restart forgets none. */
export class RunLimits {
	readonly #records: ActionRepository;
	readonly #clock: Clock;
	#scale = 1;

	constructor(records: ActionRepository, clock: Clock) {
		this.#records = records;
		this.#clock = clock;
	}

	/** Multiplies every limit; 0 turns them off. */
	setScale(scale: number): void {
		this.#scale = scale;
	}

	/** Throws RATE_LIMITED with `limit` and `retryAfterSeconds` when one more is too many. */
	check(
		tenantKey: number,
		incidentId: string,
		kind: keyof typeof runsPerHour,
	): void {
		if (this.#scale === 0) return;
		const limit = Math.max(1, Math.floor(runsPerHour[kind] * this.#scale));
		const now = this.#clock.now();
		const times = this.#records.timesSince(
			tenantKey,
			incidentId,
			kind,
			now - hourMillis,
			limit,
		);
		const oldest = times[limit - 1];
		if (oldest === undefined) return;
		const what = kind === "dry_run" ? "dry runs" : "executions";
		throw new EngineError(
			"RATE_LIMITED",
			`This incident had ${limit} ${what} within the hour, which is the limit.`,
			{
				limit,
				retryAfterSeconds: Math.min(
					hourMillis / 1_000,
					Math.max(1, Math.ceil((oldest + hourMillis - now) / 1_000)),
				),
			},
		);
	}
}
