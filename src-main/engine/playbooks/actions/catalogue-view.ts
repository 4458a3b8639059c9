import type { Playbook } from "../../../../src-shared/contract/index.ts";
import type { Principal } from "../../identity/access/index.ts";
import type { PlaybookCatalogue } from "../definition.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";
import { estimateOf } from "./run-estimates.ts";

/** The catalogue as a tenant sees it: with what its own runs took. */
export class CatalogueView {
	readonly #ports: PlaybooksPorts;
	readonly #records: ActionRepository;

	constructor(ports: PlaybooksPorts, records: ActionRepository) {
		this.#ports = ports;
		this.#records = records;
	}

	all(principal: Principal): {
		playbooks: Playbook[];
		faults: ReturnType<PlaybookCatalogue["faults"]>[number][];
		folder: string | null;
	} {
		const { catalogue } = this.#ports;
		return {
			playbooks: catalogue
				.list()
				.map(({ description }) => this.#describe(principal, description)),
			faults: [...catalogue.faults()],
			folder: principal.isLocalOwner ? catalogue.folder : null,
		};
	}

	/** What the incident names, in its order, then what is meant for its kind or key; and the rest. Throws NOT_FOUND. */
	forIncident(
		principal: Principal,
		incidentId: string,
	): { suggested: Playbook[]; others: Playbook[] } {
		const { catalogue } = this.#ports;
		const incident = this.#ports.incident(principal.sight, incidentId);
		const suggested = new Set([
			...incident.playbooks,
			...catalogue
				.list()
				.filter((playbook) => playbook.suits(incident))
				.map(({ description }) => description.id),
		]);
		return {
			suggested: [...suggested].map((name) =>
				this.#describe(principal, catalogue.checklistFor(name)),
			),
			others: catalogue
				.list()
				.filter(({ description }) => !suggested.has(description.id))
				.map(({ description }) => this.#describe(principal, description)),
		};
	}

	#describe(principal: Principal, playbook: Playbook): Playbook {
		const estimate = estimateOf(this.#records, principal.tenant.key, playbook);
		return { ...playbook, estimate };
	}
}
