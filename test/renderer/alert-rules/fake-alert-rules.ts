import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { Channel } from "../../../src-renderer/transport/channel.ts";
import { portChannel } from "../../../src-renderer/transport/message-port-channel.ts";
import {
	type AlertRule,
	contract,
	defaultRuleId,
	type MaintenanceWindow,
	type NewAlertRule,
	newAlertRule,
} from "../../../src-shared/contract/index.ts";
import { FakeEngine } from "../fake-engine.ts";

/** A rule as the engine tells of it. */
export function rule(id: string, draft: Partial<NewAlertRule> = {}): AlertRule {
	return {
		...newAlertRule.parse({ name: `Rule ${id}`, ...draft }),
		id,
		projectId: "p1",
		isDefault: id === defaultRuleId,
		updatedAt: id === defaultRuleId ? null : 1,
		updatedBy: id === defaultRuleId ? null : "Ada",
	};
}

/** The fake engine with rules and maintenance windows, which it keeps in order as the engine's. */
export class FakeAlertRules extends FakeEngine {
	/** Without the default. */
	rules: AlertRule[];
	windows: MaintenanceWindow[] = [];
	/** What was looked at, oldest first. */
	readonly looked: NewAlertRule[] = [];
	#made = 0;

	constructor(rules: AlertRule[] = []) {
		super({ models: ["fraud-v2"] });
		this.rules = rules;
	}

	override async open(): Promise<Channel> {
		const { port1, port2 } = new MessageChannel();
		new RPCHandler({ ...this.router, alertRules: this.#routes() }).upgrade(
			port2,
		);
		port2.start();
		return portChannel(port1);
	}

	#all(): AlertRule[] {
		return [...this.rules, rule(defaultRuleId, { name: "Default" })];
	}

	#routes() {
		const os = implement(contract).alertRules;
		return {
			...this.router.alertRules,
			list: os.list.handler(() => this.#all()),
			create: os.create.handler(({ input: { projectId, ...settings } }) => {
				const made = { ...rule(`new${++this.#made}`), ...settings, projectId };
				this.rules.push(made);
				return made;
			}),
			update: os.update.handler(
				({ input: { projectId: _, id, ...change }, errors }) => {
					const known = this.rules.find((each) => each.id === id);
					if (known === undefined) throw errors.NOT_FOUND();
					const changed = { ...known, ...change };
					this.rules = this.rules.map((each) =>
						each.id === id ? changed : each,
					);
					return changed;
				},
			),
			remove: os.remove.handler(({ input: { id } }) => {
				this.rules = this.rules.filter((each) => each.id !== id);
				return { id };
			}),
			reorder: os.reorder.handler(({ input: { ids } }) => {
				this.rules = ids.flatMap(
					(id) => this.rules.find((each) => each.id === id) ?? [],
				);
				return this.#all();
			}),
			preview: os.preview.handler(({ input }) => {
				this.looked.push(input.rule);
				return {
					alerts: 3,
					matched: input.rule.matchers.length === 0 ? 3 : 2,
					withoutIncident: 0,
					incidents: [
						{
							title: "Latency of checkout",
							severity: 2,
							service: "checkout",
							isStorm: false,
							alerts: 2,
							firstAt: 1,
							lastAt: 2,
							alertIds: ["a"],
						},
					],
					isCut: false,
				};
			}),
			matching: os.matching.handler(() => ({ items: [], total: 0 })),
			mutes: os.mutes.handler(() => []),
			windows: os.windows.handler(() => this.windows),
			addWindow: os.addWindow.handler(({ input }) => {
				const made = {
					...input,
					id: `w${++this.#made}`,
					openUntil: null,
					next: null,
					quiet: 0,
					createdBy: "Ada",
					createdAt: 1,
					updatedAt: 1,
				};
				this.windows.push(made);
				return made;
			}),
			updateWindow: os.updateWindow.handler(
				({ input: { projectId: _, id, ...change }, errors }) => {
					const known = this.windows.find((each) => each.id === id);
					if (known === undefined) throw errors.NOT_FOUND();
					const changed = { ...known, ...change };
					this.windows = this.windows.map((each) =>
						each.id === id ? changed : each,
					);
					return changed;
				},
			),
		};
	}
}
