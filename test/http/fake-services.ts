import { EngineError } from "../../src-main/engine/errors.ts";
import type { IdentityService } from "../../src-main/engine/identity/index.ts";
import { identityServices } from "../../src-main/engine/services/identity-services.ts";
import type { ContractServices } from "../../src-main/engine/services/index.ts";
import type {
	IncidentSummary,
	LiveChange,
} from "../../src-shared/contract/index.ts";

/** Services that answer from memory; only what the tests of the transports need, everything else refuses. */
export class FakeServices {
	readonly services: ContractServices;
	readonly incidents: IncidentSummary[] = [];
	/** How many live feeds are running. */
	feeds = 0;
	/** How many assessments are running; they end only when given up. */
	assessing = 0;
	#wake = new Set<(change: LiveChange) => void>();

	constructor(identity: IdentityService) {
		const { session, owners, keys, users, projects, settings } =
			identityServices(identity);
		const refuse = () => {
			throw new EngineError("UNAVAILABLE");
		};
		this.services = {
			system: { session, status: refuse },
			incidents: {
				list: (principal, { limit }) => ({
					items:
						principal.tenant.key === 1
							? this.incidents.slice(-limit).reverse()
							: [],
					total: this.incidents.length,
					sequence: this.incidents.length,
				}),
				get: (_, { id }) => {
					throw new EngineError("NOT_FOUND", `No incident ${id}.`);
				},
				create: (_, { title }) => {
					throw title === "boom"
						? new Error("a secret of the inside")
						: new EngineError("DUPLICATE", "There is one.", { id: "known" });
				},
				act: (_, { ids }) => ({
					changed: [],
					refused: ids.map((id) => ({ id, reason: "fake" })),
					undoToken: null,
				}),
				undo: refuse,
				addNote: refuse,
				owners,
				verify: refuse,
			},
			models: {
				list: () => [],
				get: refuse,
				setMonitor: refuse,
				performance: refuse,
			},
			drift: {
				history: refuse,
				evidence: refuse,
				assess: (_, __, signal) => {
					this.assessing++;
					return new Promise((_resolve, reject) => {
						signal?.addEventListener("abort", () => {
							this.assessing--;
							reject(signal.reason);
						});
					});
				},
				assessHistory: refuse,
			},
			imports: { inspect: refuse, start: refuse },
			jobs: { list: () => [], get: refuse, cancel: refuse },
			demo: { load: () => ({ jobId: "demo" }) },
			keys,
			users,
			projects,
			settings: { ...settings, limits: () => [] },
			playbooks: {
				catalogue: () => ({ playbooks: [], faults: [], folder: null }),
				reload: refuse,
				forIncident: refuse,
				dryRun: refuse,
				requestApproval: refuse,
				approve: refuse,
				decline: refuse,
				execute: refuse,
				cancel: refuse,
				rollback: refuse,
				settle: refuse,
				endProcess: refuse,
				action: refuse,
				actions: () => ({ items: [], total: 0 }),
				output: refuse,
			},
			webhooks: {
				list: () => [],
				create: refuse,
				update: refuse,
				remove: refuse,
				rotateSecret: refuse,
				test: refuse,
				deliveries: () => ({ items: [], total: 0 }),
				replay: refuse,
				replayAll: refuse,
			},
			integrations: {
				list: () => [],
				get: refuse,
				create: refuse,
				update: refuse,
				remove: refuse,
				rotateSecret: refuse,
				test: refuse,
				testConnection: refuse,
			},
			alerts: {
				list: () => ({ items: [], total: 0 }),
				get: refuse,
				act: refuse,
				undo: refuse,
			},
			alertRules: {
				list: () => [],
				create: refuse,
				update: refuse,
				remove: refuse,
				reorder: refuse,
				preview: refuse,
				matching: refuse,
				mutes: () => [],
				addMute: refuse,
				endMute: refuse,
				windows: () => [],
				addWindow: refuse,
				updateWindow: refuse,
				removeWindow: refuse,
				forIncident: refuse,
				place: refuse,
				undoPlace: refuse,
			},
			silences: {
				preview: refuse,
				create: refuse,
				list: () => ({ items: [], unreached: [] }),
				expire: refuse,
			},
			hypotheses: {
				forIncident: refuse,
				change: refuse,
				generate: refuse,
				feedback: refuse,
			},
			assistant: {
				settings: refuse,
				setServer: refuse,
				removeServer: refuse,
				setPolicy: refuse,
				preview: refuse,
				confirm: refuse,
				consult: refuse,
			},
			analytics: {
				incidents: refuse,
				cost: refuse,
				ofIncident: refuse,
				prices: () => [],
				setPrice: refuse,
				removePrice: refuse,
			},
			live: { changes: (_principal, _input, signal) => this.#changes(signal) },
		};
	}

	/** Adds an incident and tells the live feeds. */
	open(changes: Partial<IncidentSummary> = {}): IncidentSummary {
		const incident = summary(this.incidents.length + 1, changes);
		this.incidents.push(incident);
		this.tell(incident);
		return incident;
	}

	tell(incident: IncidentSummary): void {
		for (const wake of this.#wake) {
			wake({
				kind: "incidents",
				items: [incident],
				sequence: this.incidents.length,
			});
		}
	}

	async *#changes(signal?: AbortSignal): AsyncGenerator<LiveChange> {
		const waiting: LiveChange[] = [];
		let notify = () => {};
		const wake = (change: LiveChange) => {
			waiting.push(change);
			notify();
		};
		this.#wake.add(wake);
		this.feeds++;
		const end = () => notify();
		signal?.addEventListener("abort", end);
		try {
			while (signal?.aborted !== true) {
				const next = waiting.shift();
				if (next !== undefined) yield next;
				else {
					await new Promise<void>((resolve) => {
						notify = resolve;
					});
				}
			}
		} finally {
			this.#wake.delete(wake);
			this.feeds--;
		}
	}
}

export function summary(
	number: number,
	changes: Partial<IncidentSummary> = {},
): IncidentSummary {
	return {
		id: `incident-${number}`,
		number,
		title: `PSI of amount is 0.31 (critical from 0.20) ${number}`,
		state: "detected",
		severity: 1,
		source: "drift_monitor",
		modelId: "fraud_v1",
		metric: "psi_score",
		value: 0.31,
		ownerId: null,
		ownerName: null,
		isHistory: false,
		openedAt: 1_768_910_400_000,
		updatedAt: 1_768_910_400_000,
		acknowledgedAt: null,
		mitigatedAt: null,
		resolvedAt: null,
		closedAt: null,
		driftId: null,
		projectId: null,
		version: 1,
		...changes,
	};
}
