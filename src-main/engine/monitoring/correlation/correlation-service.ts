import type {
	AlertMatcher,
	AlertSummary,
	IncidentAlerts,
	RulePreview,
} from "../../../../src-shared/contract/index.ts";
import type { InProject, Member } from "../../identity/access/index.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { CommandStore, Transaction, Writes } from "../../store/index.ts";
import type {
	AlertChange,
	StoredAlert,
	TakeBack,
} from "../alerts/alert-change.ts";
import { AlertRepository } from "../alerts/alert-repository.ts";
import { toStoredAlert } from "../alerts/alert-view.ts";
import type { Alerts } from "../alerts/alerts.ts";
import type { IntegrationRepository } from "../integrations/integration-repository.ts";
import { Acceptances, type LinkAlerts } from "./grouping/acceptances.ts";
import {
	AlertIncidents,
	type CorrelatedIncidents,
} from "./grouping/alert-incidents.ts";
import { AlertScan } from "./grouping/alert-scan.ts";
import { Correlator } from "./grouping/correlator.ts";
import { GroupRepository } from "./grouping/group-repository.ts";
import { Placements } from "./placements.ts";
import { previewRule } from "./preview.ts";
import { Quiet } from "./quiet/quiet.ts";
import { QuietRepository } from "./quiet/quiet-repository.ts";
import { SuppressedAlerts } from "./quiet/suppressed-alerts.ts";
import type { MatchedAlert } from "./rules/alert-facts.ts";
import { AlertRules } from "./rules/alert-rules.ts";
import { compileMatchers } from "./rules/compiled-matchers.ts";
import { type CompiledRule, compileRule } from "./rules/compiled-rule.ts";
import { builtInRule, type RuleSettings } from "./rules/rule-settings.ts";

export interface CorrelationPorts {
	readonly store: CommandStore;
	readonly alerts: Pick<Alerts, "link" | "view">;
	readonly integrations: Pick<IntegrationRepository, "byKey">;
	readonly incidents: CorrelatedIncidents;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	/** Tocsin itself, under the name of what it does. */
	readonly tocsin: (tenantKey: number, name: string) => Member<"engineer">;
	/** Tells live windows of a tenant that rules, mutes or windows changed. */
	readonly publish: (tenantKey: number) => void;
}

const tickEvery = 5_000;
const perTick = 500;
const pruneEvery = 3_600_000;
/** Longer than any window of a rule. */
const keptFor = 2 * 86_400_000;
const mostPreviewed = 5_000;

/** Turns alerts into incidents: what the rules, mutes and windows of a project say, and what people do. */
export class CorrelationService {
	readonly rules: AlertRules;
	readonly quiet: Quiet;
	readonly placements: Placements;
	readonly #ports: CorrelationPorts;
	readonly #alertRepository: AlertRepository;
	readonly #quieted: QuietRepository;
	readonly #groups: GroupRepository;
	readonly #scan: AlertScan;
	readonly #incidents: AlertIncidents;
	readonly #correlator: Correlator;
	readonly #acceptances: Acceptances;
	readonly #suppressed: SuppressedAlerts;
	#timer: NodeJS.Timeout | null = null;
	#prunedAt = 0;

