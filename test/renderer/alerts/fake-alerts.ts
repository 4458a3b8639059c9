import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { Channel } from "../../../src-renderer/transport/channel.ts";
import { portChannel } from "../../../src-renderer/transport/message-port-channel.ts";
import {
	type AlertSummary,
	contract,
	type Integration,
} from "../../../src-shared/contract/index.ts";
import { FakeEngine } from "../fake-engine.ts";

/** An alert as the engine tells of it. */
export function alert(
	id: string,
	draft: Partial<AlertSummary> = {},
): AlertSummary {
	return {
		id,
		projectId: "p1",
		integrationId: "n1",
		integrationName: "Production",
		source: "alertmanager",
		fingerprint: `f-${id}`,
		name: `Alert ${id}`,
		status: "firing",
		severity: 2,
		severityWord: "warning",
		service: "checkout",
		summary: `Something is wrong with ${id}`,
		description: "",
		labels: { alertname: `Alert ${id}` },
		annotations: {},
		startsAt: 1,
		endsAt: null,
		generatorUrl: null,
		groupKey: null,
		times: 1,
		firstSeenAt: 1,
		lastSeenAt: 1,
		triage: "new",
		duplicateOfId: null,
		snoozedUntil: null,
		incidentId: null,
		isBackfilled: false,
		suppressedBy: null,
		version: 1,
		...draft,
	};
}

/** The fake engine with alerts, newest first, which behave as the engine's. */
export class FakeAlerts extends FakeEngine {
	alerts: AlertSummary[];
	integrations: Integration[] = [];
	/** What was asked for, oldest first. */
	readonly asked: string[] = [];
	readonly #undo = new Map<string, AlertSummary[]>();

	constructor(alerts: AlertSummary[] = []) {
		super({ models: ["fraud-v2"] });
		this.alerts = alerts;
	}

	/** An alert comes in, or is told of again, and live windows hear of it. */
	arrives(...alerts: AlertSummary[]): void {
		for (const each of alerts) {
			const known = this.alerts.some(({ id }) => id === each.id);
			this.alerts = known
				? this.alerts.map((old) => (old.id === each.id ? each : old))
				: [each, ...this.alerts];
		}
		this.incidents.publish({ kind: "alerts" });
	}

	get(id: string): AlertSummary | undefined {
		return this.alerts.find((each) => each.id === id);
	}

	override async open(): Promise<Channel> {
		const { port1, port2 } = new MessageChannel();
		new RPCHandler({ ...this.router, ...this.#alertRoutes() }).upgrade(port2);
		port2.start();
		return portChannel(port1);
	}

	#set(ids: readonly string[], change: Partial<AlertSummary>): AlertSummary[] {
		const changed = this.alerts
			.filter(({ id }) => ids.includes(id))
			.map((each) => ({ ...each, ...change, version: each.version + 1 }));
		this.alerts = this.alerts.map(
			(each) => changed.find(({ id }) => id === each.id) ?? each,
		);
		this.incidents.publish({ kind: "alerts" });
		return changed;
	}

	#alertRoutes() {
		const os = implement(contract);
		return {
			alerts: {
				...this.router.alerts,
				list: os.alerts.list.handler(({ input }) => {
					const now = Date.now();
					const isSnoozed = (each: AlertSummary) =>
						(each.snoozedUntil ?? 0) > now;
					const at = (id: string | undefined) =>
						this.alerts.findIndex((each) => each.id === id);
					const found = this.alerts.filter(
						(each, index) =>
							(input.triage === undefined || each.triage === input.triage) &&
							(input.triage !== "new" || !isSnoozed(each)) &&
							(input.isSnoozed !== true || isSnoozed(each)) &&
							(input.status === undefined || each.status === input.status) &&
							(input.ids === undefined || input.ids.includes(each.id)) &&
							(input.after === undefined || index < at(input.after)) &&
							(input.before === undefined || index > at(input.before)) &&
							each.name.toLowerCase().includes(input.text ?? ""),
					);
					return {
						items: found.slice(input.skip, input.skip + input.limit),
						total: found.length,
					};
				}),
				get: os.alerts.get.handler(({ input, errors }) => {
					const found = this.get(input.id);
					if (found === undefined) throw errors.NOT_FOUND();
					return { ...found, events: [], raw: '{"status":"firing"}' };
				}),
				act: os.alerts.act.handler(({ input: { ids, verb } }) => {
					this.asked.push(verb.kind);
					const before = this.alerts.filter(({ id }) => ids.includes(id));
					const token = `t${this.#undo.size}`;
					this.#undo.set(token, before);
					const changed =
						verb.kind === "snooze"
							? this.#set(ids, { snoozedUntil: verb.until })
							: verb.kind === "duplicate"
								? this.#set(ids, {
										triage: "duplicate",
										duplicateOfId: verb.ofId,
									})
								: this.#set(ids, {
										triage: verb.kind === "accept" ? "accepted" : "declined",
									});
					return { changed, refused: [], undoToken: token };
				}),
				undo: os.alerts.undo.handler(({ input, errors }) => {
					const before = this.#undo.get(input.undoToken);
					if (before === undefined) throw errors.GONE();
					this.#undo.delete(input.undoToken);
					return before.flatMap(({ id, triage, snoozedUntil }) =>
						this.#set([id], { triage, snoozedUntil }),
					);
				}),
			},
			alertRules: {
				...this.router.alertRules,
				place: os.alertRules.place.handler(({ input: { ids, to } }) => {
					this.asked.push(to.kind);
					const token = `p${this.#undo.size}`;
					this.#undo.set(
						token,
						this.alerts.filter(({ id }) => ids.includes(id)),
					);
					const incidentId =
						to.kind === "incident"
							? to.incidentId
							: to.kind === "new"
								? "made"
								: null;
					const changed = this.#set(ids, { incidentId });
					return { changed, refused: [], undoToken: token };
				}),
				undoPlace: os.alertRules.undoPlace.handler(({ input, errors }) => {
					const before = this.#undo.get(input.undoToken);
					if (before === undefined) throw errors.GONE();
					this.#undo.delete(input.undoToken);
					return before.flatMap(({ id, incidentId }) =>
						this.#set([id], { incidentId }),
					);
				}),
			},
			integrations: {
				...this.router.integrations,
				list: os.integrations.list.handler(() => this.integrations),
			},
		};
	}
}
