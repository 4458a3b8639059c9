import type { EgressPolicy } from "../../../src-shared/contract/index.ts";
import type { Queries } from "../store/index.ts";
import {
	type ConfirmationRow,
	type ServerRow,
	sql,
} from "./assistant-schema.ts";

export function serverOf(
	queries: Queries,
	tenantKey: number,
): ServerRow | undefined {
	return queries.get(
		sql
			.selectFrom("model_servers")
			.selectAll()
			.where("tenant_id", "=", tenantKey),
	);
}

export function putServer(queries: Queries, row: ServerRow): void {
	queries.run(
		sql
			.insertInto("model_servers")
			.values(row)
			.onConflict((on) => on.column("tenant_id").doUpdateSet(row)),
	);
}

export function removeServer(queries: Queries, tenantKey: number): void {
	queries.run(
		sql.deleteFrom("model_servers").where("tenant_id", "=", tenantKey),
	);
}

/** Nothing may leave where nobody has said what may. */
export function policyOf(queries: Queries, tenantKey: number): EgressPolicy {
	const row = queries.get(
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
	queries: Queries,
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
	queries.run(
		sql
			.insertInto("egress_policies")
			.values(row)
			.onConflict((on) => on.column("tenant_id").doUpdateSet(row)),
	);
}

export function confirmationOf(
	queries: Queries,
	tenantKey: number,
	termsDigest: string,
): ConfirmationRow | undefined {
	return queries.get(
		sql
			.selectFrom("egress_confirmations")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("terms_digest", "=", termsDigest),
	);
}

/** Who agreed first stays. */
export function addConfirmation(
	queries: Queries,
	row: Omit<ConfirmationRow, "key">,
): void {
	queries.run(
		sql
			.insertInto("egress_confirmations")
			.values(row)
			.onConflict((on) => on.doNothing()),
	);
}
