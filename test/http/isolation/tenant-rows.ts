import { hash } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Tenant } from "./tenant.ts";

type Row = Readonly<Record<string, unknown>>;

/** What reading makes, of everything in the tenant. */
const caches = new Set(["indexed_incidents"]);

/** By table. */
export type RowHashes = ReadonlyMap<string, string>;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What both databases of a data folder hold of a tenant, in any table, read past the engine. */
export class TenantRows {
	readonly #connections: readonly Database.Database[];
	/** Made of a tenant's rows, by what they are asked for and by the state of the databases. */
	readonly #hashes = new Map<string, { state: string; hashes: RowHashes }>();

	constructor(folder: string) {
		this.#connections = ["command.db", "predictions.db"].map(
			(file) => new Database(join(folder, file), { readonly: true }),
		);
	}

	close(): void {
		for (const connection of this.#connections) connection.close();
	}

	/** A hash of the rows of each table. */
	hashes({ key }: Tenant): RowHashes {
		return this.#unlessKnown(`${key}`, () => hashesOf(this.#of(key)));
	}

	/** The same of the rows that are of the project of the tenant's things. */
	ofProject(tenant: Tenant): RowHashes {
		const { key, projectId, named } = tenant;
		return this.#unlessKnown(`${key} ${projectId} ${named === null}`, () =>
			hashesOf(
				[...this.#ofProject(tenant)].map(([table, rows]) => [table, [...rows]]),
			),
		);
	}

	/** The ids of those rows. */
	idsOfProject(tenant: Tenant): string[] {
		return [...this.#ofProject(tenant).values()].flatMap((rows) =>
			[...rows].flatMap(({ id }) => (typeof id === "string" ? [id] : [])),
		);
	}

	/** Rows that name the project, and those that name one of these, and so on. */
	#ofProject({ key, projectId, named }: Tenant): Map<string, Set<Row>> {
		const tables = this.#of(key).filter(([table]) => !caches.has(table));
		const known = new Set<unknown>([projectId]);
		const project = tables
			.flatMap(([table, rows]) => (table === "projects" ? rows : []))
			.find(({ id }) => id === projectId);
		const found = new Map(tables.map(([table]) => [table, new Set<Row>()]));
		for (let size = 0; size !== known.size; ) {
			size = known.size;
			for (const [table, rows] of tables) {
				for (const row of rows) {
					const isIts =
						(named === null && row.project_id === null) ||
						row.project_key === project?.key ||
						Object.values(row).some((value) => known.has(value));
					if (!isIts) continue;
					found.get(table)?.add(row);
					if (typeof row.id === "string") known.add(row.id);
				}
			}
		}
		return found;
	}

	/** The tables that hold something. */
	tables({ key }: Tenant): string[] {
		return this.#of(key)
			.filter(([, rows]) => rows.length > 0)
			.map(([table]) => table);
	}

	/** Every id of the tenant's things, as a list would show them. */
	ids({ key, id }: Tenant): Set<string> {
		const found = new Set([id]);
		for (const [, rows] of this.#of(key)) {
			for (const row of rows) {
				for (const value of Object.values(row)) {
					if (typeof value === "string" && uuid.test(value)) found.add(value);
				}
			}
		}
		return found;
	}

	#unlessKnown(asked: string, hashes: () => RowHashes): RowHashes {
		// Changes whenever another connection commits, and most requests are refused.
		const state = this.#connections
			.map((each) => each.pragma("data_version", { simple: true }))
			.join(" ");
		const known = this.#hashes.get(asked);
		if (known?.state === state) return known.hashes;
		const made = hashes();
		this.#hashes.set(asked, { state, hashes: made });
		return made;
	}

	#of(tenantKey: number): [string, Row[]][] {
		return this.#connections.flatMap((connection) => {
			const tables = connection
				.prepare(
					`SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
					 WHERE t.type = 'table' AND c.name = 'tenant_id' ORDER BY t.name`,
				)
				.pluck()
				.all() as string[];
			// Segments are made of stored events in the background, whoever asks for what meanwhile.
			const told = tables.filter((table) => table !== "segments");
			return told.map((table): [string, Row[]] => [
				table,
				connection
					.prepare(`SELECT * FROM "${table}" WHERE tenant_id = ?`)
					.all(tenantKey) as Row[],
			]);
		});
	}
}

function hashesOf(tables: readonly [string, readonly Row[]][]): RowHashes {
	return new Map(
		tables.map(([table, rows]) => {
			const values = rows.map((row) => Object.values(row).map(spelled));
			return [table, hash("sha256", JSON.stringify(values))];
		}),
	);
}

/** A buffer's own JSON is a list of numbers, and takes longer than all else. */
function spelled(value: unknown): unknown {
	if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
	return typeof value === "bigint" ? String(value) : value;
}

/** The tables whose rows are not what they were. */
export function changedTables(before: RowHashes, after: RowHashes): string[] {
	return [...new Set([...before.keys(), ...after.keys()])].filter(
		(table) => before.get(table) !== after.get(table),
	);
}
