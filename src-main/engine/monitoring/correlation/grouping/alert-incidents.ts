import { isSettled } from "../../../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../../../src-shared/domain/severity.ts";
import {
	type Member,
	type Principal,
	Sight,
} from "../../../identity/access/index.ts";
import type {
	IncidentEntry,
	IncidentsService,
} from "../../../incidents/index.ts";
import type { Clock } from "../../../ports.ts";
import type { Writes } from "../../../store/index.ts";
import type { StoredAlert } from "../../alerts/alert-change.ts";
import type { AlertIncidentRow } from "../correlation-schema.ts";
import { shortText, titleOf } from "./alert-words.ts";
import { ClockJumps } from "./clock-jumps.ts";
import type { GroupRepository } from "./group-repository.ts";

/** What correlation asks of incidents. */
export type CorrelatedIncidents = Pick<
	IncidentsService,
	"open" | "edit" | "append" | "actOn" | "find" | "isTouched" | "timeline"
>;

export interface AlertIncidentsPorts {
	readonly rows: GroupRepository;
	readonly incidents: CorrelatedIncidents;
	readonly clock: Clock;
	/** Tocsin itself, under the name of what it does. */
	readonly tocsin: (tenantKey: number, name: string) => Member<"engineer">;
}

/** What a new incident is made of. */
export interface Opening {
	readonly alerts: readonly StoredAlert[];
	/** Milder ones that came before and are part of it too. */
	readonly waiting: number;
	readonly severity: Severity;
	readonly service: string | null;
	readonly projectId: string;
	readonly ruleId: string | null;
	readonly ruleName: string;
	readonly storm: string | null;
	readonly predecessorId: string | null;
}

/** So many entries come at once; then one a minute tells of all that joined. */
const promptEntries = 5;
const entryEvery = 60_000;

/**
 * What alerts do to incidents: open them, join them, raise them, merge them and, where
 * nobody has touched them, resolve them. Each in the transaction of its caller.
 */
export class AlertIncidents {
	readonly #ports: AlertIncidentsPorts;
	readonly #jumps: ClockJumps;

	constructor(ports: AlertIncidentsPorts) {
		this.#ports = ports;
		this.#jumps = new ClockJumps(ports.clock);
	}

	/** One that is still worked on; null for any other. */
	unsettled(tenantKey: number, id: string | null): IncidentEntry | null {
		const entry =
			id === null
				? null
				: this.#ports.incidents.find(Sight.ofTenant(tenantKey), id);
		return entry === null || isSettled(entry.state) ? null : entry;
	}

	/** When it was settled; null for one that is not. */
	overAt(tenantKey: number, id: string): number | null {
		const entry = this.#ports.incidents.find(Sight.ofTenant(tenantKey), id);
		return entry === null || !isSettled(entry.state)
			? null
			: (entry.resolvedAt ?? entry.closedAt ?? entry.updatedAt);
	}

	isTouched(tenantKey: number, id: string): boolean {
		return this.#ports.incidents.isTouched(tenantKey, id);
	}

