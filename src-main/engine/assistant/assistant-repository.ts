import type { EgressPolicy } from "../../../src-shared/contract/index.ts";
import type { Reads, Writes } from "../store/index.ts";
import {
	type ConfirmationRow,
	type ServerRow,
	sql,
} from "./assistant-schema.ts";

export function serverOf(
	reads: Reads,
	tenantKey: number,
): ServerRow | undefined {
	return reads.get(
		sql
			.selectFrom("model_servers")
			.selectAll()
			.where("tenant_id", "=", tenantKey),
	);
}

export function putServer(writes: Writes, row: ServerRow): void {
	writes.run(
		sql
			.insertInto("model_servers")
			.values(row)
			.onConflict((on) => on.column("tenant_id").doUpdateSet(row)),
	);
}

export function removeServer(writes: Writes, tenantKey: number): void {
	writes.run(
		sql.deleteFrom("model_servers").where("tenant_id", "=", tenantKey),
	);
}

/** Nothing may leave where nobody has said what may. */
export function policyOf(reads: Reads, tenantKey: number): EgressPolicy {
	const row = reads.get(
		sql
			.selectFrom("egress_policies")
			.selectAll()
			.where("tenant_id", "=", tenantKey),
	);
	return row === undefined
		? { fields: [], labels: [] }
		: {
				fields: JSON.parse(row.fields) as EgressPolicy["fields"],
				labels: JSON.parse(row.labels) as string[],
			};
}

export function putPolicy(
	writes: Writes,
	tenantKey: number,
	{ fields, labels }: EgressPolicy,
	changed: { by: string; at: number },
): void {
	const row = {
		tenant_id: tenantKey,
		fields: JSON.stringify([...new Set(fields)].toSorted()),
		labels: JSON.stringify([...new Set(labels)].toSorted()),
		changed_by: changed.by,
		changed_at: changed.at,
	};
	writes.run(
		sql
			.insertInto("egress_policies")
			.values(row)
			.onConflict((on) => on.column("tenant_id").doUpdateSet(row)),
	);
}

export function confirmationOf(
	reads: Reads,
	tenantKey: number,
	termsDigest: string,
): ConfirmationRow | undefined {
	return reads.get(
		sql
			.selectFrom("egress_confirmations")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("terms_digest", "=", termsDigest),
	);
}

/** Who agreed first stays. */
export function addConfirmation(
	writes: Writes,
	row: Omit<ConfirmationRow, "key">,
): void {
	writes.run(
		sql
			.insertInto("egress_confirmations")
			.values(row)
			.onConflict((on) => on.doNothing()),
	);
}
