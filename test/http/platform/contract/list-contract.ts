import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { incidentStates } from "../../../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../../../src-shared/domain/severity.ts";
import type { Answer, OpenPlatform } from "../open-platform.ts";
import { jsonType } from "../platform-document.ts";
import { fieldsNamed, opened, openedIn } from "./incidents.ts";
import {
	item,
	objectOf,
	page,
	perform,
	see,
	severities,
	statuses,
} from "./operations.ts";

interface Page {
	readonly total: number;
	readonly page: number;
	readonly page_size: number;
	readonly items: readonly Record<string, unknown>[];
}

const good: Readonly<Record<string, readonly string[]>> = {
	page: ["1", "2", "1000000000"],
	page_size: ["1", "25", "100"],
	status: statuses,
	severity: severities,
	model_id: [randomUUID(), randomUUID().toUpperCase()],
	since: [
		"2026-01-20T12:00:00Z",
		"2026-01-20t12:00:00.123456z",
		"2026-01-20T12:00:00%2B02:00",
		"2026-01-20T12:00:00-05:30",
		"2026-01-20T12:00:00+02:00",
		"2026-01-20T12:00:00",
		"2026-01-20T12:00",
		"2026-01-20",
		"2024-02-29",
	],
};

const bad: Readonly<Record<string, readonly string[]>> = {
	page: ["0", "-1", "1.5", "one", "", "1e3", "0x1", "9".repeat(400), "%00"],
	page_size: ["0", "101", "-5", "ten", "", "25 "],
	status: ["Open", "acknowledged", "", "open,closed", "detected"],
	severity: ["p1", "P0", "P5", "1", "critical", ""],
	model_id: ["fraud_v1", "", "3fa85f64-5717-4562-b3fc-2c963f66afa", "1"],
	since: [
		"2026-02-30",
		"2026-02-30T00:00:00Z",
		"2025-02-29",
		"2026-13-01",
		"2026-01-20T24:00:01Z",
		"2026-01-20T23:59:60Z",
		"yesterday",
		"1768910400",
		"",
		"20.01.2026",
		"2026-01-20T12:00:00+2",
	],
};

