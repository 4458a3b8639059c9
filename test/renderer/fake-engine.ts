import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { Channel } from "../../src-renderer/transport/channel.ts";
import { portChannel } from "../../src-renderer/transport/message-port-channel.ts";
import {
	contract,
	type IncidentSummary,
	type Job,
	type LiveChange,
	type ModelSummary,
	type ProjectSummary,
} from "../../src-shared/contract/index.ts";
import { defaultMonitor } from "../../src-shared/domain/monitor.ts";
import { FakeIncidents, ownerPeople } from "./fake-incidents.ts";
import { FakePlaybooks } from "./fake-playbooks.ts";

export interface FakeEngineOptions {
	readonly incidents?: readonly IncidentSummary[];
	readonly models?: readonly string[];
}

/** A model as the engine tells of it. */
export function model(modelId: string): ModelSummary {
	return {
		modelId,
		eventCount: 12_000,
		firstSeenAt: Date.now() - 30 * 86_400_000,
		lastSeenAt: Date.now() - 4_000,
		status: "ok",
		psi: 0.04,
		lastAssessedAt: Date.now() - 600_000,
		sparkline: Array.from({ length: 30 }, (_, day) => 0.03 + (day % 5) / 200),
		openIncidentIds: [],
		monitor: { ...defaultMonitor },
	};
}

/**
 * The contract in memory, for tests of the war room: incidents behave as in the engine, drift and
 * imports know nothing. `calls` counts what was asked; `before` runs ahead of every page.
 */
export class FakeEngine {
	readonly incidents: FakeIncidents;
	readonly models: ModelSummary[];
	readonly keys: {
		id: string;
		name: string;
		prefix: string;
		createdAt: number;
		lastUsedAt: number | null;
		madeBy: string | null;
		mayRevoke: boolean;
	}[] = [];
	jobs: Job[] = [];
	/** The one that everything is in. */
	project: ProjectSummary = firstProject();
	beforePage: () => Promise<void> = async () => {};
	readonly playbooks = new FakePlaybooks(() => this.incidents);
	readonly router = this.#route();
	/** While false, no channel opens. */
	isReachable = true;
	readonly #ports: MessagePort[] = [];

	constructor(options: FakeEngineOptions = {}) {
		this.incidents = new FakeIncidents(options.incidents ?? []);
		this.models = (options.models ?? []).map(model);
	}

	/** Opens a channel as the desktop's preload script does. */
	async open(): Promise<Channel> {
		if (!this.isReachable) throw new Error("The engine is not there.");
		const { port1, port2 } = new MessageChannel();
		new RPCHandler(this.router).upgrade(port2);
		port2.start();
		this.#ports.push(port2);
		return portChannel(port1);
	}

	/** Cuts every channel, as a restart of the engine would. */
	cut(): void {
		for (const port of this.#ports.splice(0)) port.close();
	}

	/** Loads a demo: one model and one open incident. */
	loadDemo(rows: readonly IncidentSummary[]): void {
		this.models.push(model("demo-fraud"));
		for (const row of rows) this.incidents.write(row);
		this.incidents.publish({ kind: "drift", modelIds: ["demo-fraud"] });
	}

	#status() {
		const rows = [...this.incidents.rows.values()];
		const open = rows.filter((row) => row.resolvedAt === null);
		return {
			version: "0.1.0",
			startedAt: Date.now() - 3_600_000,
			now: Date.now(),
			dataDirectory: "~/.local/share/tocsin",
			readOnly: false,
			writeFault: null,
			events: this.models.length * 12_000,
			lastEventAt: this.models.length === 0 ? null : Date.now() - 4_000,
			queued: 0,
			incidents: {
				open: open.length,
				critical: open.filter((row) => row.severity === 1).length,
			},
			apiUrl: "http://127.0.0.1:8000",
		};
	}

