// A parameter reaches the database as it is, whatever its type and wherever it stands. None
// is written as a bare "?": SQLite would plan the statement anew at every call.
import { join } from "node:path";
import { sql as raw } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { openForWriting } from "../../../src-main/engine/store/open-database.ts";
import type { Reads } from "../../../src-main/engine/store/reads.ts";
import { sqlBuilder } from "../../../src-main/engine/store/sql-builder.ts";
import { Statements } from "../../../src-main/engine/store/statements.ts";
import { UnitOfWork } from "../../../src-main/engine/store/unit-of-work.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

interface Schema {
	things: {
		name: string;
		size: number | null;
		bytes: Buffer | null;
		any: string | number | null;
	};
}

const sql = sqlBuilder<Schema>();

const things = [
	{ name: "a", size: 1, bytes: Buffer.from([0, 255]), any: "1" },
	{ name: "b", size: -2, bytes: Buffer.alloc(0), any: 1.5 },
	{ name: "-c", size: 2 ** 53 - 1, bytes: null, any: "1.50" },
	{ name: "", size: null, bytes: null, any: null },
];

function openReads(): Reads {
	const connection = openForWriting(
		join(temporaryFolder(onTestFinished), "a.db"),
	);
	onTestFinished(() => void connection.close());
	connection.exec(
		"CREATE TABLE things (name TEXT NOT NULL, size INTEGER, bytes BLOB, any ANY) STRICT",
	);
	const work = new UnitOfWork(new Statements(connection, testPorts().log));
	work.run(({ writes }) => writes.run(sql.insertInto("things").values(things)));
	return work.reads;
}

test("what is written is what is read", () => {
	const reads = openReads();
	expect(reads.all(sql.selectFrom("things").selectAll())).toEqual(things);
});

test.each([
	["compared", sql.selectFrom("things").where("size", "=", -2), ["b"]],
	["of text", sql.selectFrom("things").where("any", "=", "1.50"), ["-c"]],
	[
		"of bytes",
		sql.selectFrom("things").where("bytes", "=", Buffer.from([0, 255])),
		["a"],
	],
	[
		"listed",
		sql.selectFrom("things").where("name", "in", ["-c", ""]),
		["-c", ""],
	],
	[
		"as limits",
		sql.selectFrom("things").orderBy("size", "desc").limit(2).offset(1),
		["a", "b"],
	],
	[
		"reckoned with",
		sql.selectFrom("things").where(({ eb }) => eb(eb("size", "-", -3), "=", 4)),
		["a"],
	],
	[
		"in raw SQL",
		sql.selectFrom("things").where(raw<boolean>`length(name || ${"x"}) = ${3}`),
		["-c"],
	],
])("parameters %s", (_, query, names) => {
	const found = openReads().all(query.select("name"));
	expect(found.map(({ name }) => name)).toEqual(names);
});

test("no parameter is bare", () => {
	const compiled = [
		sql.insertInto("things").values(things),
		sql.updateTable("things").set({ size: 1 }).where("name", "=", "a"),
		sql.selectFrom("things").selectAll().where("size", ">", 1).limit(3),
		sql.selectFrom("things").select(raw<number>`${1}`.as("one")),
	].map((query) => query.compile().sql);
	for (const text of compiled) expect(text).not.toMatch(/(?<!\+)\?/);
});
