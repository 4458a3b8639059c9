import { sql as rawSql } from "kysely";
import { Sight } from "../identity/access/index.ts";
import type { IncidentEntry } from "../incidents/index.ts";
import type { Writes } from "../store/index.ts";
import type { InsightPorts } from "./insight-ports.ts";
import { sql } from "./insight-schema.ts";
import { termsOf } from "./similarity.ts";

const page = 200;
const mostIndexed = 20_000;
const mostTerms = 24;

type IndexPorts = Pick<
	InsightPorts,
	"store" | "incident" | "incidents" | "incidentsSince" | "position"
>;

/** The words of incidents, for finding those that read alike. Brought up to date before it is asked. */
export class IncidentIndex {
	readonly #ports: IndexPorts;

	constructor(ports: IndexPorts) {
		this.#ports = ports;
	}

	/** Takes in what changed since the last time; gives way to other work between pages. */
	async catchUp(tenantKey: number): Promise<void> {
		const { store, incident, incidents, incidentsSince, position } =
			this.#ports;
		const from = this.#position(tenantKey);
		const until = position();
		if (from !== null && from >= until) return;
		const changed = from === null ? null : incidentsSince(tenantKey, from);
		if (changed !== null) {
			this.#take(
				tenantKey,
				changed.map(({ id }) => incident(Sight.ofTenant(tenantKey), id)),
			);
		} else {
			for (let offset = 0; offset < mostIndexed; offset += page) {
				const entries = incidents(tenantKey, { limit: page, offset });
				this.#take(tenantKey, entries);
				if (entries.length < page) break;
				await new Promise((resolve) => setImmediate(resolve));
			}
		}
		store.work.run(({ writes }) => {
			writes.run(
				sql
					.insertInto("incident_index_positions")
					.values({ tenant_id: tenantKey, sequence: until })
					.onConflict((conflict) =>
						conflict.column("tenant_id").doUpdateSet({ sequence: until }),
					),
			);
		});
	}

	/** The ids of up to `limit` incidents whose words are most like a text, the likest first. */
	alike(tenantKey: number, text: string, limit: number): string[] {
		const terms = termsOf(text).slice(0, mostTerms);
		if (terms.length === 0) return [];
		// A term is a run of letters and digits, so that within quotes it is a word and no operator.
		const wanted = terms.map((term) => `"${term}"`).join(" OR ");
		const match = `tenant:"${tenantWord(tenantKey)}" AND (${wanted})`;
		return this.#ports.store.reads
			.all(
				sql
					.selectFrom("incident_words")
					.innerJoin(
						"indexed_incidents",
						"indexed_incidents.key",
						"incident_words.rowid",
					)
					.select("indexed_incidents.incident_id")
					.where("indexed_incidents.tenant_id", "=", tenantKey)
					.where(rawSql<boolean>`incident_words MATCH ${match}`)
					.orderBy("incident_words.rank")
					.orderBy("incident_words.rowid")
					.limit(limit),
			)
			.map((row) => row.incident_id);
	}

	#position(tenantKey: number): number | null {
		const row = this.#ports.store.reads.get(
			sql
				.selectFrom("incident_index_positions")
				.select("sequence")
				.where("tenant_id", "=", tenantKey),
		);
		return row?.sequence ?? null;
	}

	#take(tenantKey: number, entries: readonly IncidentEntry[]): void {
		if (entries.length === 0) return;
		this.#ports.store.work.run(({ writes }) => {
			for (const entry of entries) put(writes, tenantKey, entry);
		});
	}
}

function put(writes: Writes, tenantKey: number, entry: IncidentEntry): void {
	writes.run(
		sql
			.insertInto("indexed_incidents")
			.values({ tenant_id: tenantKey, incident_id: entry.id })
			.onConflict((conflict) => conflict.doNothing()),
	);
	const row = writes.get(
		sql
			.selectFrom("indexed_incidents")
			.select("key")
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", entry.id),
	);
	if (row === undefined) return;
	writes.run(sql.deleteFrom("incident_words").where("rowid", "=", row.key));
	writes.run(
		sql.insertInto("incident_words").values({
			rowid: row.key,
			tenant: tenantWord(tenantKey),
			words: termsOf(
				[entry.title, entry.description, entry.serviceName, entry.modelId].join(
					" ",
				),
			).join(" "),
			labels: entry.labels.join(" "),
		} as never),
	);
}

/** A tenant as a word of the index, which no incident's words can stand in for: they are in other columns. */
function tenantWord(tenantKey: number): string {
	return `t${tenantKey}`;
}
