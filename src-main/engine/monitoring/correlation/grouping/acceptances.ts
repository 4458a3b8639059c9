import { type InProject, Sight } from "../../../identity/access/index.ts";
import type { IncidentsService } from "../../../incidents/index.ts";
import type { Clock } from "../../../ports.ts";
import type { Transaction } from "../../../store/index.ts";
import type { StoredAlert, TakeBack } from "../../alerts/alert-change.ts";
import type { AlertRepository } from "../../alerts/alert-repository.ts";
import type { GroupRow } from "../correlation-schema.ts";
import type { MatchedAlert } from "../rules/alert-facts.ts";
import type { CompiledRule } from "../rules/compiled-rule.ts";
import type { AlertIncidents } from "./alert-incidents.ts";
import type { Correlator } from "./correlator.ts";
import type { GroupRepository } from "./group-repository.ts";

/** Puts alerts to an incident, or to none, in the transaction. */
export type LinkAlerts = (
	transaction: Transaction,
	tenantKey: number,
	alertKeys: readonly number[],
	incidentId: string | null,
) => void;

export interface AcceptancesPorts {
	readonly correlator: Correlator;
	readonly rows: GroupRepository;
	readonly alertRepository: AlertRepository;
	readonly alertIncidents: AlertIncidents;
	readonly incidents: Pick<IncidentsService, "edit" | "timeline">;
	readonly clock: Clock;
	readonly link: LinkAlerts;
	readonly factsOf: (tenantKey: number, alert: StoredAlert) => MatchedAlert;
	/** Keeps alerts quiet again that a mute or a window would keep quiet. */
	readonly suppress: (
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		alertKeys: readonly number[],
	) => void;
}

/** An incident that was opened for what a person accepted. */
interface Opened {
	readonly incidentId: string;
	readonly group: GroupRow;
	/** All that were put to it. */
	readonly alertKeys: Set<number>;
	/** Those of them that waited in the group before. */
	readonly waited: Set<number>;
}

/** Incidents for alerts that people accept, whatever the rules say, and the way back. */
export class Acceptances {
	readonly #ports: AcceptancesPorts;

	constructor(ports: AcceptancesPorts) {
		this.#ports = ports;
	}

	/** They join their group's incident, or open one. `suppressed` are those that were kept quiet until now. */
	accept(
		transaction: Transaction,
		by: InProject<"engineer">,
		alerts: readonly { alert: StoredAlert; rule: CompiledRule }[],
		suppressed: readonly number[],
	): TakeBack {
		const opened = new Map<string, Opened>();
		for (const each of alerts) {
			this.#acceptOne(transaction, by, each, opened);
		}
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const known = [...opened.values()].map((each) => ({
			...each,
			told: this.#toldByPeople(tenantKey, each.incidentId),
		}));
		return (inside, who, keys) => {
			for (const { told, ...each } of known) {
				if (!this.#isUntouched(tenantKey, each, told, keys)) continue;
				this.#takeBack(inside, who, each);
			}
			const loose = suppressed.filter((key) => keys.has(key));
			this.#ports.suppress(inside, tenantKey, projectId, loose);
		};
	}

	#acceptOne(
		transaction: Transaction,
		by: InProject<"engineer">,
		{ alert, rule }: { alert: StoredAlert; rule: CompiledRule },
		opened: Map<string, Opened>,
	): void {
		const { correlator, rows, alertIncidents, link, clock } = this.#ports;
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const facts = this.#ports.factsOf(tenantKey, alert);
		const place = { tenantKey, projectId, ruleId: rule.id };
		const group = correlator.living(
			transaction.writes,
			place,
			rule,
			rule.identity(facts),
		);
		const waiting = rows.takeWaiting(transaction.writes, group.row);
		rows.stopWaiting(transaction.writes, tenantKey, alert.key);
		group.alerts.push(alert);
		group.severity = rule.severity(facts);
		rows.update(transaction.writes, group.row, { last_at: clock.now() });
		if (group.incident !== null) {
			const others = waiting.filter((key) => key !== alert.key);
			link(transaction, tenantKey, others, group.incident.id);
			correlator.join(transaction, tenantKey, [group], group.incident);
			opened.get(group.incident.id)?.alertKeys.add(alert.key);
			return;
		}
		const others = waiting.filter((key) => key !== alert.key);
		const incident = alertIncidents.open(
			transaction.writes,
			tenantKey,
			{
				alerts: [alert],
				waiting: others.length,
				severity: group.severity,
				service: rule.settings.service ?? alert.service,
				projectId,
				ruleId: null,
				ruleName: rule.settings.name,
				storm: null,
				predecessorId: group.predecessorId,
			},
			by,
		);
		link(transaction, tenantKey, [...others, alert.key], incident.id);
		rows.update(transaction.writes, group.row, { incident_id: incident.id });
		opened.set(incident.id, {
			incidentId: incident.id,
			group: group.row,
			alertKeys: new Set([...others, alert.key]),
			waited: new Set(waiting),
		});
	}

	/** Whether nobody did anything with it since, and it holds nothing but what it was opened with, none of which is still accepted. */
	#isUntouched(
		tenantKey: number,
		{ incidentId, alertKeys }: Opened,
		told: number,
		undone: ReadonlySet<number>,
	): boolean {
		const { alertIncidents, alertRepository } = this.#ports;
		if (alertIncidents.unsettled(tenantKey, incidentId) === null) return false;
		if (this.#toldByPeople(tenantKey, incidentId) !== told) return false;
		const held = alertRepository.ofIncident(
			tenantKey,
			incidentId,
			alertKeys.size + 1,
		);
		return (
			held.some(({ key }) => undone.has(key)) &&
			held.every(
				({ key, triage }) => alertKeys.has(key) && triage !== "accepted",
			)
		);
	}

	#takeBack(
		transaction: Transaction,
		by: InProject<"engineer">,
		{ incidentId, group, alertKeys, waited }: Opened,
	): void {
		const { rows, alertRepository, alertIncidents, incidents, link } =
			this.#ports;
		const tenantKey = by.tenant.key;
		alertIncidents.empty(transaction.writes, tenantKey, incidentId);
		rows.update(transaction.writes, group, { incident_id: null });
		link(transaction, tenantKey, [...alertKeys], null);
		for (const key of waited) {
			const isOver =
				alertRepository.byKey(tenantKey, key)?.status === "resolved";
			if (!isOver) rows.wait(transaction.writes, group, key);
		}
		incidents.edit(
			by,
			incidentId,
			{ move: "inconclusive" },
			{ note: "Accepting its alerts was taken back." },
		);
	}

	/** How many entries of its timeline people and programs wrote. */
	#toldByPeople(tenantKey: number, incidentId: string): number {
		return this.#ports.incidents
			.timeline(Sight.ofTenant(tenantKey), incidentId)
			.filter(({ author }) => author.kind !== "monitor").length;
	}
}
