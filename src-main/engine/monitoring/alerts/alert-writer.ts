import { must } from "../../../../src-shared/domain/must.ts";
import type { Random } from "../../ports.ts";
import type { Writes } from "../../store/index.ts";
import type { AlertRow } from "../monitoring-schema.ts";
import type { AlertChange, AlertChangeKind } from "./alert-change.ts";
import { newAlertRow, refreshed } from "./alert-content.ts";
import type { AlertRepository } from "./alert-repository.ts";
import { toStoredAlert } from "./alert-view.ts";
import type { ParsedAlert, ParsedPayload } from "./parsing/parsed-payload.ts";

/** Whose alerts are written. */
export interface AlertOrigin {
	readonly tenantKey: number;
	readonly projectId: string;
	readonly integrationKey: number;
	/** Rebuilt from the source's own history. */
	readonly isBackfilled: boolean;
}

/** Notifications within a group arrive in order, but one that was held up on its way may still come this long after the end of what it tells of. */
const lateMillis = 30_000;

/** How far the beginning of an episode that was asked for may be from what its webhook says: a missed evaluation of the rule or two. */
const estimateMillis = 60_000;

/**
 * Turns what was told of alerts into episodes. Told again, an episode is counted and no
 * second one is made; what is older than what is known of an episode changes nothing of it.
 * Runs within the transaction of its caller.
 */
export class AlertWriter {
	readonly #rows: AlertRepository;
	readonly #random: Random;

	constructor(rows: AlertRepository, random: Random) {
		this.#rows = rows;
		this.#random = random;
	}

