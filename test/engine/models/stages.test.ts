// A version moves along the edges of the table and no other way; one version at most is in
// production, and it is the model's current one; a move that is refused leaves nothing.
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import {
	ModelsService,
	modelStages,
	stageEdges,
} from "../../../src-main/engine/models/index.ts";
import type { ModelStage } from "../../../src-main/engine/models/stages.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { testMember } from "../test-member.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const tenant = {
	key: 1,
	id: "00000000-0000-7000-8000-000000000001",
	name: "Acme",
};
const by = testMember(tenant, "engineer", { id: "ada", name: "Ada" });

function open() {
	const ports = testPorts();
	const folder = temporaryFolder(onTestFinished);
	const store = openCommandStore(`${folder}/command.db`, ports);
	onTestFinished(() => store.close());
	const models = new ModelsService({ store, ...ports, tenantOf: () => tenant });
	models.register(by, { name: "m" });
	const move = (targetStage: ModelStage, version = "1.0.0") =>
		models.moveStage(by, "m", { version, targetStage });
	const stages = () => {
		const model = models.get(tenant, "m");
		return {
			current: `${model.currentVersion} ${model.stage}`,
			versions: models
				.versions(tenant, model)
				.map(({ version, stage }) => `${version} ${stage}`),
		};
	};
	return { models, move, stages };
}

/** A way from development to each stage. */
const ways: Readonly<Record<ModelStage, readonly ModelStage[]>> = {
	development: [],
	staging: ["staging"],
	production: ["staging", "production"],
	archived: ["staging", "production", "archived"],
};

describe("every edge", () => {
	test.each(
		modelStages.flatMap((from) => modelStages.map((to) => [from, to] as const)),
	)("%s -> %s", (from, to) => {
		const { move, stages } = open();
		for (const step of ways[from]) move(step);
		const before = stages();
		expect(before.current).toBe(`1.0.0 ${from}`);
		if (from === to || stageEdges[from].includes(to)) {
			expect(move(to).stage).toBe(to);
			expect(stages().current).toBe(`1.0.0 ${to}`);
		} else {
			expect(() => move(to)).toThrow(
				expect.objectContaining({
					code: "CONFLICT",
					data: { from, to, allowed: stageEdges[from] },
				}),
			);
			expect(stages()).toEqual(before);
		}
	});
});

test("a version in production gives way to the next in one step", () => {
	const { move, stages } = open();
	move("staging");
	move("production");
	move("staging", "1.2.0");
	// What serves stays the current version until the next serves.
	expect(stages()).toEqual({
		current: "1.0.0 production",
		versions: ["1.0.0 production", "1.2.0 staging"],
	});
	move("production", "1.2.0");
	expect(stages()).toEqual({
		current: "1.2.0 production",
		versions: ["1.0.0 archived", "1.2.0 production"],
	});
	move("archived", "1.2.0");
	expect(stages().current).toBe("1.2.0 archived");
});

describe("a version that is not known", () => {
	test("is registered by its first move, from development", () => {
		const { move, stages } = open();
		move("development", "2.0.0-rc.1+5");
		move("staging", "1.1.0");
		expect(stages().versions).toEqual([
			"1.0.0 development",
			"2.0.0-rc.1+5 development",
			"1.1.0 staging",
		]);
	});

	test("leaves nothing when its first move is refused", () => {
		const { move, stages } = open();
		const before = stages();
		expect(() => move("production", "1.2.0")).toThrow(
			expect.objectContaining({ code: "CONFLICT" }),
		);
		expect(stages()).toEqual(before);
	});

	test.each([
		"",
		"1",
		"1.0",
		"v1.0.0",
		"01.0.0",
		"1.0.0-",
		"1.0.0 ",
		"latest",
		`1.0.0-${"x".repeat(100)}`,
	])("%j is no version", (version) => {
		const { move } = open();
		expect(() => move("staging", version)).toThrow(
			expect.objectContaining({ code: "INVALID" }),
		);
	});
});

test("whatever is moved, one version serves at most and the current one is it", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.tuple(
					fc.constantFrom("1.0.0", "1.1.0", "2.0.0"),
					fc.constantFrom(...modelStages),
				),
				{ maxLength: 25 },
			),
			(moves) => {
				const { move, stages } = open();
				for (const [version, to] of moves) {
					try {
						move(to, version);
					} catch (error) {
						expect(error).toMatchObject({ code: "CONFLICT" });
					}
					const { current, versions } = stages();
					const serving = versions.filter((each) => /production/.test(each));
					expect(serving.length).toBeLessThanOrEqual(1);
					expect(versions).toContain(current);
					if (serving.length === 1) expect([current]).toEqual(serving);
				}
			},
		),
		{ numRuns: 20 },
	);
});