	async *#changes(after: number | null, signal?: AbortSignal) {
		const queue: LiveChange[] = [];
		let wake: () => void = () => {};
		const stop = this.incidents.subscribe((change) => {
			queue.push(change);
			wake();
		});
		signal?.addEventListener("abort", () => wake());
		try {
			const missed = after === null ? [] : this.incidents.since(after);
			if (missed.length > 0) {
				yield {
					kind: "incidents" as const,
					items: missed,
					sequence: this.incidents.sequence,
				};
			}
			while (signal?.aborted !== true) {
				const next = queue.shift();
				if (next !== undefined) yield next;
				else {
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
				}
			}
		} finally {
			stop();
		}
	}

	#route() {
		const os = implement(contract);
		return os.router({
			system: {
				session: os.system.session.handler(() => ({
					user: { id: "u1", name: "Ada Lovelace", email: "ada@example.org" },
					tenant: { id: "t1", name: "Acme" },
					role: "owner" as const,
					isLocalOwner: true,
				})),
				status: os.system.status.handler(() => this.#status()),
			},
			incidents: {
				list: os.incidents.list.handler(async ({ input }) => {
					await this.beforePage();
					return this.incidents.page(input.before, input.limit);
				}),
				get: os.incidents.get.handler(({ input, errors }) => {
					const found = this.incidents.detail(input.id);
					if (found === null) throw errors.NOT_FOUND();
					return found;
				}),
				create: os.incidents.create.handler(({ errors }) => {
					throw errors.DUPLICATE({ data: { id: "i1" } });
				}),
				act: os.incidents.act.handler(({ input }) =>
					this.incidents.act(input.ids, input.verb),
				),
				undo: os.incidents.undo.handler(({ input, errors }) => {
					const undone = this.incidents.undo(input.undoToken);
					if (undone === null) throw errors.GONE();
					return undone;
				}),
				addNote: os.incidents.addNote.handler(({ input, errors }) => {
					if (!this.incidents.rows.has(input.id)) throw errors.NOT_FOUND();
					return this.incidents.addNote(
						input.id,
						input.text,
						input.occurredAt ?? Date.now(),
					);
				}),
				owners: os.incidents.owners.handler(() => ownerPeople),
				verify: os.incidents.verify.handler(({ input }) => ({
					intact: true,
					events: this.incidents.timelines.get(input.id)?.length ?? 0,
					fault: null,
				})),
			},
			models: {
				list: os.models.list.handler(() => this.models),
				get: os.models.get.handler(({ input, errors }) => {
					const found = this.models.find(
						(each) => each.modelId === input.modelId,
					);
					if (found === undefined) throw errors.NOT_FOUND();
					return found;
				}),
				setMonitor: os.models.setMonitor.handler(({ errors }) => {
					throw errors.NOT_FOUND();
				}),
				performance: os.models.performance.handler(() => []),
			},
			drift: {
				history: os.drift.history.handler(() => []),
				evidence: os.drift.evidence.handler(({ errors }) => {
					throw errors.NOT_FOUND();
				}),
				assess: os.drift.assess.handler(({ errors }) => {
					throw errors.NOT_FOUND();
				}),
				assessHistory: os.drift.assessHistory.handler(({ errors }) => {
					throw errors.NOT_FOUND();
				}),
			},
			imports: {
				inspect: os.imports.inspect.handler(({ errors }) => {
					throw errors.UNREADABLE({ data: { code: "unknown_format" } });
				}),
				start: os.imports.start.handler(({ errors }) => {
					throw errors.UNREADABLE({ data: { code: "unknown_format" } });
				}),
			},
			jobs: {
				list: os.jobs.list.handler(() => this.jobs),
				get: os.jobs.get.handler(({ input, errors }) => {
					const found = this.jobs.find((each) => each.jobId === input.jobId);
					if (found === undefined) throw errors.NOT_FOUND();
					return found;
				}),
				cancel: os.jobs.cancel.handler(({ errors }) => {
					throw errors.NOT_FOUND();
				}),
			},
			demo: {
				load: os.demo.load.handler(() => {
					this.jobs = [demoJob()];
					this.incidents.publish({ kind: "jobs", jobIds: ["demo-1"] });
					return { jobId: "demo-1" };
				}),
			},
			keys: {
				list: os.keys.list.handler(() => this.keys),
				create: os.keys.create.handler(({ input }) => {
					const key = {
						id: `k${this.keys.length + 1}`,
						name: input.name,
						prefix: "sk_live_Ab3d",
						createdAt: Date.now(),
						lastUsedAt: null,
						madeBy: "Ada Lovelace",
						mayRevoke: true,
					};
					this.keys.push(key);
					return { ...key, key: "sk_live_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z" };
				}),
				revoke: os.keys.revoke.handler(({ input, errors }) => {
					const at = this.keys.findIndex((each) => each.id === input.id);
					if (at < 0) throw errors.NOT_FOUND();
					this.keys.splice(at, 1);
					return { id: input.id };
				}),
			},
			users: {
				add: os.users.add.handler(({ errors }) => {
					throw errors.TAKEN();
				}),
				list: os.users.list.handler(() => this.playbooks.members),
				setRole: os.users.setRole.handler(notFaked),
				setActive: os.users.setActive.handler(notFaked),
				setPassword: os.users.setPassword.handler(notFaked),
			},
			settings: {
				get: os.settings.get.handler(() => ({
					fourEyes: "auto" as const,
					isFourEyes: this.playbooks.isFourEyes,
					approvers: this.playbooks.members.length,
					changedBy: null,
					changedAt: null,
				})),
				set: os.settings.set.handler(notFaked),
				limits: os.settings.limits.handler(notFaked),
			},
			playbooks: this.playbooks.routes(),
			webhooks: {
				list: os.webhooks.list.handler(notFaked),
				create: os.webhooks.create.handler(notFaked),
				update: os.webhooks.update.handler(notFaked),
				remove: os.webhooks.remove.handler(notFaked),
				rotateSecret: os.webhooks.rotateSecret.handler(notFaked),
				test: os.webhooks.test.handler(notFaked),
				deliveries: os.webhooks.deliveries.handler(notFaked),
				replay: os.webhooks.replay.handler(notFaked),
				replayAll: os.webhooks.replayAll.handler(notFaked),
			},
			integrations: {
				list: os.integrations.list.handler(notFaked),
				get: os.integrations.get.handler(notFaked),
				create: os.integrations.create.handler(notFaked),
				update: os.integrations.update.handler(notFaked),
				remove: os.integrations.remove.handler(notFaked),
				rotateSecret: os.integrations.rotateSecret.handler(notFaked),
				test: os.integrations.test.handler(notFaked),
				testConnection: os.integrations.testConnection.handler(notFaked),
			},
			alerts: {
				list: os.alerts.list.handler(notFaked),
				get: os.alerts.get.handler(notFaked),
				act: os.alerts.act.handler(notFaked),
				undo: os.alerts.undo.handler(notFaked),
			},
			alertRules: {
				list: os.alertRules.list.handler(notFaked),
				create: os.alertRules.create.handler(notFaked),
				update: os.alertRules.update.handler(notFaked),
				remove: os.alertRules.remove.handler(notFaked),
				reorder: os.alertRules.reorder.handler(notFaked),
				preview: os.alertRules.preview.handler(notFaked),
				matching: os.alertRules.matching.handler(notFaked),
				mutes: os.alertRules.mutes.handler(notFaked),
				addMute: os.alertRules.addMute.handler(notFaked),
				endMute: os.alertRules.endMute.handler(notFaked),
				windows: os.alertRules.windows.handler(notFaked),
				addWindow: os.alertRules.addWindow.handler(notFaked),
				updateWindow: os.alertRules.updateWindow.handler(notFaked),
				removeWindow: os.alertRules.removeWindow.handler(notFaked),
				forIncident: os.alertRules.forIncident.handler(notFaked),
				place: os.alertRules.place.handler(notFaked),
				undoPlace: os.alertRules.undoPlace.handler(notFaked),
			},
			projects: {
				list: os.projects.list.handler(() => [this.project]),
				get: os.projects.get.handler(notFaked),
				create: os.projects.create.handler(notFaked),
				update: os.projects.update.handler(notFaked),
				members: os.projects.members.handler(notFaked),
				addMember: os.projects.addMember.handler(notFaked),
				setMemberRole: os.projects.setMemberRole.handler(notFaked),
				removeMember: os.projects.removeMember.handler(notFaked),
			},
			silences: {
				preview: os.silences.preview.handler(notFaked),
				create: os.silences.create.handler(notFaked),
				list: os.silences.list.handler(notFaked),
				expire: os.silences.expire.handler(notFaked),
			},
			hypotheses: {
				forIncident: os.hypotheses.forIncident.handler(notFaked),
				change: os.hypotheses.change.handler(notFaked),
				generate: os.hypotheses.generate.handler(notFaked),
				feedback: os.hypotheses.feedback.handler(notFaked),
			},
			assistant: {
				settings: os.assistant.settings.handler(notFaked),
				setServer: os.assistant.setServer.handler(notFaked),
				removeServer: os.assistant.removeServer.handler(notFaked),
				setPolicy: os.assistant.setPolicy.handler(notFaked),
				preview: os.assistant.preview.handler(notFaked),
				confirm: os.assistant.confirm.handler(notFaked),
				consult: os.assistant.consult.handler(notFaked),
			},
			analytics: {
				incidents: os.analytics.incidents.handler(notFaked),
				cost: os.analytics.cost.handler(notFaked),
				ofIncident: os.analytics.ofIncident.handler(notFaked),
				prices: os.analytics.prices.handler(notFaked),
				setPrice: os.analytics.setPrice.handler(notFaked),
				removePrice: os.analytics.removePrice.handler(notFaked),
			},
			live: {
				changes: os.live.changes.handler(({ input, signal }) =>
					this.#changes(input.after, signal),
				),
			},
		});
	}
}

function firstProject(): ProjectSummary {
	return {
		id: "p1",
		tenantId: "t1",
		name: "Default",
		slug: "default",
		description: "",
		timezone: "UTC",
		isActive: true,
		isFirst: true,
		createdAt: 1,
		updatedAt: 1,
		memberCount: 1,
		role: "owner",
	};
}

function notFaked(): never {
	throw new Error("This call is not faked.");
}

function demoJob(): Job {
	return {
		jobId: "demo-1",
		kind: "demo",
		title: "Demo",
		state: "running",
		progress: 0.4,
		step: "Writing predictions",
		startedAt: Date.now(),
		finishedAt: null,
		error: null,
		import: null,
	};
}
