import type { ModelPrice } from "../../../src-shared/contract/index.ts";
import type { Reads, Writes } from "../store/index.ts";
import { type PriceRow, sql } from "./analytics-schema.ts";

/** By the model's name. */
export function pricesOf(reads: Reads, tenantKey: number): ModelPrice[] {
	return reads
		.all(
			sql
				.selectFrom("model_prices")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.orderBy("model"),
		)
		.map((row) => ({
			model: row.model,
			inputMicroDollars: row.input_price,
			outputMicroDollars: row.output_price,
		}));
}

/** Sets a model's price. What was spent already stays what it was. */
export function putPrice(writes: Writes, row: Omit<PriceRow, "key">): void {
	writes.run(
		sql
			.insertInto("model_prices")
			.values(row)
			.onConflict((on) => on.columns(["tenant_id", "model"]).doUpdateSet(row)),
	);
}

/** Answers whether there was one. */
export function removePrice(
	writes: Writes,
	tenantKey: number,
	model: string,
): boolean {
	const { changes } = writes.run(
		sql
			.deleteFrom("model_prices")
			.where("tenant_id", "=", tenantKey)
			.where("model", "=", model),
	);
	return changes > 0;
}

/**
 * What tokens cost, in whole millionths of a US dollar, by a price in the same for a
 * million tokens. Rounded half up, once, when it is spent: all sums of it are exact.
 */
export function costOf(tokens: number, pricePerMillion: number): number {
	// The product leaves what a double holds exactly at nine thousand dollars.
	const product = BigInt(tokens) * BigInt(pricePerMillion);
	return Number((product + 500_000n) / 1_000_000n);
}
