import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import { severityWord } from "../../../src-shared/domain/severity.ts";
import type { Principal } from "../../engine/identity/principal.ts";
import type { ServedEngine } from "../served-engine.ts";

/** API B has no word for `closed`: it reads as `resolved`. */
export function copilotState(state: IncidentState): string {
	return state === "closed" ? "resolved" : state;
}

/**
 * The channel `incidents` of one connection. The engine's changes are coalesced, so what
 * is new is told by the incident's number: larger than any that was there before.
 */
export class IncidentFeed {
	readonly #engine: ServedEngine;
	readonly #principal: Principal;
	readonly #send: (event: Readonly<Record<string, unknown>>) => void;
	#ending: AbortController | null = null;

	constructor(
		engine: ServedEngine,
		principal: Principal,
		send: (event: Readonly<Record<string, unknown>>) => void,
	) {
		this.#engine = engine;
		this.#principal = principal;
		this.#send = send;
	}

	start(): void {
		if (this.#ending !== null) return;
		const ending = new AbortController();
		this.#ending = ending;
		this.#run(ending.signal).catch((error: unknown) => {
			if (ending.signal.aborted) return;
			this.#engine.log.error({ error }, "API B's incident feed failed");
			this.#ending = null;
			this.#send({ type: "error", message: "the incidents channel failed" });
		});
	}

	stop(): void {
		this.#ending?.abort();
		this.#ending = null;
	}

	async #run(signal: AbortSignal): Promise<void> {
		const { incidents, live } = this.#engine.services;
		const page = await incidents.list(this.#principal, {
			before: null,
			limit: 1,
		});
		let newest = page.items[0]?.number ?? 0;
		const changes = live.changes(
			this.#principal,
			{ after: page.sequence },
			signal,
		);
		for await (const change of changes) {
			if (signal.aborted) return;
			if (change.kind !== "incidents") continue;
			const items = change.items.toSorted((a, b) => a.number - b.number);
			for (const incident of items) {
				this.#send(eventOf(incident, incident.number > newest));
				newest = Math.max(newest, incident.number);
			}
		}
	}
}

function eventOf(incident: IncidentSummary, isNew: boolean) {
	const { id, title, severity } = incident;
	const state = copilotState(incident.state);
	return {
		type: isNew ? "incident.created" : "incident.updated",
		data: isNew
			? { id, title, severity: severityWord(severity), state }
			: { id, state },
		timestamp: new Date(
			isNew ? incident.openedAt : incident.updatedAt,
		).toISOString(),
	};
}