/** `GET /incidents`. */
export function listContract(platform: () => OpenPlatform): void {
	const list = (query: string): Promise<Answer> =>
		perform(platform().owner.call, "list", { query });
	const listed = async (query: string): Promise<Page> => {
		const answer = await list(query);
		expect(answer.status, JSON.stringify(answer.body)).toBe(200);
		return answer.body as Page;
	};

	describe("GET /incidents", () => {
		test("answers the documented envelope and fields, with their types", async () => {
			const { model_id } = await opened(platform().owner);
			const answer = await listed(`?model_id=${model_id}`);
			expect(Object.keys(answer)).toEqual(Object.keys(page));
			expect(answer).toMatchObject({ total: 1, page: 1, page_size: 25 });
			const [only] = answer.items;
			expect(Object.keys(only ?? {})).toEqual(Object.keys(item));
			for (const [name, example] of Object.entries(item)) {
				const types = name === "assigned_to" ? ["string", "null"] : [];
				expect([jsonType(example), ...types], name).toContain(
					jsonType(only?.[name]),
				);
			}
		});

		test.each(
			Object.entries(good).flatMap(([name, values]) =>
				values.map((value) => ({ name, value })),
			),
		)("takes $name=$value", async ({ name, value }) => {
			const { items } = await listed(`?${name}=${value}`);
			if (name === "status" || name === "severity") {
				see("list", `filter ${name}=${value}`);
				for (const each of items) expect(each[name]).toBe(value);
			}
			see("list", `filter ${name} good`);
		});

		test.each(
			Object.entries(bad).flatMap(([name, values]) =>
				values.map((value) => ({ name, value })),
			),
		)("refuses $name=$value by name", async ({ name, value }) => {
			const answer = await list(`?${name}=${encodeURIComponent(value)}`);
			expect(answer.status).toBe(422);
			expect(fieldsNamed(answer)).toEqual([name]);
			expect(objectOf(answer).detail).toContain(name);
			see("list", `filter ${name} bad`);
		});

		test("refuses a parameter given twice, and one it does not know", async () => {
			const twice = await list("?status=open&status=closed");
			expect([twice.status, fieldsNamed(twice)]).toEqual([422, ["status"]]);
			const unknown = await list("?sverity=P1&page=0");
			expect([unknown.status, fieldsNamed(unknown).sort()]).toEqual([
				422,
				["page", "sverity"],
			]);
		});

		test("each status is the states that read so", async () => {
			const model_id = randomUUID();
			const made = new Map<string, string>();
			// The settled ones first, because the others stay open.
			for (const state of [...incidentStates].reverse()) {
				const severity = severities[made.size % 4];
				const { id } = await openedIn(platform(), state, {
					model_id,
					severity,
				});
				made.set(state, id);
			}
			const idsOf = async (status: string) =>
				(await listed(`?model_id=${model_id}&status=${status}`)).items.map(
					({ id }) => id,
				);
			const expected: Readonly<Record<string, readonly string[]>> = {
				open: ["detected", "acknowledged"],
				investigating: ["investigating", "mitigated"],
				resolved: ["resolved"],
				closed: ["closed", "learned", "inconclusive"],
			};
			for (const status of statuses) {
				expect(new Set(await idsOf(status))).toEqual(
					new Set(expected[status]?.map((state) => made.get(state))),
				);
			}
		});

		test("the fifth rank reads as P4, and is found by it", async () => {
			const { engine, owner } = platform();
			const model_id = randomUUID();
			const model = (await opened(owner, { model_id, severity: "P1" })).id;
			const { modelId } = engine.incidents.entry(owner.principal.sight, model);
			for (const severity of severityRanks.filter((rank) => rank !== 1)) {
				engine.incidents.open(owner.principal.needs("engineer"), {
					title: "t",
					description: "",
					severity,
					modelId,
				});
			}
			const read = async (severity: string) =>
				(await listed(`?model_id=${model_id}&severity=${severity}`)).items.map(
					(each) => each.severity,
				);
			expect(await read("P1")).toEqual(["P1"]);
			expect(await read("P4")).toEqual(["P4", "P4"]);
		});

		test("since is strictly after, and pages are whole and in order", async () => {
			const { ports, owner } = platform();
			const model_id = randomUUID();
			const start = ports.clock.now();
			const ids: string[] = [];
			for (const [index, severity] of severities.entries()) {
				ports.clock.set(start + index * 1_000);
				const { id } = await opened(owner, { model_id, severity });
				ids.unshift(id);
			}
			const of = (rest: string) => listed(`?model_id=${model_id}${rest}`);
			const all = await of("");
			expect(all.items.map(({ id }) => id)).toEqual(ids);
			const second = encodeURIComponent(String(all.items[2]?.created_at));
			expect((await of(`&since=${second}`)).items.map(({ id }) => id)).toEqual(
				ids.slice(0, 2),
			);
			expect((await of(`&since=${second}`)).total).toBe(2);
			for (const size of [1, 2, 3, 4, 100]) {
				const read: unknown[] = [];
				for (let number = 1; number <= Math.ceil(4 / size); number++) {
					const part = await of(`&page_size=${size}&page=${number}`);
					expect(part).toMatchObject({
						total: 4,
						page: number,
						page_size: size,
					});
					read.push(...part.items.map(({ id }) => id));
				}
				expect(read).toEqual(ids);
			}
			expect((await of("&page=2")).items).toEqual([]);
		});

		test("a model nobody has seen has no incidents, and is not made by asking", async () => {
			const uuid = randomUUID();
			const { engine, owner } = platform();
			expect(await listed(`?model_id=${uuid}`)).toEqual({
				total: 0,
				page: 1,
				page_size: 25,
				items: [],
			});
			expect(engine.models.keyOf(owner.principal.tenant, uuid)).toBeNull();
		});
	});
}
