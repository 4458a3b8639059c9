// The model routes that API A and D share, made from both documents: every operation, field,
// filter, status and code, and every edge between the stages. A model is found by its UUID
// and by its key, and by nobody of another tenant. Answers are held against the document.
import { describe, expect, test } from "vitest";
import {
	modelStages,
	stageEdges,
} from "../../../src-main/engine/models/index.ts";
import { coverageFaults, coverageTable } from "../contract-coverage.ts";
import {
	type Answer,
	type Sent,
	sharedPlatform,
} from "../platform/open-platform.ts";
import {
	made,
	move,
	type Operation,
	operations,
	perform,
	promised,
	registration,
	see,
} from "./model-operations.ts";

const platform = sharedPlatform();

let names = 0;
/** A name that no other test has. */
function fresh(): string {
	names++;
	return `model ${names}`;
}

async function registered(
	json: object = {},
): Promise<{ id: string; name: string }> {
	const name = fresh();
	const { status, body } = await perform(platform().owner.call, "register", {
		json: { name, ...json },
	});
	expect(status).toBe(201);
	return { id: String(body.model_id), name };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("POST /models", () => {
	test("answers the document's example in its shape", async () => {
		const { owner } = platform();
		const answer = await perform(owner.call, "register", {
			json: registration,
		});
		expect(answer.status).toBe(201);
		expect(answer.body).toEqual({
			...made,
			model_id: expect.stringMatching(uuid),
			tenant_id: owner.principal.tenant.id,
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
		});
		for (const name of Object.keys(registration))
			see("register", `input ${name}`);
		expect(answer.headers.get("location")).toBe(
			`/api/v1/models/${answer.body.model_id}`,
		);
		const { body } = await perform(owner.call, "one", {
			id: String(answer.body.model_id),
		});
		expect(body).toMatchObject({
			...registration,
			...answer.body,
			team: "customer-analytics",
			key: registration.name,
			origin: "registered",
		});
	});

	test("needs a name alone", async () => {
		const { id, name } = await registered();
		const { body } = await perform(platform().owner.call, "one", { id });
		expect(body).toMatchObject({
			name,
			description: "",
			model_type: null,
			framework: null,
			team: null,
			tags: {},
		});
	});

	test("a second time is 409 with the model that has the name", async () => {
		const { id, name } = await registered();
		const answer = await perform(platform().owner.call, "register", {
			json: { name },
		});
		expect(answer.status).toBe(409);
		expect(answer.body).toMatchObject({ id, code: "MODEL_EXISTS" });
		expect(answer.headers.get("location")).toBe(`/api/v1/models/${id}`);
		// Another tenant knows nothing of it.
		const other = await perform(platform().stranger.call, "register", {
			json: { name },
		});
		expect(other.status).toBe(201);
		expect(other.body.model_id).not.toBe(id);
	});

	const bad: Readonly<Record<string, readonly unknown[]>> = {
		name: ["", null, 1, ["x"], "a\u0000b", "\ud800", "x".repeat(201)],
		description: [1, null, "x".repeat(10_001)],
		model_type: ["", 1, null, "x".repeat(101)],
		framework: ["", {}, null, "x".repeat(101)],
		tags: [
			[],
			"x",
			null,
			{ team: 1 },
			{ "": "x" },
			{ team: "x".repeat(1_001) },
			Object.fromEntries(
				Array.from({ length: 101 }, (_, index) => [`t${index}`, "x"]),
			),
		],
	};
	test.each(
		Object.entries(bad).flatMap(([name, values]) =>
			values.map((value) => [name, value] as const),
		),
	)("a bad %s is 422: %j", async (name, value) => {
		const answer = await perform(platform().owner.call, "register", {
			json: { name: fresh(), [name]: value },
		});
		expect(answer.status).toBe(422);
		expect(answer.body.errors).toEqual([
			{
				field: expect.stringMatching(new RegExp(`^${name}`)),
				message: expect.any(String),
			},
		]);
		see("register", `bad ${name}`);
	});

	test.each<[string, Sent, number]>([
		["an unknown field", { json: { name: "n", stage: "production" } }, 422],
		["no body", {}, 422],
		["a list", { json: [] }, 422],
		["no JSON", { text: "{" }, 400],
		["another type", { text: "{}", type: "text/plain" }, 415],
		["too much", { text: " ".repeat(1_048_577) }, 413],
	])("%s is refused", async (_, sent, status) => {
		expect(
			(await perform(platform().owner.call, "register", sent)).status,
		).toBe(status);
		const put = await perform(platform().owner.call, "stage", {
			...sent,
			id: "x",
		});
		expect(put.status).toBe(status);
	});
});

describe("GET /models", () => {
	test("pages by name, as either document asks", async () => {
		const { call } = await platform().addPerson(
			platform().owner.principal,
			"Lister",
			"viewer",
		);
		for (let index = 0; index < 3; index++) await registered();
		const all = await perform(call, "list", { query: "?page_size=100" });
		const keys = (answer: Answer) =>
			(answer.body as { items: { key: string }[] }).items.map(({ key }) => key);
		expect(keys(all)).toEqual([...keys(all)].sort());
		expect(all.body.total).toBe(keys(all).length);
		const second = await perform(call, "list", {
			query: "?page=2&page_size=2",
		});
		expect(second.body).toMatchObject({
			page: 2,
			page_size: 2,
			total: all.body.total,
		});
		expect(keys(second)).toEqual(keys(all).slice(2, 4));
		const limited = await perform(call, "list", { query: "?limit=2" });
		expect(limited.body).toMatchObject({ page: 1, page_size: 2 });
		expect(keys(limited)).toEqual(keys(all).slice(0, 2));
		const both = await perform(call, "list", { query: "?limit=1&page_size=3" });
		expect(keys(both)).toHaveLength(3);
		expect(keys(await perform(call, "list", { query: "?page=1000" }))).toEqual(
			[],
		);
		const plain = await perform(call, "list");
		expect(plain.body).toMatchObject({ page: 1, page_size: 25 });
		for (const name of ["page", "page_size", "limit"])
			see("list", `filter ${name} good`);
	});

	test("filters by team, framework and stage, in the words of either", async () => {
		const { call } = platform().owner;
		const team = fresh();
		const made = await registered({ framework: "jax", tags: { team } });
		const found = async (query: string) => {
			const { status, body } = await perform(call, "list", {
				query: `?limit=100&${query}`,
			});
			expect(status).toBe(200);
			return (body as { items: { id: string }[] }).items.map(({ id }) => id);
		};
		expect(await found(`team=${team}`)).toEqual([made.id]);
		expect(await found("framework=jax")).toEqual([made.id]);
		expect(await found("framework=jax&team=other")).toEqual([]);
		see("list", "filter team good");
		see("list", "filter framework good");
		for (const stage of modelStages) {
			if (stage !== "development")
				await perform(call, "stage", {
					id: made.id,
					json: { version: "1.0.0", target_stage: stage },
				});
			expect(await found(`stage=${stage}`)).toContain(made.id);
			const others = modelStages.filter((other) => other !== stage);
			for (const other of others)
				expect(await found(`stage=${other}`)).not.toContain(made.id);
			see("list", `filter stage=${stage}`);
		}
		expect(await found("stage=deprecated")).toContain(made.id);
		see("list", "filter stage=deprecated");
		see("list", "filter stage good");
	});

	test.each([
		["page", ["0", "-1", "x", "1.5", ""]],
		["page_size", ["0", "101", "x", ""]],
		["limit", ["0", "101", "x", ""]],
		["stage", ["Production", "live", ""]],
		["team", ["", "x".repeat(101)]],
		["framework", ["", "x".repeat(101)]],
		["color", ["red"]],
	])("a bad %s is 422", async (name, values) => {
		for (const value of values) {
			const answer = await perform(platform().owner.call, "list", {
				query: `?${name}=${value}`,
			});
			expect([value, answer.status]).toEqual([value, 422]);
			expect(answer.body.errors).toMatchObject([{ field: name }]);
		}
		if (name !== "color") see("list", `filter ${name} bad`);
	});
});

describe("GET /models/{model_id}", () => {
	test("finds a model by its UUID and by its key", async () => {
		const { call } = platform().owner;
		const name = "a key/with é and ? % #";
		const { body } = await perform(call, "register", { json: { name } });
		for (const id of [
			name,
			String(body.model_id),
			String(body.model_id).toUpperCase(),
		]) {
			expect((await perform(call, "one", { id })).body).toMatchObject({
				model_id: body.model_id,
				key: name,
			});
		}
	});

	test("knows a model by its predictions", async () => {
		const { owner, engine } = platform();
		const { tenant } = owner.principal;
		engine.predictions
			.bulk(tenant.key)
			.add([{ line: 1, value: { model_id: "observed_v1", score: 0.5 } }]);
		const { body } = await perform(owner.call, "one", { id: "observed_v1" });
		expect(body).toMatchObject({
			key: "observed_v1",
			origin: "observed",
			stage: "development",
			current_version: "1.0.0",
		});
		expect(body.model_id).toBe(engine.models.idOf(tenant, "observed_v1"));
		const later = await perform(owner.call, "register", {
			json: { name: "observed_v1" },
		});
		expect([later.status, later.body.model_id]).toEqual([201, body.model_id]);
	});

	test.each(["3fa85f64-5717-4562-b3fc-2c963f66afa6", "nobody's", ""])(
		"%j is 404 MODEL_NOT_FOUND",
		async (id) => {
			const answer = await perform(platform().owner.call, "one", { id });
			expect([answer.status, answer.body.code]).toEqual([
				404,
				"MODEL_NOT_FOUND",
			]);
		},
	);
});

describe("PUT /models/{model_id}/stage", () => {
	const ways = {
		development: [],
		staging: ["staging"],
		production: ["staging", "production"],
		archived: ["staging", "production", "archived"],
	} as const;
	test.each(
		modelStages.flatMap((from) => modelStages.map((to) => [from, to] as const)),
	)("%s -> %s", async (from, to) => {
		const { call } = platform().owner;
		const { id } = await registered();
		const go = (target_stage: string) =>
			perform(call, "stage", { id, json: { version: "1.0.0", target_stage } });
		for (const stage of ways[from]) expect((await go(stage)).status).toBe(200);
		const answer = await go(to);
		see("stage", `edge ${from} -> ${to}`);
		if (from === to || stageEdges[from].includes(to)) {
			expect(answer.status).toBe(200);
			expect(answer.body).toMatchObject({
				model_id: id,
				stage: to,
				current_version: "1.0.0",
			});
		} else {
			expect(answer.status).toBe(409);
			expect(answer.body).toMatchObject({
				code: "STAGE_CONFLICT",
				from,
				to,
				allowed: stageEdges[from],
			});
		}
	});

	test("a new version is registered by its first move, and takes over in production", async () => {
		const { call } = platform().owner;
		const { id } = await registered();
		const version = String(move.version);
		const go = (target_stage: string, moved = version) =>
			perform(call, "stage", { id, json: { version: moved, target_stage } });
		// The document's example of a model that has just been registered: no stage is skipped.
		const refused = await perform(call, "stage", { id, json: move });
		expect([refused.status, refused.body.from]).toEqual([409, "development"]);
		expect((await perform(call, "one", { id })).body.versions).toHaveLength(1);
		for (const stage of ["staging", "production"]) await go(stage, "1.0.0");
		await go("staging");
		expect((await go("production")).body).toMatchObject({
			current_version: version,
			stage: "production",
			versions: [
				{ version: "1.0.0", stage: "archived" },
				{ version, stage: "production" },
			],
		});
		expect((await go("deprecated")).body).toMatchObject({ stage: "archived" });
		for (const name of Object.keys(move)) see("stage", `input ${name}`);
	});

	test.each([
		["version", "latest"],
		["version", ""],
		["version", 1],
		["version", null],
		["version", "x".repeat(101)],
		["target_stage", "live"],
		["target_stage", null],
		["target_stage", undefined],
		["force", true],
	])("a bad %s is 422: %j", async (name, value) => {
		const { id } = await registered();
		const json = { version: "1.1.0", target_stage: "staging", [name]: value };
		const answer = await perform(platform().owner.call, "stage", { id, json });
		expect(answer.status).toBe(422);
		expect(answer.body.field).toBe(name);
		if (name !== "force") see("stage", `bad ${name}`);
	});
});

describe("access", () => {
	const valid = (operation: Operation, id: string) => ({
		id,
		...(operation === "register" ? { json: { name: fresh() } } : {}),
		...(operation === "stage"
			? { json: { version: "1.0.0", target_stage: "staging" } }
			: {}),
	});
	const all = Object.keys(operations) as Operation[];

	test.each(all)("%s needs a token", async (operation) => {
		const { id } = await registered();
		const answer = await perform(
			platform().nobody,
			operation,
			valid(operation, id),
		);
		expect(answer.status).toBe(401);
	});

	test("a viewer may only read", async () => {
		const { owner, addPerson } = platform();
		const { id } = await registered();
		const { call } = await addPerson(owner.principal, "Vic", "viewer");
		const statuses = await Promise.all(
			all.map(
				async (operation) =>
					(await perform(call, operation, valid(operation, id))).status,
			),
		);
		expect(statuses).toEqual([403, 200, 200, 403]);
	});

	test("another tenant's models do not exist", async () => {
		const { stranger } = platform();
		const { id, name } = await registered();
		for (const each of [id, name]) {
			for (const operation of ["one", "stage"] as const) {
				expect(
					(await perform(stranger.call, operation, valid(operation, each)))
						.status,
				).toBe(404);
			}
		}
		const { body } = await perform(stranger.call, "list", {
			query: "?page_size=100",
		});
		expect(JSON.stringify(body)).not.toContain(id);
	});
});

test("all that the documents promise was exercised, and nothing failed inside", () => {
	console.info(`\n${coverageTable("models", promised)}\n`);
	expect(coverageFaults("models", promised)).toEqual({
		missing: [],
		unknown: [],
	});
	expect(platform().faults).toEqual([]);
});
