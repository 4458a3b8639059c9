import { implement } from "@orpc/server";
import {
	type AssistantSettings,
	type Consultation,
	contract,
	type ModelPrice,
	type ModelServer,
	type ModelServerInput,
} from "../../src-shared/contract/index.ts";
import type { Role } from "../../src-shared/domain/roles.ts";
import { FakeEngine } from "./fake-engine.ts";
import { incident } from "./fake-incidents.ts";

/** A model server from what a test cares about. */
export function modelServerOf(draft: Partial<ModelServer> = {}): ModelServer {
	return {
		kind: "openai_compatible",
		baseUrl: "https://models.example.com/v1",
		model: "tiny-1",
		isLocal: false,
		isEnabled: true,
		timeoutSeconds: 60,
		maxInputTokens: 8_000,
		maxOutputTokens: 1_000,
		hasKey: true,
		changedBy: "Ada Lovelace",
		changedAt: Date.now() - 60_000,
		...draft,
	};
}

/** The fake engine with a model server, as it keeps what is set; `sent` counts what was asked of it. */
export class FakeAssistant extends FakeEngine {
	role: Role = "owner";
	settings: AssistantSettings = {
		server: null,
		policy: { fields: [], labels: [] },
		confirmation: null,
		lastRequest: null,
	};
	prices: ModelPrice[] = [];
	/** What was given to be stored, keys and all, oldest first. */
	readonly given: ModelServerInput[] = [];
	readonly agreed: string[] = [];
	sent = 0;
	outcome: Consultation = {
		isSuccess: true,
		error: null,
		claims: 1,
		dropped: 1,
	};
	body = '{"model":"tiny-1","messages":["<script>alert(1)</script>"]}';

	constructor() {
		super({
			incidents: [incident({ id: "i1", number: 7, title: "Fraud is slow" })],
		});
		const os = implement(contract);
		Object.assign(this.router.system, {
			session: os.system.session.handler(() => ({
				user: { id: "u1", name: "Ada Lovelace", email: "ada@example.org" },
				tenant: { id: "t1", name: "Acme" },
				role: this.role,
				isLocalOwner: false,
				canSignIn: true,
			})),
		});
		const { assistant, analytics } = os;
		Object.assign(this.router.assistant, {
			settings: assistant.settings.handler(() => this.settings),
			setServer: assistant.setServer.handler(({ input }) => {
				this.given.push(input);
				const { apiKey, ...server } = input;
				const hasKey =
					apiKey === undefined
						? (this.settings.server?.hasKey ?? false)
						: apiKey !== null;
				return this.#set({ server: modelServerOf({ ...server, hasKey }) });
			}),
			removeServer: assistant.removeServer.handler(() =>
				this.#set({ server: null, confirmation: null }),
			),
			setPolicy: assistant.setPolicy.handler(({ input }) =>
				this.#set({ policy: input, confirmation: null }),
			),
			preview: assistant.preview.handler(() => ({
				url: "https://models.example.com/v1/chat/completions",
				body: this.body,
				bytes: this.body.length,
				hash: "f".repeat(64),
				withheld: { times: 3 },
				leftOut: 0,
				redactions: 1,
				isConfirmed: this.settings.confirmation !== null,
			})),
			confirm: assistant.confirm.handler(({ input }) => {
				this.agreed.push(`${input.incidentId} ${input.hash}`);
				const byName = "Ada Lovelace";
				const confirmation = { byName, at: Date.now(), hash: input.hash };
				return this.#set({ confirmation });
			}),
			consult: assistant.consult.handler(({ input }) => {
				this.sent++;
				const { error } = this.outcome;
				const { incidentId } = input;
				const at = Date.now();
				this.#set({
					lastRequest: { incidentId, model: "tiny-1", at, error },
				});
				return this.outcome;
			}),
		});
		Object.assign(this.router.analytics, {
			prices: analytics.prices.handler(() => this.prices),
			setPrice: analytics.setPrice.handler(({ input }) => {
				const others = this.prices.filter(({ model }) => model !== input.model);
				const isNew = others.length === this.prices.length;
				this.prices = [...others, input];
				return { isNew };
			}),
			removePrice: analytics.removePrice.handler(({ input }) => {
				const left = this.prices.filter(({ model }) => model !== input.model);
				const removed = left.length < this.prices.length;
				this.prices = left;
				return { removed };
			}),
		});
	}

	#set(change: Partial<AssistantSettings>): AssistantSettings {
		this.settings = { ...this.settings, ...change };
		return this.settings;
	}
}
