// A model has a UUID and a free key, and both find it, in its own tenant alone. The UUID is
// the same on every replica and never changes. However a model becomes known - registered,
// by its predictions, by an id - it is one model, and registering it twice is refused.
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { ModelsService } from "../../../src-main/engine/models/index.ts";
import { modelIdOf } from "../../../src-main/engine/models/model-id.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { testMember } from "../test-member.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const acme = {
	key: 1,
	id: "00000000-0000-7000-8000-000000000001",
	name: "Acme",
};
const beta = {
	key: 2,
	id: "00000000-0000-7000-8000-000000000002",
	name: "Beta",
};
const uuid = "550e8400-e29b-41d4-a716-446655440000";

function by(tenant = acme) {
	return testMember(tenant, "engineer", { id: "ada", name: "Ada" });
}

/** `reopen` ends the process and starts it again on the same folder. */
function open(folder = temporaryFolder(onTestFinished)) {
	const ports = testPorts();
	const store = openCommandStore(`${folder}/command.db`, ports);
	const models = new ModelsService({
		store,
		clock: ports.clock,
		log: ports.log,
		tenantOf: (key) => [acme, beta].find((each) => each.key === key) ?? null,
	});
	const close = () => {
		if (store.connection.open) store.close();
	};
	onTestFinished(close);
	return {
		models,
		store,
		ports,
		reopen: () => {
			close();
			return open(folder);
		},
	};
}

describe("a model's UUID", () => {
	test("depends on the tenant and the key alone", () => {
		const one = open().models;
		const other = open().models;
		other.ensure(acme, uuid);
		other.idOf(acme, "another");
		expect(one.idOf(acme, "fraud")).toBe(other.idOf(acme, "fraud"));
		expect(one.idOf(acme, "fraud")).not.toBe(one.idOf(beta, "fraud"));
		expect(one.idOf(acme, "fraud")).toBe(modelIdOf(acme, "fraud"));
	});

	test("is the key itself where that is a UUID", () => {
		const { models } = open();
		expect(models.idOf(acme, uuid)).toBe(uuid);
		// Other letters are another key, so they must have another UUID.
		expect(models.idOf(acme, uuid.toUpperCase())).not.toBe(uuid);
	});

	test("leads back to the key, also after a restart", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), {
					maxLength: 8,
				}),
				(keys) => {
					const opened = open();
					const ids = keys.map((key) => opened.models.idOf(acme, key));
					expect(new Set(ids).size).toBe(keys.length);
					const { models } = opened.reopen();
					expect(ids.map((id) => models.keyOf(acme, id))).toEqual(keys);
					expect(ids.map((id) => models.keyOf(beta, id))).toEqual(
						keys.map(() => null),
					);
				},
			),
			{ numRuns: 10 },
		);
	});
});

describe("a UUID that was never seen", () => {
	test("is no model until it is ensured, and then a model known by it alone", () => {
		const { models } = open();
		expect(models.keyOf(acme, uuid)).toBeNull();
		expect(models.find(acme, uuid)).toBeNull();
		expect(models.ensure(acme, uuid.toUpperCase())).toBe(uuid);
		expect(models.find(acme, uuid)).toMatchObject({
			id: uuid,
			key: uuid,
			origin: "referenced",
			stage: "development",
			currentVersion: "1.0.0",
		});
		expect(models.ensure(acme, uuid)).toBe(uuid);
		expect(models.list(acme, { limit: 10, offset: 0 }).total).toBe(1);
		expect(models.find(beta, uuid)).toBeNull();
	});

	test("of another replica's model becomes that model when its key arrives", () => {
		const { models } = open();
		const id = modelIdOf(acme, "fraud");
		expect(models.ensure(acme, id)).toBe(id);
		expect(models.idOf(acme, "fraud")).toBe(id);
		expect(models.keyOf(acme, id)).toBe("fraud");
		expect(models.list(acme, { limit: 10, offset: 0 }).total).toBe(1);
	});

	test("in the place of a key names the model that has it", () => {
		const { models } = open();
		const { id } = models.register(by(), { name: "fraud" });
		models.arrived([{ tenantKey: 1, modelId: id }]);
		expect(models.idOf(acme, id)).toBe(id);
		expect(models.find(acme, id)?.key).toBe("fraud");
		expect(models.list(acme, { limit: 10, offset: 0 }).total).toBe(1);
		expect(() => models.register(by(), { name: id })).toThrow(
			expect.objectContaining({ code: "DUPLICATE", data: { id } }),
		);
	});

	test("must be a UUID", () => {
		expect(() => open().models.ensure(acme, "fraud")).toThrow(/not a UUID/);
	});
});

