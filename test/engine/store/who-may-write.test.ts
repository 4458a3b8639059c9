// Whoever holds `Reads` cannot write, and whoever holds `Writes` is in the transaction it was
// made for. The type checker says so where it can: an error that is expected below and does
// not come fails the type check. SQLite says so of SQL that is text.
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import {
	type CommandStore,
	openCommandStore,
	openPredictionsStore,
	type Reads,
	sqlBuilder,
	type Transaction,
	type Writes,
} from "../../../src-main/engine/store/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const sql = sqlBuilder<{ store_meta: { key: string; value: string } }>();
const insert = sql.insertInto("store_meta").values({ key: "a", value: "1" });
const update = sql.updateTable("store_meta").set({ value: "2" });
const remove = sql.deleteFrom("store_meta").where("key", "=", "a");
const select = sql
	.selectFrom("store_meta")
	.select("value")
	.where("key", "=", "a");

const refused = /Only a transaction writes/;
const over = /transaction is over/;

let store: CommandStore;

beforeEach(() => {
	const path = join(temporaryFolder(onTestFinished), "command.db");
	store = openCommandStore(path, testPorts());
	onTestFinished(() => store.close());
});

test("a reader takes no query that writes, whatever it returns", () => {
	const { reads } = store;
	// @ts-expect-error: only a transaction runs writes
	expect(() => reads.run(insert)).toThrow(TypeError);
	// @ts-expect-error: an INSERT is no selection
	expect(() => reads.get(insert)).toThrow(refused);
	// @ts-expect-error: nor is one that returns rows
	expect(() => reads.all(insert.returningAll())).toThrow(refused);
	// @ts-expect-error: nor is an UPDATE
	expect(() => reads.get(update.returning("value"))).toThrow(refused);
	// @ts-expect-error: nor is a DELETE
	expect(() => reads.all(remove.returning("value"))).toThrow(refused);
	expect(reads.all(select)).toEqual([]);
});

test("a reader prepares no statement that writes", () => {
	const { reads } = store;
	for (const text of [
		"INSERT INTO store_meta (key, value) VALUES ('a', '1')",
		"INSERT INTO store_meta (key, value) VALUES ('a', '1') RETURNING key",
		"WITH a AS (SELECT 1) UPDATE store_meta SET value = '2'",
		"DELETE FROM store_meta",
		"DROP TABLE store_meta",
	]) {
		expect(() => reads.prepare(text), text).toThrow(refused);
		// Also when a transaction has prepared it before.
		store.work.run(({ writes }) => writes.prepare(text));
		expect(() => reads.prepare(text), text).toThrow(refused);
	}
	const statement = reads.prepare("SELECT 1");
	// @ts-expect-error: it only reads
	statement.run satisfies unknown;
	// @ts-expect-error: also when it answers a column alone
	statement.pluck().run satisfies unknown;
});

test("the same holds of predictions", () => {
	const path = join(temporaryFolder(onTestFinished), "predictions.db");
	const predictions = openPredictionsStore(path, testPorts().log);
	onTestFinished(() => predictions.close());
	const text = "UPDATE sealing SET sealed_row = 1";
	expect(() => predictions.reads.prepare(text)).toThrow(refused);
	predictions.work.run(({ writes }) => writes.prepare(text).run());
});

test("a transaction reads what it wrote, and can write no more once it is over", () => {
	let kept: Writes | null = null;
	store.work.run(({ writes, afterCommit }) => {
		kept = writes;
		writes.run(insert);
		expect(writes.get(select)).toEqual({ value: "1" });
		afterCommit(() => expect(() => writes.run(update)).toThrow(over));
	});
	const writes = kept as unknown as Writes;
	expect(() => writes.run(update)).toThrow(over);
	expect(() => writes.prepare("DELETE FROM store_meta")).toThrow(over);
	store.work.run(() => expect(() => writes.run(update)).toThrow(over));
	expect(store.reads.all(select)).toEqual([{ value: "1" }]);
});

test("a transaction that failed leaves nothing to write with", () => {
	let kept: Writes | null = null;
	expect(() =>
		store.work.run(({ writes }) => {
			kept = writes;
			throw new Error("halfway");
		}),
	).toThrow("halfway");
	const writes = kept as unknown as Writes;
	expect(() => writes.run(insert)).toThrow(over);
});

test("neither can be made up", () => {
	const { reads } = store;
	const { prepare, all, get, timed } = reads;
	// @ts-expect-error: it has no private field
	({ prepare, all, get, timed }) satisfies Reads;
	// @ts-expect-error: a reader is no writer
	reads satisfies Writes;
	// @ts-expect-error: not even with a method of the name
	({ ...reads, run: () => ({ changes: 0, lastId: 0 }) }) satisfies Writes;
	// @ts-expect-error: so there is no transaction without one
	({ writes: reads, afterCommit() {} }) satisfies Transaction;
	// A transaction may be handed to what only reads.
	store.work.run(({ writes }) => expect((writes satisfies Reads).all(select)));
});
