import type { Severity } from "../../../../../src-shared/domain/severity.ts";
import type { IncidentEntry } from "../../../incidents/index.ts";
import type { StoredAlert } from "../../alerts/alert-change.ts";
import type { GroupRow } from "../correlation-schema.ts";
import type { CompiledRule } from "../rules/compiled-rule.ts";

/** A group that alerts of one batch fell into. */
export interface TouchedGroup {
	readonly row: GroupRow;
	readonly rule: CompiledRule;
	/** The incident it belongs to already. */
	readonly incident: IncidentEntry | null;
	/** The incident before it, of which a new one is a return. */
	readonly predecessorId: string | null;
	readonly alerts: StoredAlert[];
	/** The gravest rank by the rule. */
	severity: Severity;
	/** Whether one of them opens an incident. */
	opens: boolean;
	/** The labels of those that open one. */
	readonly stormLabels: Set<string>;
}

/** Groups that become one incident, by the sets they were joined to. */
export class GroupUnion {
	readonly #parents = new Map<number, number>();

	/** Joins two groups, by their keys. */
	join(one: number, other: number): void {
		const a = this.rootOf(one);
		const b = this.rootOf(other);
		if (a !== b) this.#parents.set(Math.max(a, b), Math.min(a, b));
	}

	/** The same for all groups that are joined. */
	rootOf(key: number): number {
		let root = key;
		for (
			let parent = this.#parents.get(root);
			parent !== undefined;
			parent = this.#parents.get(root)
		) {
			root = parent;
		}
		return root;
	}
}