	/** `by` for what a person asked for; else the rules did it. */
	open(
		writes: Writes,
		tenantKey: number,
		opening: Opening,
		by?: Principal<"engineer">,
	): IncidentEntry {
		const { incidents, rows, clock } = this.#ports;
		const { alerts, storm } = opening;
		const [first] = alerts;
		const entry = incidents.open(by ?? this.#monitor(tenantKey), {
			title: titleOf(alerts, storm),
			description: first === undefined ? "" : descriptionOf(first),
			severity: opening.severity,
			modelId: null,
			source: "alert",
			labels: labelsOf(alerts, storm),
			triggerSource: first?.source === "pagerduty" ? "pagerduty" : null,
			projectId: opening.projectId,
			serviceName: opening.service === null ? null : shortText(opening.service),
			details: {
				rule: opening.ruleName,
				alerts: alerts.slice(0, 20).map(({ id }) => id),
			},
			predecessorId: opening.predecessorId,
		});
		rows.putIncident(writes, {
			incident_id: entry.id,
			tenant_id: tenantKey,
			project_id: opening.projectId,
			rule_id: opening.ruleId,
			alerts: alerts.length + opening.waiting,
			unreported: 0,
			entries: 0,
			reported_at: clock.now(),
			storm,
			quiet_at: null,
			resolve_at: null,
		});
		const more = alerts.length + opening.waiting - 1;
		if (more > 0) this.#tell(tenantKey, entry.id, more);
		return entry;
	}

	/** Notes that alerts are part of it now, and raises its severity where one of them is graver. */
	join(
		writes: Writes,
		tenantKey: number,
		incident: IncidentEntry,
		joining: {
			readonly count: number;
			readonly severity: Severity;
			readonly projectId: string;
		},
	): void {
		const { rows, incidents } = this.#ports;
		const known =
			rows.incident(tenantKey, incident.id) ??
			this.#adopted(tenantKey, incident.id, joining.projectId);
		this.#report(writes, {
			...known,
			alerts: known.alerts + joining.count,
			unreported: known.unreported + joining.count,
			resolve_at: null,
		});
		if (joining.severity >= incident.severity) return;
		const current = incidents.find(Sight.ofTenant(tenantKey), incident.id);
		if (current !== null && joining.severity < current.severity) {
			incidents.edit(
				this.#monitor(tenantKey),
				incident.id,
				{ severity: joining.severity },
				{ note: "A graver alert joined." },
			);
		}
	}

	/** Alerts of it began to fire again. */
	wake(writes: Writes, tenantKey: number, id: string): void {
		const { rows } = this.#ports;
		const known = rows.incident(tenantKey, id);
		if (known !== undefined && known.resolve_at !== null) {
			rows.putIncident(writes, { ...known, resolve_at: null });
		}
	}

	/** Makes it the incident of a storm: it is named so, unless a person worked on it. */
	becomeStorm(
		writes: Writes,
		tenantKey: number,
		incident: IncidentEntry,
		label: string,
	): void {
		const { rows, incidents } = this.#ports;
		const known = rows.incident(tenantKey, incident.id);
		if (known === undefined || known.storm !== null) return;
		rows.putIncident(writes, { ...known, storm: label });
		const by = this.#monitor(tenantKey);
		if (!this.isTouched(tenantKey, incident.id)) {
			incidents.edit(by, incident.id, {
				title: shortText(`${incident.title} and others with ${label}`),
				labels: [...new Set([...incident.labels, shortText(label)])],
			});
		}
		incidents.append(by, incident.id, {
			kind: "signal",
			text: `A storm: many groups of alerts share ${label}.`,
			data: { storm: label },
		});
	}

	/** Puts the alerts of `from`, which nobody has touched, into `into`, and ends it. */
	merge(
		writes: Writes,
		tenantKey: number,
		from: IncidentEntry,
		into: IncidentEntry,
	): void {
		const { rows, incidents } = this.#ports;
		const moved = rows.moveAlerts(writes, tenantKey, from.id, into.id);
		rows.reassign(writes, tenantKey, from.id, into.id);
		const source = rows.incident(tenantKey, from.id);
		this.empty(writes, tenantKey, from.id);
		incidents.edit(
			this.#monitor(tenantKey),
			from.id,
			{ move: "inconclusive" },
			{ note: `Its alerts are part of #${into.number} now.` },
		);
		this.join(writes, tenantKey, into, {
			count: moved,
			severity: from.severity,
			projectId: source?.project_id ?? into.projectId ?? "",
		});
	}

	/** It has no alert any more, and nothing is to be told of them. */
	empty(writes: Writes, tenantKey: number, id: string): void {
		const { rows, clock } = this.#ports;
		const known = rows.incident(tenantKey, id);
		if (known === undefined) return;
		rows.putIncident(writes, {
			...known,
			alerts: 0,
			unreported: 0,
			resolve_at: null,
			reported_at: clock.now(),
		});
	}

	/** Looks whether all its alerts are resolved, and begins to wait, or resolves it at once. */
	checkResolved(
		writes: Writes,
		tenantKey: number,
		id: string,
		rule: { readonly resolves: boolean; readonly afterMillis: number } | null,
	): void {
		const { rows, clock, incidents } = this.#ports;
		const known = rows.incident(tenantKey, id);
		if (known === undefined || this.unsettled(tenantKey, id) === null) return;
		if (rows.isFiring(tenantKey, id)) return;
		const now = clock.now();
		this.#followClock(writes);
		const resolveAt = rule?.resolves === true ? now + rule.afterMillis : null;
		if (resolveAt !== null && resolveAt <= now) {
			rows.putIncident(writes, { ...known, quiet_at: now, resolve_at: null });
			this.#settle(known, now);
			return;
		}
		// What flaps is not told of each time.
		const isNews =
			known.quiet_at === null || now - known.quiet_at >= entryEvery;
		rows.putIncident(writes, {
			...known,
			quiet_at: isNews ? now : known.quiet_at,
			resolve_at: resolveAt,
		});
		if (isNews) {
			incidents.append(this.#monitor(tenantKey), id, {
				kind: "signal",
				text: "All its alerts are resolved.",
				data: { allResolved: true },
			});
		}
	}

	/** Writes the entries that are due and resolves what has been quiet for long enough. Answers whether there may be more. */
	tick(writes: Writes, limit: number): boolean {
		const { rows, clock } = this.#ports;
		const now = clock.now();
		this.#followClock(writes);
		const reports = rows.toReport(now - entryEvery, limit);
		for (const row of reports) {
			this.#report(writes, row);
		}
		const quiet = rows.toResolve(now, limit);
		for (const row of quiet) {
			rows.putIncident(writes, { ...row, resolve_at: null });
			if (!rows.isFiring(row.tenant_id, row.incident_id)) {
				this.#settle(row, now);
			}
		}
		return reports.length === limit || quiet.length === limit;
	}

	#followClock(writes: Writes): void {
		const jump = this.#jumps.take();
		if (jump !== 0) this.#ports.rows.shiftWaits(writes, jump);
	}

	#settle(row: AlertIncidentRow, now: number): void {
		const { incidents } = this.#ports;
		const { tenant_id: tenantKey, incident_id: id } = row;
		if (this.unsettled(tenantKey, id) === null) return;
		if (this.isTouched(tenantKey, id)) return;
		incidents.edit(
			this.#monitor(tenantKey),
			id,
			{ move: "resolved" },
			{
				note:
					row.quiet_at === null || row.quiet_at === now
						? "All its alerts are resolved."
						: `All its alerts have been resolved for ${Math.max(1, Math.round((now - row.quiet_at) / 60_000))} min.`,
			},
		);
	}

	/** Keeps what is known, with one entry for all that joined since the last, when it is time for one. */
	#report(writes: Writes, known: AlertIncidentRow): void {
		const { rows, clock } = this.#ports;
		const now = clock.now();
		const isTime =
			known.entries < promptEntries || now - known.reported_at >= entryEvery;
		if (known.unreported === 0 || !isTime) {
			rows.putIncident(writes, known);
			return;
		}
		rows.putIncident(writes, {
			...known,
			unreported: 0,
			entries: known.entries + 1,
			reported_at: now,
		});
		this.#tell(
			known.tenant_id,
			known.incident_id,
			known.unreported,
			known.alerts,
		);
	}

	#tell(tenantKey: number, id: string, count: number, total?: number): void {
		const words = count === 1 ? "1 more alert" : `${count} more alerts`;
		this.#ports.incidents.append(this.#monitor(tenantKey), id, {
			kind: "signal",
			text: total === undefined ? `${words}.` : `${words}; ${total} in all.`,
			data: { alerts: count, total: total ?? count + 1 },
		});
	}

	/** Of an incident that no alert opened. */
	#adopted(tenantKey: number, id: string, projectId: string): AlertIncidentRow {
		return {
			incident_id: id,
			tenant_id: tenantKey,
			project_id: projectId,
			rule_id: null,
			alerts: 0,
			unreported: 0,
			entries: 0,
			reported_at: this.#ports.clock.now(),
			storm: null,
			quiet_at: null,
			resolve_at: null,
		};
	}

	#monitor(tenantKey: number): Member<"engineer"> {
		return this.#ports.tocsin(tenantKey, "Alert rules");
	}
}

function descriptionOf({ summary, description }: StoredAlert): string {
	return [summary, description]
		.filter((text) => text !== "")
		.join("\n\n")
		.replaceAll("\u0000", "")
		.toWellFormed()
		.slice(0, 10_000)
		.toWellFormed();
}

function labelsOf(
	alerts: readonly StoredAlert[],
	storm: string | null,
): string[] {
	const labels = new Set<string>();
	for (const { name, service } of alerts) {
		if (labels.size >= 20) break;
		labels.add(shortText(`alertname=${name}`));
		if (service !== null) labels.add(shortText(`service=${service}`));
	}
	if (storm !== null) labels.add(shortText(storm));
	return [...labels];
}
