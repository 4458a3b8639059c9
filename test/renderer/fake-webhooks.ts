import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { Channel } from "../../src-renderer/transport/channel.ts";
import { portChannel } from "../../src-renderer/transport/message-port-channel.ts";
import {
	contract,
	type Session,
	type WebhookDelivery,
	type WebhookSubscription,
} from "../../src-shared/contract/index.ts";
import type { Role } from "../../src-shared/domain/roles.ts";
import { FakeEngine } from "./fake-engine.ts";

/** A webhook as the engine tells of it. */
export function webhook(
	id: string,
	draft: Partial<WebhookSubscription> = {},
): WebhookSubscription {
	return {
		id,
		name: `Receiver ${id}`,
		url: `https://${id}.example.org/hook`,
		eventTypes: [],
		minSeverity: null,
		modelIds: [],
		allowPrivateAddress: false,
		isEnabled: true,
		isLocked: false,
		oldSecretUntil: null,
		disabledReason: null,
		createdAt: Date.now(),
		lastDeliveredAt: null,
		pending: 0,
		dead: 0,
		...draft,
	};
}

/** A delivery as the engine tells of it. */
export function delivery(
	subscriptionId: string,
	id: string,
	draft: Partial<WebhookDelivery> = {},
): WebhookDelivery {
	return {
		id,
		subscriptionId,
		eventType: "incident.created",
		incidentId: "i1",
		status: "delivered",
		attempts: [
			{
				at: Date.now(),
				httpStatus: 204,
				durationMs: 34,
				fault: null,
				answer: null,
			},
		],
		nextAttemptAt: null,
		createdAt: Date.now(),
		body: '{"type":"incident.created","data":{"number":7}}',
		...draft,
	};
}

/** The fake engine with webhooks and their deliveries, newest first. */
export class FakeWebhooks extends FakeEngine {
	webhooks: WebhookSubscription[];
	deliveries: WebhookDelivery[];
	role: Role = "owner";
	/** Message that every call about webhooks fails with while it is set. */
	fault: string | null = null;
	/** What was asked to change, oldest first. */
	readonly asked: unknown[] = [];
	/** How the next test ends. */
	testEnds: Partial<WebhookDelivery> = {};

	constructor(
		webhooks: WebhookSubscription[] = [],
		deliveries: WebhookDelivery[] = [],
	) {
		super({ models: ["fraud-v2", "churn"] });
		this.webhooks = webhooks;
		this.deliveries = deliveries;
	}

	/** Something happens behind the window's back, and it is told. */
	happens(change: () => void): void {
		change();
		this.incidents.publish({ kind: "webhooks" });
	}

	find(id: string): WebhookSubscription | undefined {
		return this.webhooks.find((each) => each.id === id);
	}

	override async open(): Promise<Channel> {
		const { port1, port2 } = new MessageChannel();
		new RPCHandler({ ...this.router, ...this.#webhookRoutes() }).upgrade(port2);
		port2.start();
		return portChannel(port1);
	}

	#session(): Session {
		return {
			user: { id: "u1", name: "Ada", email: "ada@example.org" },
			tenant: { id: "t1", name: "Acme" },
			role: this.role,
			isLocalOwner: false,
		};
	}

	#checked<T>(value: T): T {
		if (this.fault !== null) throw new Error(this.fault);
		return value;
	}

	#set(id: string, change: Partial<WebhookSubscription>): WebhookSubscription {
		const next = { ...webhook(id), ...this.find(id), ...change };
		this.webhooks = this.webhooks.map((each) => (each.id === id ? next : each));
		this.incidents.publish({ kind: "webhooks" });
		return next;
	}

	#webhookRoutes() {
		const os = implement(contract);
		const { webhooks } = os;
		return {
			system: {
				...this.router.system,
				session: os.system.session.handler(() => this.#session()),
			},
			webhooks: {
				list: webhooks.list.handler(() => this.#checked(this.webhooks)),
				create: webhooks.create.handler(({ input, errors }) => {
					this.asked.push(input);
					if (input.url.includes("//10.") && !input.allowPrivateAddress) {
						throw errors.INVALID({
							message:
								"10.0.0.7 is a private address; allow private addresses if that is what you mean.",
						});
					}
					const made = webhook(`w${this.webhooks.length + 1}`, input);
					this.webhooks.push(made);
					return { ...made, secret: "whsec_Zmlyc3Q=" };
				}),
				update: webhooks.update.handler(({ input, errors }) => {
					this.asked.push(input);
					const { id, ...change } = input;
					if (this.find(id) === undefined) throw errors.NOT_FOUND();
					const defined = Object.entries(change).filter(
						([, value]) => value !== undefined,
					);
					return this.#set(id, Object.fromEntries(defined));
				}),
				remove: webhooks.remove.handler(({ input }) => {
					this.asked.push(input);
					this.webhooks = this.webhooks.filter(({ id }) => id !== input.id);
					return input;
				}),
				rotateSecret: webhooks.rotateSecret.handler(({ input }) => ({
					...this.#set(input.id, {
						isLocked: false,
						oldSecretUntil: Date.now() + 86_400_000,
					}),
					secret: "whsec_c2Vjb25k",
				})),
				test: webhooks.test.handler(({ input }) => {
					const tested = delivery(
						input.id,
						`msg_test${this.deliveries.length}`,
						{
							eventType: "webhook.test",
							incidentId: null,
							body: '{"type":"webhook.test"}',
							...this.testEnds,
						},
					);
					this.deliveries.unshift(tested);
					this.incidents.publish({ kind: "webhooks" });
					return this.#checked(tested);
				}),
				deliveries: webhooks.deliveries.handler(({ input }) => {
					const { subscriptionId, status, before, limit } =
						this.#checked(input);
					const all = this.deliveries.filter(
						(each) =>
							(subscriptionId === undefined ||
								each.subscriptionId === subscriptionId) &&
							(status === undefined || each.status === status),
					);
					const from =
						before === null
							? 0
							: all.findIndex(({ id }) => id === before.id) + 1;
					return { items: all.slice(from, from + limit), total: all.length };
				}),
				replay: webhooks.replay.handler(({ input, errors }) => {
					this.asked.push(input);
					const found = this.deliveries.find(({ id }) => id === input.id);
					if (found === undefined) throw errors.NOT_FOUND();
					const sent = { ...found, status: "delivered" as const };
					this.deliveries = this.deliveries.map((each) =>
						each.id === sent.id ? sent : each,
					);
					return sent;
				}),
				replayAll: webhooks.replayAll.handler(({ input }) => {
					this.asked.push(input);
					const dead = this.deliveries.filter(
						({ status }) => status === "dead",
					);
					this.deliveries = this.deliveries.map((each) => ({
						...each,
						status: "delivered" as const,
					}));
					this.#set(input.id, { dead: 0 });
					return { replayed: dead.length };
				}),
			},
		};
	}
}
