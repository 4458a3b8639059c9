import {
	type Principal,
	Sight,
	type TenantRef,
} from "../../identity/access/index.ts";
import type { Transaction } from "../../store/index.ts";
import type { JsonValue } from "../definition.ts";
import type { ActionRow } from "./action-schema.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";

/** Longer texts are cut: what a program says of itself may be of any length. */
const longestText = 4_000;

/**
 * Tells the incident's timeline, the durable feed and the live windows of what becomes of
 * actions. Timeline and feed are written in the transaction of the change, the windows are
 * told after it.
 */
export class ActionAnnouncements {
	readonly #ports: PlaybooksPorts;

	constructor(ports: PlaybooksPorts) {
		this.#ports = ports;
	}

	/** One stage of an action, by a person or a program that may act, or found by Tocsin itself in a tenant. */
	stage(
		transaction: Transaction,
		action: ActionRow,
		by: Principal<"engineer"> | TenantRef,
		stage: string,
		text: string,
		data: { readonly [key: string]: JsonValue } = {},
	): void {
		const principal = "actor" in by ? by : this.#ports.tocsin(by.key);
		this.#ports.recordEvent(principal, action.incident_id, {
			text: shortened(text),
			data: {
				stage,
				action_id: action.id,
				action_number: action.number,
				action_kind: action.kind,
				playbook: action.playbook_id,
				status: action.status,
				...data,
			},
		});
		this.changed(transaction, action);
	}

	/** An execution or a rollback came to an end, whatever it is. */
	ended(transaction: Transaction, action: ActionRow): void {
		const incident = this.#ports.incident(
			Sight.ofTenant(action.tenant_id),
			action.incident_id,
		);
		this.#ports.appendFeed(transaction, action.tenant_id, {
			type: "action.executed",
			incidentId: action.incident_id,
			actionId: action.id,
			data: {
				incidentId: action.incident_id,
				incidentNumber: incident.number,
				actionId: action.id,
				actionNumber: action.number,
				actionType: action.playbook_id,
				kind: action.kind,
				status: action.status,
			},
		});
		const { tenant_id, incident_id, rollback_of } = action;
		if (rollback_of === null) return;
		// What was rolled back is shown as such from now on.
		transaction.afterCommit(() =>
			this.publish({ tenant_id, incident_id, id: rollback_of }),
		);
	}

	/** Only the live windows need to know. */
	changed(transaction: Transaction, action: ActionRow): void {
		transaction.afterCommit(() => this.publish(action));
	}

	publish(action: Pick<ActionRow, "tenant_id" | "id" | "incident_id">): void {
		this.#ports.publish(action.tenant_id, {
			kind: "actions",
			actionIds: [action.id],
			incidentIds: [action.incident_id],
		});
	}
}

function shortened(text: string): string {
	const clean = text.toWellFormed().replaceAll("\0", "\u2400");
	return clean.length <= longestText
		? clean
		: `${clean.slice(0, longestText).toWellFormed()}…`;
}
