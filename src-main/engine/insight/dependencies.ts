import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import { EngineError } from "../errors.ts";
import type { Reads, Writes } from "../store/index.ts";
import { sql } from "./insight-schema.ts";

/** Service -> the services that it calls. */
export type ServiceMap = Readonly<Record<string, readonly string[]>>;

const mostEdges = 2_000;

/** The map of a project. */
export function dependenciesOf(
	reads: Reads,
	tenantKey: number,
	projectId: string,
): Map<string, string[]> {
	const rows = reads.all(
		sql
			.selectFrom("service_dependencies")
			.select(["service", "depends_on"])
			.where("tenant_id", "=", tenantKey)
			.where("project_id", "=", projectId)
			.orderBy("service")
			.orderBy("depends_on"),
	);
	const map = new Map<string, string[]>();
	for (const { service, depends_on } of rows) {
		const known = map.get(service);
		if (known === undefined) map.set(service, [depends_on]);
		else known.push(depends_on);
	}
	return map;
}

/** Puts a map in the place of a project's. Throws INVALID. */
export function putDependencies(
	writes: Writes,
	tenantKey: number,
	projectId: string,
	map: ServiceMap,
): void {
	const edges = Object.entries(map).flatMap(([service, calls]) =>
		[...new Set(calls)]
			.filter((call) => call !== service)
			.map((call) => ({ service, depends_on: call })),
	);
	if (edges.length > mostEdges) {
		throw new EngineError(
			"INVALID",
			`A map has at most ${mostEdges} dependencies.`,
			{ field: "dependencies" },
		);
	}
	for (const name of edges.flatMap((edge) => [edge.service, edge.depends_on])) {
		const fault = identifierFault(name);
		if (fault !== null) {
			throw new EngineError("INVALID", `A service ${fault}`, {
				field: "dependencies",
			});
		}
	}
	writes.run(
		sql
			.deleteFrom("service_dependencies")
			.where("tenant_id", "=", tenantKey)
			.where("project_id", "=", projectId),
	);
	for (const edge of edges) {
		writes.run(
			sql.insertInto("service_dependencies").values({
				tenant_id: tenantKey,
				project_id: projectId,
				...edge,
			}),
		);
	}
}
