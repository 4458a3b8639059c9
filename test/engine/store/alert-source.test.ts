// A database from before incidents could say that alerts opened them keeps every incident,
// what the monitor remembers of each, and all that guards them; and alerts open new ones.
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
	migrate,
	openForWriting,
} from "../../../src-main/engine/store/index.ts";
import { commandMigrations } from "../../../src-main/engine/store/migrations/index.ts";
import type { Connection } from "../../../src-main/engine/store/open-database.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const { log } = testPorts();

function insert(
	connection: Connection,
	table: string,
	row: Readonly<Record<string, string | number | null>>,
): void {
	const names = Object.keys(row);
	connection
		.prepare(
			`INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map((name) => `@${name}`).join(", ")})`,
		)
		.run(row);
}

function incident(key: number, source: string) {
	return {
		key,
		tenant_id: 1,
		id: `incident-${key}`,
		number: 100 + key,
		title: 'It\'s "broken"; it is',
		description: "",
		state: "detected",
		epoch: 1,
		lifecycle_hlc: "h",
		lifecycle_change_id: "c",
		severity: 2,
		severity_source: "api",
		source,
		model_id: `model-${key}`,
		metric: "psi_score",
		value: 0.1 + 0.2,
		is_history: 0,
		opened_at: 5,
		created_at: 5,
		updated_at: 6,
		version: 1,
		decided_version: 0,
		sequence: key,
		labels: '["a"]',
		project_id: "project",
		service_name: "cart",
	};
}

/** One as it was, with incidents 1 and 7 and the memory of one. */
function oldDatabase(): Connection {
	const connection = openForWriting(
		join(temporaryFolder(onTestFinished), "command.db"),
	);
	onTestFinished(() => void connection.close());
	migrate(
		connection,
		commandMigrations.filter(({ number }) => number < 18),
		log,
	);
	insert(connection, "incidents", incident(1, "drift_monitor"));
	insert(connection, "incidents", incident(7, "api"));
	insert(connection, "incident_signals", {
		incident_key: 7,
		tenant_id: 1,
		severity: 2,
		normal_streak: 3,
		signal_at: 5,
		evidence_value: 0.5,
	});
	return connection;
}

function contents(connection: Connection) {
	const all = (sql: string) => connection.prepare(sql).all();
	return {
		incidents: all("SELECT * FROM incidents ORDER BY key"),
		signals: all("SELECT * FROM incident_signals"),
		guards: all(
			"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ('incidents', 'incident_signals') AND type != 'table' ORDER BY name",
		),
		columns: all("SELECT * FROM pragma_table_xinfo('incidents')"),
		tables: all("SELECT name FROM sqlite_schema WHERE type = 'table'").length,
		references: all(
			"SELECT * FROM pragma_foreign_key_list('incident_signals')",
		),
	};
}

test("an older database keeps all it has", () => {
	const connection = oldDatabase();
	const before = contents(connection);
	expect(before.incidents).toHaveLength(2);
	expect(before.guards.length).toBeGreaterThan(8);
	expect(migrate(connection, commandMigrations, log)).toBe("migrated");
	expect(contents(connection)).toEqual(before);
	expect(connection.pragma("foreign_key_check")).toEqual([]);
	expect(connection.pragma("integrity_check", { simple: true })).toBe("ok");
});

test("alerts may open incidents, and nothing else became possible", () => {
	const connection = oldDatabase();
	const alert = incident(8, "alert");
	expect(() => insert(connection, "incidents", alert)).toThrow(/CHECK/);
	migrate(connection, commandMigrations, log);
	insert(connection, "incidents", alert);
	expect(() => insert(connection, "incidents", incident(9, "other"))).toThrow(
		/CHECK/,
	);
	expect(() => connection.exec("DELETE FROM incidents")).toThrow(
		/never deleted/,
	);
	expect(() =>
		insert(connection, "incident_signals", {
			incident_key: 99,
			tenant_id: 1,
			severity: 2,
			normal_streak: 0,
			signal_at: 5,
		}),
	).toThrow(/FOREIGN KEY/);
	// One open incident of the monitor's own for a model and metric.
	expect(() =>
		insert(connection, "incidents", {
			...incident(10, "drift_monitor"),
			model_id: "model-1",
		}),
	).toThrow(/UNIQUE/);
});
