import { must } from "../../../../../src-shared/domain/must.ts";
import type { Severity } from "../../../../../src-shared/domain/severity.ts";
import type { IncidentEntry } from "../../../incidents/index.ts";
import type { Clock } from "../../../ports.ts";
import type { Transaction, Writes } from "../../../store/index.ts";
import type { StoredAlert } from "../../alerts/alert-change.ts";
import type { GroupRow } from "../correlation-schema.ts";
import type { MatchedAlert } from "../rules/alert-facts.ts";
import type { CompiledRule } from "../rules/compiled-rule.ts";
import type { AlertIncidents } from "./alert-incidents.ts";
import type { GroupRepository, RulePlace } from "./group-repository.ts";
import { GroupUnion, type TouchedGroup } from "./touched-group.ts";

export interface CorrelatorPorts {
	readonly rows: GroupRepository;
	readonly incidents: AlertIncidents;
	readonly clock: Clock;
	/** Puts alerts to an incident, in the transaction. */
	readonly link: (
		transaction: Transaction,
		tenantKey: number,
		alertKeys: readonly number[],
		incidentId: string,
	) => void;
	readonly factsOf: (tenantKey: number, alert: StoredAlert) => MatchedAlert;
}

/** A storm that a group is part of. */
interface Storm {
	readonly label: string;
	readonly groups: readonly GroupRow[];
}

/**
 * Groups alerts into incidents.
 *
 * 1. The first rule that matches takes an alert, and the values of the rule's labels name
 *    its group. A group lives while its incident is worked on; without an incident, for the
 *    rule's window after the last alert.
 * 2. A group with an alert that is grave enough has an incident; the milder alerts of the
 *    group join it, also those that came before.
 * 3. Where more groups than the rule allows share a label within the window, they are one
 *    storm and have one incident: those that nobody has touched are merged into the oldest.
 * 4. When an incident is over, the next alert of its group opens a new one, linked to it
 *    within the window.
 *
 * What is grouped is told by the alerts alone and not by their order: 2 and 3 only ever
 * join, and look back. All of a batch is grouped before anything is opened, so that a storm
 * that comes at once opens one incident.
 */
export class Correlator {
	readonly #ports: CorrelatorPorts;
	/** The incidents that one batch looked up: the groups of a storm all ask for the same. */
	readonly #looked = new Map<string, IncidentEntry | null>();

	constructor(ports: CorrelatorPorts) {
		this.#ports = ports;
	}