describe("registering", () => {
	const whole = {
		name: "churn",
		description: "Who leaves",
		modelType: "classification",
		framework: "sklearn",
		tags: { team: "analytics", use_case: "churn" },
	};

	test("keeps what was said, under the name as its key", () => {
		const opened = open();
		const made = opened.models.register(by(), whole);
		expect(made).toMatchObject({
			id: modelIdOf(acme, "churn"),
			key: "churn",
			origin: "registered",
			description: "Who leaves",
			modelType: "classification",
			framework: "sklearn",
			team: "analytics",
			tags: whole.tags,
			currentVersion: "1.0.0",
			stage: "development",
		});
		const { models } = opened.reopen();
		expect(models.find(acme, made.id)).toEqual(made);
		expect(models.find(acme, made.id.toUpperCase())).toEqual(made);
		expect(models.find(acme, "churn")).toEqual(made);
		expect(models.find(beta, "churn")).toBeNull();
		expect(models.find(beta, made.id)).toBeNull();
	});

	test("a name a second time is refused with the model that has it", () => {
		const { models } = open();
		const { id } = models.register(by(), whole);
		expect(() => models.register(by(), { name: "churn" })).toThrow(
			expect.objectContaining({ code: "DUPLICATE", data: { id } }),
		);
		expect(models.register(by(beta), { name: "churn" }).id).not.toBe(id);
	});

	test.each(["observed", "referenced"] as const)(
		"one that is %s already is that model",
		(origin) => {
			const { models } = open();
			if (origin === "observed") {
				models.arrived([{ tenantKey: 1, modelId: "churn" }]);
			} else models.idOf(acme, "churn");
			expect(models.find(acme, "churn")?.origin).toBe(origin);
			const made = models.register(by(), whole);
			expect(made).toMatchObject({
				origin: "registered",
				framework: "sklearn",
			});
			expect(models.list(acme, { limit: 10, offset: 0 }).items).toEqual([made]);
		},
	);

	test("writes every change to the log of changes", () => {
		const { models, store } = open();
		const { id } = models.register(by(), whole);
		const entries = () => store.changes.entriesOf(store.reads, 1, "model", id);
		const before = entries().length;
		expect(before).toBeGreaterThan(0);
		models.moveStage(by(), id, { version: "1.0.0", targetStage: "staging" });
		expect(entries().length).toBeGreaterThan(before);
	});
});

describe("models that send predictions", () => {
	test("are registered once, whatever arrives, and soon after by themselves", async () => {
		const { models, store } = open();
		const arrive = () =>
			models.arrived([
				{ tenantKey: 1, modelId: "a" },
				{ tenantKey: 2, modelId: "a" },
				{ tenantKey: 3, modelId: "of no tenant" },
			]);
		arrive();
		arrive();
		const count = () =>
			store.connection
				.prepare("SELECT count(*) FROM registered_models")
				.pluck()
				.get();
		expect(count()).toBe(0);
		await new Promise((resolve) => setImmediate(resolve));
		expect(count()).toBe(2);
		arrive();
		expect(models.list(acme, { limit: 10, offset: 0 }).total).toBe(1);
		expect(count()).toBe(2);
	});

	test("are there for the one who asks before that", () => {
		const { models } = open();
		models.arrived([{ tenantKey: 1, modelId: "a" }]);
		expect(models.find(acme, "a")?.origin).toBe("observed");
		models.arrived([{ tenantKey: 1, modelId: "b" }]);
		expect(models.keyOf(acme, modelIdOf(acme, "b"))).toBe("b");
		models.arrived([{ tenantKey: 1, modelId: "c" }]);
		expect(models.list(acme, { limit: 10, offset: 0 }).total).toBe(3);
	});

	test("are kept when the engine ends at once", () => {
		const opened = open();
		opened.models.arrived([{ tenantKey: 1, modelId: "a" }]);
		opened.models.close();
		expect(opened.reopen().models.find(acme, "a")).not.toBeNull();
	});
});

test("lists pages by key, with the number of all that fit", () => {
	const { models } = open();
	for (const [name, framework, team] of [
		["c", "sklearn", "x"],
		["a", "sklearn", "y"],
		["b", "torch", "x"],
	] as const) {
		models.register(by(), { name, framework, tags: { team } });
	}
	models.register(by(beta), { name: "other", framework: "sklearn" });
	models.moveStage(by(), "b", { version: "1.0.0", targetStage: "staging" });
	const keys = (filter: object) => {
		const page = models.list(acme, { limit: 10, offset: 0, ...filter });
		return [page.items.map(({ key }) => key).join(""), page.total];
	};
	expect(keys({})).toEqual(["abc", 3]);
	expect(keys({ limit: 2 })).toEqual(["ab", 3]);
	expect(keys({ limit: 2, offset: 2 })).toEqual(["c", 3]);
	expect(keys({ offset: 9 })).toEqual(["", 3]);
	expect(keys({ framework: "sklearn" })).toEqual(["ac", 2]);
	expect(keys({ team: "x" })).toEqual(["bc", 2]);
	expect(keys({ stage: "staging" })).toEqual(["b", 1]);
	expect(keys({ stage: "staging", team: "y" })).toEqual(["", 0]);
});
