import { must } from "../../../../src-shared/domain/must.ts";
import type { Transaction } from "../../store/index.ts";
import { sql } from "./action-schema.ts";

/**
 * Takes the next action number of a tenant; numbers rise per replica. The replica that
 * counts a tenant's first action counts from 1. Any other counts in a range of its own far
 * above, the first 20 bits of its id times 2^32, so that two replicas that know of each
 * other never give one number twice. Incident numbers are granted in blocks because people
 * say them all day; an action is spoken of beside its incident, so this is enough.
 */
export function takeActionNumber(
	transaction: Transaction,
	tenantKey: number,
	replica: string,
): number {
	const { writes } = transaction;
	const counters = writes.all(
		sql
			.selectFrom("playbook_action_numbers")
			.select(["replica", "next"])
			.where("tenant_id", "=", tenantKey),
	);
	const own = counters.find((counter) => counter.replica === replica);
	const number = own?.next ?? (counters.length === 0 ? 1 : ownBase(replica));
	writes.run(
		own === undefined
			? sql
					.insertInto("playbook_action_numbers")
					.values({ tenant_id: tenantKey, replica, next: number + 1 })
			: sql
					.updateTable("playbook_action_numbers")
					.set({ next: number + 1 })
					.where("tenant_id", "=", tenantKey)
					.where("replica", "=", replica),
	);
	return number;
}

function ownBase(replica: string): number {
	const prefix = must(
		/^[0-9a-f]{5}/.exec(replica)?.[0],
		"a replica id is 16 hex digits",
	);
	return (Number.parseInt(prefix, 16) + 1) * 2 ** 32 + 1;
}