	constructor(ports: CorrelationPorts) {
		this.#ports = ports;
		const { store, clock, random, incidents, publish } = ports;
		const { work, reads } = store;
		this.#alertRepository = new AlertRepository(reads);
		this.#quieted = new QuietRepository(reads);
		this.#groups = new GroupRepository(reads);
		this.#scan = new AlertScan(reads);
		this.#incidents = new AlertIncidents({ ...ports, rows: this.#groups });
		this.rules = new AlertRules({ work, clock, random, changed: publish });
		this.quiet = new Quiet({
			work,
			rows: this.#quieted,
			clock,
			random,
			changed: publish,
			released: (tenantKey, projectId, sourceId) =>
				this.#releaseSource(tenantKey, projectId, sourceId),
		});
		const link: LinkAlerts = (transaction, tenantKey, keys, incidentId) =>
			ports.alerts.link(transaction, tenantKey, keys, { incidentId });
		const factsOf = (tenantKey: number, alert: StoredAlert) =>
			this.#factsOf(tenantKey, alert);
		this.#correlator = new Correlator({
			rows: this.#groups,
			incidents: this.#incidents,
			clock,
			link,
			factsOf,
		});
		this.#suppressed = new SuppressedAlerts({
			quiet: this.quiet,
			rows: this.#quieted,
			alertRepository: this.#alertRepository,
			alerts: ports.alerts,
			clock,
			factsOf,
		});
		this.#acceptances = new Acceptances({
			correlator: this.#correlator,
			rows: this.#groups,
			alertRepository: this.#alertRepository,
			alertIncidents: this.#incidents,
			incidents,
			clock,
			link,
			factsOf,
			suppress: (inside, tenantKey, project, keys) =>
				this.#suppressed.keepAgain(inside, tenantKey, project, keys),
		});
		this.placements = new Placements({
			work,
			alertRepository: this.#alertRepository,
			groups: this.#groups,
			incidents,
			alertIncidents: this.#incidents,
			clock,
			random,
			link,
			view: (row) => ports.alerts.view(row),
		});
	}

	/** Looks every five seconds for what time brings: ends of mutes and windows, incidents to resolve, entries to write. */
	start(): void {
		if (this.#timer !== null || this.#ports.store.readOnly) return;
		this.#timer = setInterval(() => {
			try {
				this.tick();
			} catch (error) {
				this.#ports.log.error({ error }, "alerts were not looked after");
			}
		}, tickEvery);
		this.#timer.unref();
	}

	close(): void {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** What changed alerts do to incidents, in the transaction that stores them. */
	correlate(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		changes: readonly AlertChange[],
	): void {
		const arrived: StoredAlert[] = [];
		const resolved: number[] = [];
		for (const { kind, alert } of changes) {
			switch (kind) {
				case "fired":
					arrived.push(alert);
					break;
				case "refired": {
					// While its incident is worked on it is part of it still.
					const known = this.#incidents.unsettled(tenantKey, alert.incidentId);
					if (known === null) arrived.push(alert);
					else this.#incidents.wake(transaction.writes, tenantKey, known.id);
					break;
				}
				case "resolved":
					resolved.push(alert.key);
					break;
				// Those of a person at the source change no incident; what was over when it was heard of opens none.
				case "acknowledged":
				case "unacknowledged":
				case "imported":
					break;
			}
		}
		this.#arrive(transaction, tenantKey, projectId, arrived);
		this.#resolved(transaction.writes, tenantKey, projectId, resolved);
	}

	/** What a person accepted in the inbox has an incident, whatever rules and mutes say, unless it is over. */
	accepted(
		transaction: Transaction,
		by: InProject<"engineer">,
		alerts: readonly StoredAlert[],
	): TakeBack {
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const rules = this.rules.inForce(tenantKey, projectId);
		const wanted = alerts.filter(
			({ status, incidentId }) =>
				status !== "resolved" &&
				this.#incidents.unsettled(tenantKey, incidentId) === null,
		);
		const suppressed = wanted
			.map(({ key }) => key)
			.filter((key) =>
				this.#quieted.release(transaction.writes, tenantKey, key),
			);
		this.#ports.alerts.link(transaction, tenantKey, suppressed, {
			suppressedBy: null,
		});
		return this.#acceptances.accept(
			transaction,
			by,
			wanted.map((alert) => ({
				alert,
				rule:
					this.#ruleFor(rules, tenantKey, alert) ??
					compileRule("default", builtInRule),
			})),
			suppressed,
		);
	}

	/** What `rule` would have made of the alerts that came since `from`. */
	preview(
		{ tenant: { key: tenantKey }, projectId }: InProject,
		rule: RuleSettings,
		hours: number,
	): RulePreview {
		const { clock } = this.#ports;
		const rows = this.#scan.since(
			tenantKey,
			projectId,
			clock.now() - hours * 3_600_000,
			mostPreviewed + 1,
		);
		const isCut = rows.length > mostPreviewed;
		const alerts = rows
			.slice(0, mostPreviewed)
			.reverse()
			.map((row) => {
				const alert = toStoredAlert(row);
				return {
					alert,
					facts: this.#factsOf(tenantKey, alert),
					at: row.first_seen_at,
				};
			});
		return { ...previewRule(compileRule("preview", rule), alerts), isCut };
	}

	/** The firing alerts that `matchers` match, newest first, twenty of them. */
	matching(
		{ tenant: { key: tenantKey }, projectId }: InProject,
		matchers: readonly AlertMatcher[],
	): { items: AlertSummary[]; total: number } {
		const matches = compileMatchers(matchers);
		const found = this.#scan
			.firing(tenantKey, projectId, mostPreviewed)
			.filter((row) => matches(this.#factsOf(tenantKey, toStoredAlert(row))));
		return {
			items: found.slice(0, 20).map((row) => this.#ports.alerts.view(row)),
			total: found.length,
		};
	}

	/** The alerts of an incident in a project, oldest first, 500 at most. */
	forIncident(
		{ tenant: { key: tenantKey }, projectId }: InProject,
		incidentId: string,
	): IncidentAlerts {
		const { rows, total, firing } = this.#scan.ofIncident(
			tenantKey,
			projectId,
			incidentId,
			500,
		);
		return {
			items: rows.map((row) => this.#ports.alerts.view(row)),
			total,
			firing,
			storm:
				total === 0
					? null
					: (this.#groups.incident(tenantKey, incidentId)?.storm ?? null),
		};
	}

	/** Does what is due by the clock. Called every few seconds, and by tests. */
	tick(): void {
		const { store, clock } = this.#ports;
		if (store.readOnly) return;
		const now = clock.now();
		store.work.run((transaction) => {
			const due = this.#quieted.due(now, perTick);
			const places = Map.groupBy(due, (row) =>
				JSON.stringify([row.tenant_id, row.project_id]),
			);
			for (const rows of places.values()) {
				const [first] = rows;
				if (first === undefined) continue;
				this.#release(
					transaction,
					first.tenant_id,
					first.project_id,
					rows.map(({ alert_key }) => alert_key),
				);
			}
			this.#incidents.tick(transaction.writes, perTick);
			if (now - this.#prunedAt >= pruneEvery) {
				this.#prunedAt = now;
				this.#groups.prune(transaction.writes, now - keptFor);
			}
		});
	}

	/** Alerts that fire: kept quiet, or placed. */
	#arrive(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		alerts: readonly StoredAlert[],
	): void {
		if (alerts.length === 0) return;
		const now = this.#ports.clock.now();
		const rules = this.rules.inForce(tenantKey, projectId);
		const heard: { alert: StoredAlert; rule: CompiledRule }[] = [];
		for (const alert of alerts) {
			const { key } = alert;
			const facts = this.#factsOf(tenantKey, alert);
			const keeper = this.quiet.keeperOf(tenantKey, projectId, facts, now);
			if (keeper !== null) {
				this.#suppressed.keep(transaction, tenantKey, projectId, key, keeper);
				continue;
			}
			if (
				alert.suppressedBy !== null &&
				this.#quieted.release(transaction.writes, tenantKey, alert.key)
			) {
				this.#ports.alerts.link(transaction, tenantKey, [alert.key], {
					suppressedBy: null,
				});
			}
			const rule = rules.find((each) => each.matches(facts));
			if (rule !== undefined) heard.push({ alert, rule });
		}
		if (heard.length === 0) return;
		this.#correlator.place(transaction, tenantKey, projectId, heard);
	}

	/** The incidents of alerts that are resolved may be over. */
	#resolved(
		writes: Writes,
		tenantKey: number,
		projectId: string,
		keys: readonly number[],
	): void {
		const incidentIds = new Set<string>();
		for (const key of keys) {
			// One that fired in the same batch was linked since.
			const id = this.#alertRepository.byKey(tenantKey, key)?.incident_id;
			if (id != null) incidentIds.add(id);
		}
		if (incidentIds.size === 0) return;
		const rules = this.rules.all(tenantKey, projectId);
		for (const id of incidentIds) {
			const ruleId = this.#groups.incident(tenantKey, id)?.rule_id;
			// Of a rule that is gone, the incidents are the default's.
			const rule =
				ruleId == null
					? undefined
					: (rules.find((each) => each.id === ruleId) ?? rules.at(-1));
			this.#incidents.checkResolved(
				writes,
				tenantKey,
				id,
				rule === undefined
					? null
					: {
							resolves: rule.autoResolve,
							afterMillis: rule.resolveAfterSeconds * 1_000,
						},
			);
		}
	}

	#releaseSource(tenantKey: number, projectId: string, sourceId: string): void {
		this.#ports.store.work.run((transaction) => {
			const rows = this.#quieted.ofSource(
				tenantKey,
				projectId,
				sourceId,
				Number.MAX_SAFE_INTEGER,
			);
			this.#release(
				transaction,
				tenantKey,
				projectId,
				rows.map(({ alert_key }) => alert_key),
			);
		});
	}

	/** What is quiet no more and still fires arrives now; what something else keeps quiet stays so. */
	#release(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		keys: readonly number[],
	): void {
		const still: StoredAlert[] = [];
		for (const key of keys) {
			const row = this.#alertRepository.byKey(tenantKey, key);
			if (row === undefined || row.status === "resolved") {
				this.#quieted.release(transaction.writes, tenantKey, key);
				continue;
			}
			still.push(toStoredAlert(row));
		}
		this.#arrive(transaction, tenantKey, projectId, still);
	}

	#ruleFor(
		rules: readonly CompiledRule[],
		tenantKey: number,
		alert: StoredAlert,
	): CompiledRule | undefined {
		const facts = this.#factsOf(tenantKey, alert);
		return rules.find((rule) => rule.matches(facts));
	}

	#factsOf(tenantKey: number, alert: StoredAlert): MatchedAlert {
		const integration = this.#ports.integrations.byKey(
			tenantKey,
			alert.integrationKey,
		);
		return { ...alert, integrationId: integration?.id ?? "" };
	}
}
