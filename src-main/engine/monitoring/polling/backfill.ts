import { largest, smallest } from "../../../../src-shared/domain/extremes.ts";
import type { AlertIntake } from "../alerts/alert-intake.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import type { AskSource } from "../sources/ask-source.ts";
import { readHistory } from "./alert-history.ts";
import { type AlertRun, AlertRuns } from "./alert-runs.ts";
import { pastAlert } from "./past-alert.ts";
import type { PollRepository } from "./poll-repository.ts";
import type { BackfillRow } from "./polling-schema.ts";
import type { AlertRule } from "./prometheus-state.ts";

export interface BackfillPorts {
	readonly rows: PollRepository;
	readonly intake: AlertIntake;
	readonly ask: AskSource;
	readonly row: IntegrationRow;
	readonly base: string;
	readonly rules: readonly AlertRule[];
	readonly externalLabels: Readonly<Record<string, string>>;
	readonly context: ParseContext;
	/** Since when a fingerprint fires by the newest answer of the source; null for one that does not. */
	readonly firingSince: (fingerprint: string) => number | null;
	readonly signal: AbortSignal;
}

const stepsPerChunk = 1_440;
const leastStep = 15_000;

/** Milliseconds between the moments that are looked at: no less than the rules' own interval, or there would be holes. */
export function stepOf(rules: readonly AlertRule[]): number {
	const longest = largest(rules.map(({ intervalMillis }) => intervalMillis));
	return Math.ceil(Math.max(leastStep, longest) / 1_000) * 1_000;
}

/**
 * Rebuilds the alerts that fired and were over in a stretch that Tocsin did not see, in
 * chunks, each remembered: stopped, it goes on where it was. An episode that touches one
 * that is known is that one, so that doing it twice stores nothing twice. Rejects with a
 * SourceError, and as `AlertIntake.add`.
 */
export async function runBackfill(
	begun: BackfillRow,
	ports: BackfillPorts,
): Promise<BackfillRow> {
	const { rows, ask, base, rules, signal } = ports;
	const stepMillis = stepOf(rules);
	const runs = new AlertRuns(stepMillis);
	// On one grid for all time, so that a second look finds the same moments.
	const to = Math.floor(begun.to_at / stepMillis) * stepMillis;
	let from = Math.floor(begun.done_until / stepMillis) * stepMillis;
	let steps = stepsPerChunk;
	let backfill = begun;
	while (from <= to) {
		signal.throwIfAborted();
		const chunk = await readHistory(
			ask,
			base,
			{ from, to, stepMillis, steps },
			signal,
		);
		const isLast = chunk.until + stepMillis > to;
		const over = runs.add(chunk.series, chunk.until);
		const found = isLast ? [...over, ...runs.open] : over;
		const { stored, ended } = await keep(found, stepMillis, ports);
		const earliest = smallest([
			chunk.until,
			...runs.open.map((run) => run.from),
		]);
		backfill = rows.setBackfill(backfill, {
			done_until: Math.max(backfill.done_until, earliest),
			stored: backfill.stored + stored,
			ended: backfill.ended + ended,
			last_error: null,
		});
		steps = chunk.steps;
		from = chunk.until + stepMillis;
	}
	return backfill;
}

async function keep(
	runs: readonly AlertRun[],
	stepMillis: number,
	ports: BackfillPorts,
): Promise<{ stored: number; ended: number }> {
	const { rows, intake, row, base, rules, externalLabels, context } = ports;
	const origin = {
		tenantKey: row.tenant_id,
		projectId: row.project_id,
		integrationKey: row.key,
	};
	const unknown = [];
	let ended = 0;
	for (const run of runs) {
		const parsed = pastAlert(run, rules, base, externalLabels, context);
		if (parsed === null) continue;
		const since = ports.firingSince(parsed.alert.fingerprint);
		// A hole in the history of one that still fires is no end.
		if (since !== null && since <= run.to + stepMillis) continue;
		const touching = rows.touching(
			row,
			parsed.alert.fingerprint,
			run.from - stepMillis,
			run.to + stepMillis,
		);
		if (touching.length === 0) unknown.push(parsed);
		for (const known of touching) {
			if (known.status === "resolved") continue;
			intake.resolve(
				origin,
				known.key,
				run.to,
				"the history of Prometheus shows its end",
			);
			ended += 1;
		}
	}
	let stored = 0;
	for (let at = 0; at < unknown.length; at += alertsPerBatch) {
		const { created } = await intake.add({
			origin: { ...origin, isBackfilled: true },
			payload: {
				kind: "alerts",
				episodes: "by-start",
				alerts: unknown.slice(at, at + alertsPerBatch),
				faults: [],
				truncatedAlerts: 0,
			},
		});
		stored += created;
	}
	return { stored, ended };
}

const alertsPerBatch = 200;
