import type { PredictionsStore } from "../store/index.ts";
import type { ImportedIds } from "./imported-ids.ts";

const keysPerStatement = 64;

/**
 * Those of `idKeys` under which some event of some tenant is stored. One statement looks for
 * many keys, so that rows that are new, as nearly all are, cost no search of their own.
 */
export function knownKeys(
	store: PredictionsStore,
	ids: ImportedIds,
	idKeys: readonly number[],
): Set<number> {
	const known = new Set<number>();
	for (let from = 0; from < idKeys.length; from += keysPerStatement) {
		const some = idKeys.slice(from, from + keysPerStatement);
		for (const key of some) if (ids.unindexed(key).length > 0) known.add(key);
		// A key twice in the list changes nothing; it keeps the statement the same.
		while (some.length < keysPerStatement) some.push(some[0] ?? 0);
		const found = store.reads
			.prepare(statement)
			.pluck()
			.all(some, some) as number[];
		for (const key of found) known.add(key);
	}
	return known;
}

const places = new Array(keysPerStatement).fill("?").join(", ");
/** The condition on the sign is what makes SQLite use the partial index. */
const statement = `SELECT id_key FROM events WHERE id_key IN (${places}) AND id_key >= 0
	UNION ALL SELECT id_key FROM imported_ids WHERE id_key IN (${places})`;
