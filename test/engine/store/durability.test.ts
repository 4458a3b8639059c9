// A 2xx means committed and flushed: `synchronous` is FULL on every open, also of a file
// that was in WAL mode before; a transaction is whole or nothing; the change log and its
// clock survive restarts and a wall clock that goes back.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import {
	type Migration,
	openCommandStore,
	openForReading,
	openForWriting,
	schemaVersion,
} from "../../../src-main/engine/store/index.ts";
import { migrate } from "../../../src-main/engine/store/migrate.ts";
import type { Connection } from "../../../src-main/engine/store/open-database.ts";
import { sqlBuilder } from "../../../src-main/engine/store/sql-builder.ts";
import { Statements } from "../../../src-main/engine/store/statements.ts";
import { UnitOfWork } from "../../../src-main/engine/store/unit-of-work.ts";
import { failCommits } from "../failing-commit.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const folderOf = () => temporaryFolder(onTestFinished);
const { log } = testPorts();

function migration(number: number, sql: string): Migration {
	return { number, name: `step ${number}`, up: (db) => void db.exec(sql) };
}

const first = migration(1, "CREATE TABLE notes (text TEXT NOT NULL) STRICT");
const second = migration(2, "ALTER TABLE notes ADD COLUMN author TEXT");

const sql = sqlBuilder<{ notes: { text: string } }>();
const note = (text: string) => sql.insertInto("notes").values({ text });

function rows(connection: Connection): unknown[] {
	return connection.prepare("SELECT * FROM notes").all();
}

describe("opening", () => {
	test("is FULL on a new file and on a re-opened one", () => {
		const path = join(folderOf(), "a.db");
		for (let time = 0; time < 3; time++) {
			const connection = openForWriting(path);
			expect(connection.pragma("synchronous", { simple: true })).toBe(2);
			expect(connection.pragma("journal_mode", { simple: true })).toBe("wal");
			connection.exec("CREATE TABLE IF NOT EXISTS t (x)");
			connection.close();
		}
	});

	test("a reader cannot write", () => {
		const path = join(folderOf(), "a.db");
		const writer = openForWriting(path);
		writer.exec("CREATE TABLE t (x)");
		const reader = openForReading(path);
		expect(() => reader.exec("INSERT INTO t VALUES (1)")).toThrow();
		reader.close();
		writer.close();
	});
});

describe("migrating", () => {
	test("backs a database with data up first, and the backup opens", () => {
		const folder = folderOf();
		const connection = openForWriting(join(folder, "command.db"));
		expect(migrate(connection, [first], log)).toBe("migrated");
		expect(existsSync(join(folder, "backups"))).toBe(false);
		connection.exec("INSERT INTO notes VALUES ('kept')");
		expect(migrate(connection, [first, second], log)).toBe("migrated");
		expect(migrate(connection, [first, second], log)).toBe("current");
		expect(rows(connection)).toEqual([{ text: "kept", author: null }]);
		const backups = readdirSync(join(folder, "backups"));
		expect(backups).toEqual(["command-v1.db"]);
		const backup = openForReading(join(folder, "backups", "command-v1.db"));
		expect(schemaVersion(backup)).toBe(1);
		expect(rows(backup)).toEqual([{ text: "kept" }]);
		backup.close();
		connection.close();
	});

	test("a step that fails leaves the schema as it was", () => {
		const connection = openForWriting(join(folderOf(), "command.db"));
		migrate(connection, [first], log);
		const broken = migration(3, "CREATE TABLE notes (again)");
		expect(() => migrate(connection, [first, second, broken], log)).toThrow();
		expect(schemaVersion(connection)).toBe(1);
		connection.exec("INSERT INTO notes VALUES ('still here')");
		expect(rows(connection)).toEqual([{ text: "still here" }]);
		connection.close();
	});

	test("keeps the five newest backups", () => {
		const folder = folderOf();
		const connection = openForWriting(join(folder, "command.db"));
		const steps = [first];
		migrate(connection, steps, log);
		for (let number = 2; number <= 13; number++) {
			steps.push(migration(number, `CREATE TABLE t${number} (x)`));
			migrate(connection, steps, log);
		}
		expect(readdirSync(join(folder, "backups")).toSorted()).toEqual(
			[10, 11, 12, 8, 9].map((version) => `command-v${version}.db`),
		);
		connection.close();
	});

	test("a database of a newer version opens for reading only, untouched", () => {
		const path = join(folderOf(), "command.db");
		const ports = testPorts();
		openCommandStore(path, ports).close();
		const newer = openForWriting(path);
		newer.pragma("user_version = 999");
		newer.close();
		const store = openCommandStore(path, ports);
		expect(store.readOnly).toBe(true);
		expect(() => store.connection.exec("DELETE FROM change_log")).toThrow(
			/readonly/,
		);
		store.close();
	});
});

