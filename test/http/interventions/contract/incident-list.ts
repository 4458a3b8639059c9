import { beforeAll, describe, expect, test } from "vitest";
import { incidentStates } from "../../../../src-shared/domain/lifecycle.ts";
import type { Person } from "../open-interventions.ts";
import { filters, perform, see } from "./operations.ts";
import {
	opened,
	openedIn,
	type SharedInterventions,
} from "./shared-interventions.ts";

interface Item {
	id: number;
	status: string;
	severity: string;
	kind: string;
}

/** Filters good and bad, and pages. */
export function incidentList(shared: () => SharedInterventions): void {
	const list = async (query: string, by: Person = shared().owner) => {
		const { status, body } = await perform(shared().opened, "list", {
			query,
			headers: by.authorized,
		});
		return {
			status,
			page: body as {
				incidents: Item[];
				total: number;
				limit: number;
				offset: number;
			},
		};
	};

	describe("the list", () => {
		beforeAll(async () => {
			for (const state of incidentStates) await openedIn(shared(), state);
			for (const kind of filters.kind) {
				for (const severity of filters.severity) {
					await opened(shared(), { kind, severity });
				}
			}
		});

		test.each(
			Object.entries(filters).flatMap(([name, words]) =>
				words.map((word) => [name, word]),
			),
		)("%s=%s has those and all of those", async (name, word) => {
			const all = await list("?limit=100");
			expect(all.page.total).toBeLessThanOrEqual(100);
			const wanted = all.page.incidents.filter(
				(item) => item[name as keyof Item] === word,
			);
			expect(wanted).not.toEqual([]);
			const { status, page } = await list(`?limit=100&${name}=${word}`);
			expect(status).toBe(200);
			expect(page).toEqual({
				incidents: wanted,
				total: wanted.length,
				limit: 100,
				offset: 0,
			});
			see("list", `filter ${name}=${word}`);
			see("list", `filter ${name} good`);
		});

		test.each(Object.keys(filters))("%s=all leaves none out", async (name) => {
			const all = await list("?limit=100");
			expect((await list(`?limit=100&${name}=all`)).page).toEqual(all.page);
			see("list", `filter ${name}=all`);
		});

		test("filters together mean all of them", async () => {
			const { page } = await list("?status=open&severity=sev1&kind=budget");
			expect(page.incidents).toHaveLength(1);
			expect(page.incidents[0]).toMatchObject({
				status: "open",
				severity: "sev1",
				kind: "budget",
			});
		});

		test("is newest first, in pages of 50 unless asked otherwise", async () => {
			const first = await list("");
			expect([first.page.limit, first.page.offset]).toEqual([50, 0]);
			const ids = first.page.incidents.map(({ id }) => id);
			expect(ids).toEqual(ids.toSorted((one, other) => other - one));
			const read: number[] = [];
			for (let offset = 0; ; offset += 7) {
				const { page } = await list(`?limit=7&offset=${offset}`);
				expect(page).toMatchObject({
					total: first.page.total,
					limit: 7,
					offset,
				});
				read.push(...page.incidents.map(({ id }) => id));
				if (page.incidents.length < 7) break;
			}
			expect(read.slice(0, 50)).toEqual(ids);
			expect(new Set(read).size).toBe(first.page.total);
			see("list", "filter limit good");
			see("list", "filter offset good");
		});

		test.each([
			["status", ["Open", "new", "", "open,closed", "detected"]],
			["severity", ["sev0", "sev5", "P1", "", "1"]],
			["kind", ["drift", "", "Invariant"]],
			["limit", ["0", "-1", "101", "1.5", "1e1", "ten", "", " 5"]],
			["offset", ["-1", "1.5", "x", "", "99999999999999999999"]],
		])("a wrong %s is 422", async (name, values) => {
			for (const value of values) {
				const { status } = await list(`?${name}=${encodeURIComponent(value)}`);
				expect([value, status]).toEqual([value, 422]);
			}
			const { status } = await list(`?${name}=1&${name}=2`);
			expect(status).toBe(422);
			see("list", `filter ${name} bad`);
		});

		test("a filter that is not known is 422", async () => {
			expect((await list("?state=open")).status).toBe(422);
		});

		test("another tenant's is another", async () => {
			const { page } = await list("", shared().stranger);
			expect(page).toEqual({ incidents: [], total: 0, limit: 50, offset: 0 });
		});
	});
}