	/** Alerts that fire, that nothing keeps quiet, each with its rule. */
	place(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		alerts: readonly { alert: StoredAlert; rule: CompiledRule }[],
	): void {
		this.#looked.clear();
		const touched = this.#group(
			transaction.writes,
			tenantKey,
			projectId,
			alerts,
		);
		const { union, storms, others } = this.#storms(
			transaction.writes,
			tenantKey,
			touched,
		);
		const together = new Map<number, TouchedGroup[]>();
		for (const group of touched) {
			const root = union.rootOf(group.row.key);
			const known = together.get(root);
			if (known === undefined) together.set(root, [group]);
			else known.push(group);
		}
		for (const [root, groups] of together) {
			this.#settle(transaction, tenantKey, groups, {
				storm: storms.get(root) ?? null,
				others: others.filter(({ key }) => union.rootOf(key) === root),
			});
		}
	}

	/** The group that lives for an identity, or a new one. */
	living(
		writes: Writes,
		place: RulePlace,
		rule: CompiledRule,
		identity: string,
	): TouchedGroup {
		this.#looked.clear();
		return this.#open(writes, place, rule, identity, this.#ports.clock.now());
	}

	/** The groups that the alerts fall into, in the order of their first alerts. */
	#group(
		writes: Writes,
		tenantKey: number,
		projectId: string,
		alerts: readonly { alert: StoredAlert; rule: CompiledRule }[],
	): TouchedGroup[] {
		const { rows, clock } = this.#ports;
		const now = clock.now();
		const groups = new Map<string, TouchedGroup>();
		for (const { alert, rule } of alerts) {
			const facts = this.#ports.factsOf(tenantKey, alert);
			const identity = rule.identity(facts);
			const name = `${rule.id} ${identity}`;
			let group = groups.get(name);
			if (group === undefined) {
				group = this.#open(
					writes,
					{ tenantKey, projectId, ruleId: rule.id },
					rule,
					identity,
					now,
				);
				groups.set(name, group);
			}
			group.alerts.push(alert);
			const severity = rule.severity(facts);
			if (severity < group.severity) group.severity = severity;
			if (rule.opens(facts)) {
				group.opens = true;
				for (const label of rule.stormLabels(facts)) {
					group.stormLabels.add(label);
				}
			}
		}
		for (const { row, stormLabels } of groups.values()) {
			rows.update(writes, row, { last_at: now });
			for (const label of stormLabels) rows.mark(writes, row, label, now);
		}
		return [...groups.values()];
	}

	/** The living group, or a new one. */
	#open(
		writes: Writes,
		place: RulePlace,
		rule: CompiledRule,
		identity: string,
		now: number,
	): TouchedGroup {
		const { rows } = this.#ports;
		const newest = rows.newest(place, identity);
		const isRecent =
			newest !== undefined && now - newest.last_at <= rule.windowMillis;
		const incident = this.#unsettled(
			place.tenantKey,
			newest?.incident_id ?? null,
		);
		const lives =
			incident !== null || (newest?.incident_id === null && isRecent);
		if (newest !== undefined && newest.incident_id !== null && !lives) {
			rows.unmark(writes, newest);
		}
		return {
			row:
				lives && newest !== undefined
					? newest
					: rows.insert(writes, place, identity, now),
			rule,
			incident,
			predecessorId:
				!lives && newest !== undefined
					? this.#predecessor(place.tenantKey, newest, rule, now)
					: null,
			alerts: [],
			severity: 5,
			opens: false,
			stormLabels: new Set(),
		};
	}

	/** The incident that was over at most a window ago. */
	#predecessor(
		tenantKey: number,
		{ incident_id, last_at }: GroupRow,
		{ windowMillis }: CompiledRule,
		now: number,
	): string | null {
		if (incident_id === null) return null;
		const over = this.#ports.incidents.overAt(tenantKey, incident_id);
		return over !== null && now - Math.max(over, last_at) <= windowMillis
			? incident_id
			: null;
	}

	/** Which groups are joined by storms, and the groups of earlier batches among them. */
	#storms(writes: Writes, tenantKey: number, touched: readonly TouchedGroup[]) {
		const { rows, clock } = this.#ports;
		const now = clock.now();
		const union = new GroupUnion();
		const found: Storm[] = [];
		const others = new Map<number, GroupRow>();
		const own = new Set(touched.map(({ row }) => row.key));
		const seen = new Set<string>();
		for (const { row, rule, stormLabels } of touched) {
			for (const label of stormLabels) {
				const name = `${rule.id} ${label}`;
				if (seen.has(name)) continue;
				seen.add(name);
				const most = rule.settings.stormGroups;
				const groups = rows
					.sharing(
						{ tenantKey, projectId: row.project_id, ruleId: rule.id },
						label,
						now - rule.windowMillis,
						most + 1 + touched.length,
					)
					.filter((group) => own.has(group.key) || this.#lives(writes, group));
				if (groups.length <= most) continue;
				found.push({ label, groups });
				for (const group of groups) {
					union.join(row.key, group.key);
					if (!own.has(group.key)) others.set(group.key, group);
				}
			}
		}
		joinByIncident(union, [
			...touched.map(({ row }) => row),
			...others.values(),
		]);
		const storms = new Map<number, string>();
		for (const { label, groups } of found) {
			const root = union.rootOf(must(groups[0], "a storm has groups").key);
			if (!storms.has(root)) storms.set(root, label);
		}
		return { union, storms, others: [...others.values()] };
	}

	/** Whether a group's incident is worked on; one whose incident is over makes no storm. */
	#lives(writes: Writes, group: GroupRow): boolean {
		const lives = this.#unsettled(group.tenant_id, group.incident_id) !== null;
		if (!lives) this.#ports.rows.unmark(writes, group);
		return lives;
	}

	#unsettled(tenantKey: number, id: string | null): IncidentEntry | null {
		if (id === null) return null;
		const known = this.#looked.get(id);
		if (known !== undefined) return known;
		const entry = this.#ports.incidents.unsettled(tenantKey, id);
		this.#looked.set(id, entry);
		return entry;
	}

	/** What becomes of groups that belong together. */
	#settle(
		transaction: Transaction,
		tenantKey: number,
		touched: readonly TouchedGroup[],
		{ storm, others }: { storm: string | null; others: readonly GroupRow[] },
	): void {
		const { rows, incidents } = this.#ports;
		const known = new Map<string, IncidentEntry>();
		for (const { incident } of touched) {
			if (incident !== null) known.set(incident.id, incident);
		}
		for (const { incident_id } of others) {
			const incident = this.#unsettled(tenantKey, incident_id);
			if (incident !== null) known.set(incident.id, incident);
		}
		const isOpening = known.size > 0 || touched.some(({ opens }) => opens);
		if (!isOpening) {
			for (const { row, alerts } of touched) {
				for (const { key } of alerts) rows.wait(transaction.writes, row, key);
			}
			return;
		}
		const [incident, ...mergeable] = this.#ranked(tenantKey, [
			...known.values(),
		]);
		if (incident === undefined) {
			this.#openFor(transaction, tenantKey, touched, storm);
			return;
		}
		const kept = new Set<string>();
		for (const other of mergeable) {
			if (incidents.isTouched(tenantKey, other.id)) kept.add(other.id);
			else incidents.merge(transaction.writes, tenantKey, other, incident);
		}
		const staying = touched.filter(
			(group) => group.incident !== null && kept.has(group.incident.id),
		);
		for (const group of staying) {
			this.join(
				transaction,
				tenantKey,
				[group],
				must(group.incident, "it was kept"),
			);
		}
		const joining = touched.filter((group) => !staying.includes(group));
		this.join(transaction, tenantKey, joining, incident);
		if (storm !== null)
			incidents.becomeStorm(transaction.writes, tenantKey, incident, storm);
	}

	/** The one that others are merged into first: a storm's, then one that people work on, then the oldest. */
	#ranked(tenantKey: number, known: readonly IncidentEntry[]): IncidentEntry[] {
		if (known.length < 2) return [...known];
		const { rows, incidents } = this.#ports;
		const rank = (entry: IncidentEntry) =>
			rows.incident(tenantKey, entry.id)?.storm != null
				? 0
				: incidents.isTouched(tenantKey, entry.id)
					? 1
					: 2;
		return known
			.map((entry) => ({ entry, rank: rank(entry) }))
			.sort(
				(one, other) =>
					one.rank - other.rank || one.entry.number - other.entry.number,
			)
			.map(({ entry }) => entry);
	}

	#openFor(
		transaction: Transaction,
		tenantKey: number,
		touched: readonly TouchedGroup[],
		storm: string | null,
	): void {
		const { rows, incidents, link } = this.#ports;
		const leading = must(
			touched.find(({ opens }) => opens) ?? touched[0],
			"groups that open an incident",
		);
		const { rule, row } = leading;
		const alerts = [
			leading,
			...touched.filter((each) => each !== leading),
		].flatMap((group) => group.alerts);
		const waiting = touched.flatMap((group) =>
			rows.takeWaiting(transaction.writes, group.row),
		);
		const incident = incidents.open(transaction.writes, tenantKey, {
			alerts,
			waiting: waiting.length,
			severity: gravest(touched),
			service: rule.settings.service ?? alerts[0]?.service ?? null,
			projectId: row.project_id,
			ruleId: rule.id,
			ruleName: rule.settings.name,
			storm,
			predecessorId:
				touched.find(({ predecessorId }) => predecessorId !== null)
					?.predecessorId ?? null,
		});
		link(
			transaction,
			tenantKey,
			[...waiting, ...alerts.map(({ key }) => key)],
			incident.id,
		);
		for (const group of touched) {
			rows.update(transaction.writes, group.row, { incident_id: incident.id });
		}
	}

	/** Puts the alerts of groups, and what waits in them, to an incident. */
	join(
		transaction: Transaction,
		tenantKey: number,
		touched: readonly TouchedGroup[],
		incident: IncidentEntry,
	): void {
		const { rows, incidents, link } = this.#ports;
		const [first] = touched;
		if (first === undefined) return;
		const keys = touched.flatMap((group) => [
			...rows.takeWaiting(transaction.writes, group.row),
			...group.alerts.map(({ key }) => key),
		]);
		link(transaction, tenantKey, keys, incident.id);
		for (const group of touched) {
			if (group.row.incident_id !== incident.id) {
				rows.update(transaction.writes, group.row, {
					incident_id: incident.id,
				});
			}
		}
		incidents.join(transaction.writes, tenantKey, incident, {
			count: keys.length,
			severity: gravest(touched),
			projectId: first.row.project_id,
		});
	}
}

/** Groups of one incident stay together when it is merged into another. */
function joinByIncident(union: GroupUnion, groups: readonly GroupRow[]): void {
	const first = new Map<string, number>();
	for (const { key, incident_id } of groups) {
		if (incident_id === null) continue;
		const other = first.get(incident_id);
		if (other === undefined) first.set(incident_id, key);
		else union.join(key, other);
	}
}

function gravest(touched: readonly TouchedGroup[]): Severity {
	return touched.reduce<Severity>(
		(worst, { severity }) => (severity < worst ? severity : worst),
		5,
	);
}