	/** Answers what changed; a repetition changes nothing. */
	write(
		writes: Writes,
		origin: AlertOrigin,
		payload: Pick<ParsedPayload, "episodes" | "mayUnacknowledge">,
		parsed: ParsedAlert,
		now: number,
	): AlertChange[] {
		return payload.episodes === "by-start"
			? this.#byStart(writes, origin, parsed, now)
			: this.#byKey(
					writes,
					origin,
					parsed,
					now,
					payload.mayUnacknowledge === true,
				);
	}

	#byStart(
		writes: Writes,
		origin: AlertOrigin,
		parsed: ParsedAlert,
		now: number,
	): AlertChange[] {
		const { alert } = parsed;
		const exact = this.#exact(origin, parsed);
		if (exact !== undefined) {
			const isLate =
				exact.status === "resolved" &&
				alert.status !== "resolved" &&
				now >= exact.changed_at &&
				now - exact.changed_at < lateMillis;
			return isLate
				? this.#seen(writes, exact, now)
				: this.#update(writes, exact, parsed, now, false);
		}
		const newest = this.#newest(origin, parsed);
		if (newest === undefined) return this.#insert(writes, origin, parsed, now);
		const isEarlier = alert.startsAt < newest.starts_at;
		if (newest.status === "resolved") {
			// What began before an episode that is over cannot still be firing.
			return this.#insert(
				writes,
				origin,
				isEarlier && alert.status !== "resolved"
					? overAt(parsed, newest.starts_at)
					: parsed,
				now,
			);
		}
		if (!isEarlier && isCorrection(newest, alert)) {
			return this.#correct(writes, newest, parsed, now);
		}
		if (!isEarlier) {
			// Its end was never told: a silence or an outage swallowed it.
			const ended = this.#resolve(writes, newest, alert.startsAt, now, {
				because: "a later episode began",
			});
			return [ended, ...this.#insert(writes, origin, parsed, now)];
		}
		const isOlder = alert.endsAt !== null && alert.endsAt <= newest.starts_at;
		// Alertmanager moves the beginning back when alerts overlap: the same episode.
		return isOlder
			? this.#insert(writes, origin, parsed, now)
			: this.#update(writes, newest, parsed, now, false);
	}

	/** The same episode, whose beginning is known better now. */
	#correct(
		writes: Writes,
		row: AlertRow,
		parsed: ParsedAlert,
		now: number,
	): AlertChange[] {
		const { startsAt: starts_at, groupKey: group_key } = parsed.alert;
		const change = { starts_at, group_key };
		this.#rows.update(writes, row.tenant_id, row.key, change);
		return this.#update(writes, { ...row, ...change }, parsed, now, false);
	}

	#byKey(
		writes: Writes,
		origin: AlertOrigin,
		parsed: ParsedAlert,
		now: number,
		mayUnacknowledge: boolean,
	): AlertChange[] {
		const { alert, occurredAt } = parsed;
		const newest = this.#newest(origin, parsed);
		if (newest !== undefined && newest.status !== "resolved") {
			return this.#update(writes, newest, parsed, now, mayUnacknowledge);
		}
		const isStale =
			newest !== undefined &&
			occurredAt !== null &&
			occurredAt <= newest.state_at;
		if (isStale) return this.#seen(writes, newest, now);
		if (alert.status === "resolved") {
			// Nothing of it is known: there is nothing to end.
			return newest === undefined ? [] : this.#seen(writes, newest, now);
		}
		const exact = this.#exact(origin, parsed);
		return exact === undefined
			? this.#insert(writes, origin, parsed, now)
			: this.#update(writes, exact, parsed, now, mayUnacknowledge);
	}

	#insert(
		writes: Writes,
		origin: AlertOrigin,
		parsed: ParsedAlert,
		now: number,
	): AlertChange[] {
		const row = newAlertRow(origin, parsed, this.#random.uuid(), now);
		const key = this.#rows.insert(writes, row);
		const kind = parsed.alert.status === "resolved" ? "imported" : "fired";
		const stored = { ...row, key };
		const change = this.#told(writes, stored, kind, now, {
			starts_at: row.starts_at,
			severity: row.severity,
		});
		return parsed.alert.status === "acknowledged"
			? [change, this.#told(writes, stored, "acknowledged", now, {})]
			: [change];
	}

	#update(
		writes: Writes,
		row: AlertRow,
		parsed: ParsedAlert,
		now: number,
		mayUnacknowledge: boolean,
	): AlertChange[] {
		const { alert, occurredAt } = parsed;
		const isStale = occurredAt !== null && occurredAt < row.state_at;
		if (isStale) return this.#seen(writes, row, now);
		const kind = transition(row, alert.status, mayUnacknowledge);
		const content = refreshed(row, alert);
		if (kind === null && content === null) return this.#seen(writes, row, now);
		const state =
			kind === null
				? {}
				: {
						status:
							kind === "unacknowledged" ? ("firing" as const) : alert.status,
						ends_at: alert.endsAt,
						state_at: Math.max(
							row.state_at,
							occurredAt ?? alert.endsAt ?? row.state_at,
						),
						changed_at: now,
					};
		const isQuiet = kind === "refired" && parsed.suppressedBy !== undefined;
		const change = {
			...content,
			...state,
			...(isQuiet ? { suppressed_by: parsed.suppressedBy } : {}),
			times: row.times + 1,
			last_seen_at: now,
			version: row.version + 1,
		};
		this.#rows.update(writes, row.tenant_id, row.key, change);
		return kind === null
			? []
			: [this.#told(writes, { ...row, ...change }, kind, now, {})];
	}

	#resolve(
		writes: Writes,
		row: AlertRow,
		endsAt: number,
		now: number,
		detail: Readonly<Record<string, unknown>>,
	): AlertChange {
		const change = {
			status: "resolved" as const,
			ends_at: endsAt,
			state_at: Math.max(row.state_at, endsAt),
			changed_at: now,
			version: row.version + 1,
		};
		this.#rows.update(writes, row.tenant_id, row.key, change);
		return this.#told(writes, { ...row, ...change }, "resolved", now, detail);
	}

	/** Ends an episode whose end its source never told. Answers null for one that is over. */
	resolve(
		writes: Writes,
		tenantKey: number,
		key: number,
		endsAt: number,
		now: number,
		because: string,
	): AlertChange | null {
		const row = must(this.#rows.byKey(tenantKey, key), "a known alert");
		return row.status === "resolved"
			? null
			: this.#resolve(writes, row, Math.max(endsAt, row.starts_at), now, {
					because,
				});
	}

	#seen(writes: Writes, row: AlertRow, now: number): AlertChange[] {
		this.#rows.update(writes, row.tenant_id, row.key, {
			times: row.times + 1,
			last_seen_at: now,
		});
		return [];
	}

	#told(
		writes: Writes,
		row: AlertRow,
		kind: AlertChangeKind,
		at: number,
		detail: Readonly<Record<string, unknown>>,
	): AlertChange {
		this.#rows.addEvent(writes, {
			tenant_id: row.tenant_id,
			alert_key: row.key,
			kind,
			at,
			by_id: null,
			by_name: null,
			detail: JSON.stringify(detail),
		});
		return { kind, alert: toStoredAlert(row) };
	}

	#exact({ tenantKey, integrationKey }: AlertOrigin, { alert }: ParsedAlert) {
		return this.#rows.byStart(
			tenantKey,
			integrationKey,
			alert.fingerprint,
			alert.startsAt,
		);
	}

	#newest({ tenantKey, integrationKey }: AlertOrigin, { alert }: ParsedAlert) {
		return this.#rows.newest(tenantKey, integrationKey, alert.fingerprint);
	}
}

/** Whether a webhook tells of the episode that was found by asking, which knows the beginning only nearly. */
function isCorrection(
	{ group_key, starts_at }: AlertRow,
	{ groupKey, startsAt }: ParsedAlert["alert"],
): boolean {
	return (
		group_key === null &&
		groupKey !== null &&
		startsAt - starts_at <= estimateMillis
	);
}

/** What a status does to an episode; null where it changes nothing. */
function transition(
	row: AlertRow,
	status: AlertRow["status"],
	mayUnacknowledge: boolean,
): AlertChangeKind | null {
	if (row.status === status) return null;
	if (status === "resolved") return "resolved";
	if (row.status === "resolved") return "refired";
	if (status === "acknowledged") return "acknowledged";
	return mayUnacknowledge ? "unacknowledged" : null;
}

function overAt(parsed: ParsedAlert, endsAt: number): ParsedAlert {
	return { ...parsed, alert: { ...parsed.alert, status: "resolved", endsAt } };
}
