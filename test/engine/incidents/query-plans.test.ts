// What is asked for one model reads that model's incidents, however many others are open.
import { expect, onTestFinished, test, vi } from "vitest";
import { Reads } from "../../../src-main/engine/store/reads.ts";
import { openBench, person } from "./incidents-bench.ts";

test("opening an incident and hearing of one read no other model's incidents", () => {
	const { service, store, signal } = openBench();
	const asked = [
		vi.spyOn(Reads.prototype, "get"),
		vi.spyOn(Reads.prototype, "all"),
	];
	onTestFinished(() => void vi.restoreAllMocks());
	const input = { title: "Nulls", description: "", severity: 3 } as const;
	const { id } = service.create(person(), { ...input, modelId: "fraud" });
	service.create(person(), {
		...input,
		modelId: "fares",
		sameSeverities: [3, 4],
	});
	service.act(person(), [id], { kind: "move", to: "acknowledged" });
	service.reportSignal(person().tenant, signal({ modelId: "churn" }));
	service.reportSignal(
		person().tenant,
		signal({ modelId: "churn", value: 0.5 }),
	);

	const plans = asked
		.flatMap(({ mock }) => mock.calls.map(([query]) => query.compile()))
		.filter(({ sql }) => sql.includes('from "incidents"'))
		// The counts of the tray are of all open incidents, by their index alone.
		.filter(({ sql }) => !sql.includes("count("))
		.flatMap(({ sql, parameters }) =>
			store.connection
				.prepare(`EXPLAIN QUERY PLAN ${sql}`)
				.all(...parameters)
				.map((step) => ({
					sql,
					detail: String(Reflect.get(step as object, "detail")),
				})),
		);
	expect(plans.length).toBeGreaterThan(4);
	for (const { sql, detail } of plans) {
		expect(detail, sql).not.toMatch(/^SCAN|\(tenant_id=\?\)/);
	}
});