describe("a unit of work", () => {
	function open() {
		const connection = openForWriting(join(folderOf(), "a.db"));
		migrate(connection, [first], log);
		onTestFinished(() => void connection.close());
		return {
			connection,
			work: new UnitOfWork(new Statements(connection, log)),
		};
	}

	test("is whole or nothing, and its effects follow the commit", () => {
		const { connection, work } = open();
		const effects: string[] = [];
		expect(() =>
			work.run(({ writes, afterCommit }) => {
				afterCommit(() => effects.push("lost"));
				writes.run(note("lost"));
				throw new Error("halfway");
			}),
		).toThrow("halfway");
		work.run(({ writes, afterCommit }) => {
			afterCommit(() => effects.push(`${connection.inTransaction}`));
			writes.run(note("kept"));
		});
		expect(rows(connection)).toEqual([{ text: "kept" }]);
		expect(effects).toEqual(["false"]);
	});

	test("joins the one it is called in", () => {
		const { connection, work } = open();
		expect(() =>
			work.run(() => {
				work.run(({ writes }) => writes.run(note("inner")));
				throw new Error("outer");
			}),
		).toThrow("outer");
		expect(rows(connection)).toEqual([]);
	});

	test("whose commit fails is nothing, has no effects, and the next one is whole", () => {
		const { connection, work } = open();
		const effects: string[] = [];
		const mend = failCommits(connection, "INSERT ON notes");
		const write = (text: string) =>
			work.run(({ writes, afterCommit }) => {
				afterCommit(() => effects.push(text));
				writes.run(note(text));
				return text;
			});
		expect(() => write("lost")).toThrow("FOREIGN KEY");
		expect(connection.inTransaction).toBe(false);
		mend();
		expect(write("kept")).toBe("kept");
		expect(rows(connection)).toEqual([{ text: "kept" }]);
		expect(effects).toEqual(["kept"]);
	});

	test("refuses work that would wait", () => {
		const { connection, work } = open();
		expect(() =>
			work.run(async ({ writes }) => {
				writes.run(note("late"));
			}),
		).toThrow(/synchronous/);
		expect(rows(connection)).toEqual([]);
		expect(connection.inTransaction).toBe(false);
	});
});

describe("the change log", () => {
	test("stamps rise strictly, whatever the wall clock does, across restarts", () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						jump: fc.integer({ min: -86_400_000, max: 86_400_000 }),
						restarts: fc.boolean(),
					}),
					{ minLength: 1, maxLength: 12 },
				),
				(steps) => {
					const path = join(folderOf(), "command.db");
					const ports = testPorts();
					let store = openCommandStore(path, ports);
					const replica = store.changes.replica;
					const stamps: string[] = [];
					for (const { jump, restarts } of steps) {
						ports.clock.set(ports.clock.now() + jump);
						if (restarts) {
							store.close();
							store = openCommandStore(path, ports);
						}
						stamps.push(
							store.work.run(
								(transaction) =>
									store.changes.append(transaction, {
										tenantKey: 1,
										entity: "note",
										entityId: "1",
										kind: "event",
										value: {},
									}).hlc,
							),
						);
					}
					expect(store.changes.replica).toBe(replica);
					store.close();
					expect([...stamps].sort()).toEqual(stamps);
					expect(new Set(stamps).size).toBe(stamps.length);
				},
			),
			{ numRuns: 20 },
		);
	});

	test("cannot be rewritten", () => {
		const ports = testPorts();
		const store = openCommandStore(join(folderOf(), "command.db"), ports);
		store.work.run((transaction) =>
			store.changes.append(transaction, {
				tenantKey: 1,
				entity: "note",
				entityId: "1",
				kind: "set",
				value: 1,
			}),
		);
		for (const sql of [
			"UPDATE change_log SET value = '2'",
			"DELETE FROM change_log",
		]) {
			expect(() => store.connection.exec(sql)).toThrow(/append-only/);
		}
		store.close();
	});
});

test("a slow statement is logged by its SQL, a slow transaction as such", () => {
	const connection = openForWriting(join(folderOf(), "a.db"));
	const slow: unknown[] = [];
	const work = new UnitOfWork(
		new Statements(connection, {
			...log,
			warn: (fields) => slow.push(fields.sql),
		}),
	);
	connection.function("wait", () => {
		const until = performance.now() + 110;
		while (performance.now() < until);
		return 1;
	});
	work.run(({ writes }) =>
		writes.get(sql.selectNoFrom(sql.fn("wait").as("waited"))),
	);
	connection.close();
	expect(slow).toEqual(['select wait() as "waited"', "transaction"]);
});
