import { createHash } from "node:crypto";
import { loadDemo } from "../../../src-main/engine/demo/index.ts";
import { createEngine, type Engine } from "../../../src-main/engine/engine.ts";
import { Sight } from "../../../src-main/engine/identity/access/index.ts";
import { type TestPorts, temporaryFolder, testPorts } from "../test-ports.ts";

/** An engine in a folder of its own, with the local owner to act as. */
export interface DemoBench {
	readonly ports: TestPorts;
	readonly engine: Engine;
	readonly owner: ReturnType<Engine["identity"]["localPrincipal"]>;
	readonly tenantKey: number;
}

export async function openBench(
	now: number,
	onEnd: (end: () => void | Promise<void>) => void,
): Promise<DemoBench> {
	const ports = testPorts(now);
	const dataDirectory = temporaryFolder(onEnd);
	const engine = await createEngine({ dataDirectory, version: "0" }, ports);
	onEnd(() => engine.close());
	const owner = engine.identity.localPrincipal();
	return { ports, engine, owner, tenantKey: owner.tenant.key };
}

/** Loads the demo and waits for the job's end. */
export function load({ engine, owner, tenantKey }: DemoBench) {
	return engine.jobs.finished(tenantKey, loadDemo(engine, owner));
}

/** Everything the demo stored, without the ids that are the tenant's own. */
export function contents({ engine, tenantKey }: DemoBench) {
	const rows = engine.predictions.store.reads
		.prepare(
			"SELECT e.event_time, e.score, e.body, l.label FROM events e LEFT JOIN labels l ON l.event_row = e.row ORDER BY e.row",
		)
		.all() as Record<string, unknown>[];
	const events = createHash("sha256");
	for (const { event_time, score, body, label } of rows) {
		events.update(`${event_time}|${score}|${body}|${label}\n`);
	}
	return {
		events: { count: rows.length, digest: events.digest("hex") },
		models: engine.drift
			.summaries(tenantKey)
			.map(({ openIncidentIds, ...model }) => ({
				...model,
				open: openIncidentIds.length,
			})),
		incidents: engine.incidents
			.list(Sight.ofTenant(tenantKey), { before: null, limit: 500 })
			.items.map(({ number, title, state, severity, openedAt, ownerName }) => ({
				number,
				title,
				state,
				severity,
				openedAt,
				ownerName,
			})),
	};
}
