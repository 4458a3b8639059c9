import { must } from "../../../src-shared/domain/must.ts";
import type { Transaction } from "../store/index.ts";
import { sql } from "./schema.ts";

const blockSize = 1000;

/**
 * Takes the next incident number of a tenant. Numbers come from blocks that belong to one
 * replica each, so two replicas that cannot see each other never mint the same one. The
 * replica that took the tenant's first block grants itself the blocks that follow 1..1000.
 * Any other replica uses blocks granted to it and, with none left, a range of its own far
 * above: the first 20 bits of its id times 2^32.
 */
export function takeNumber(
	transaction: Transaction,
	tenantKey: number,
	replica: string,
): number {
	const { writes } = transaction;
	const block = writes.get(
		sql
			.selectFrom("incident_number_blocks")
			.select(["key", "next"])
			.where("tenant_id", "=", tenantKey)
			.where("replica", "=", replica)
			.whereRef("next", "<=", "last")
			.orderBy("first")
			.limit(1),
	);
	if (block === undefined) {
		grantBlock(transaction, tenantKey, replica);
		return takeNumber(transaction, tenantKey, replica);
	}
	writes.run(
		sql
			.updateTable("incident_number_blocks")
			.set({ next: block.next + 1 })
			.where("tenant_id", "=", tenantKey)
			.where("key", "=", block.key),
	);
	return block.next;
}

function grantBlock(
	transaction: Transaction,
	tenantKey: number,
	replica: string,
): void {
	const blocks = transaction.writes.all(
		sql
			.selectFrom("incident_number_blocks")
			.select(["replica", "first", "last"])
			.where("tenant_id", "=", tenantKey)
			.orderBy("first"),
	);
	const founder = blocks[0]?.replica ?? replica;
	const base = founder === replica ? 0 : ownBase(replica);
	const newest = blocks
		.filter((block) => block.last > base && block.first < base + 2 ** 32)
		.at(-1);
	const first = newest === undefined ? base + 1 : newest.last + 1;
	transaction.writes.run(
		sql.insertInto("incident_number_blocks").values({
			tenant_id: tenantKey,
			replica,
			first,
			last: first + blockSize - 1,
			next: first,
		}),
	);
}

function ownBase(replica: string): number {
	const prefix = must(
		/^[0-9a-f]{5}/.exec(replica)?.[0],
		"a replica id is 16 hex digits",
	);
	return (Number.parseInt(prefix, 16) + 1) * 2 ** 32;
}
