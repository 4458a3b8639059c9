// The six shipped playbooks, run by the engine with real processes against servers that
// answer as the real ones do: they do what their dry run said, fail with what is missing,
// report what failed, and take back what they changed or say that they could not.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { must } from "../../../../src-shared/domain/must.ts";
import { builtInDirectory } from "../catalogue/written-catalogue.ts";
import { fakeElasticsearch } from "./fake-elasticsearch.ts";
import { fakePlanner } from "./fake-planner.ts";
import { installRecorder, playbookEngine } from "./playbook-engine.ts";

const token = "planner-t0ken-4711";

async function withPlanner() {
	const planner = await fakePlanner(token);
	onTestFinished(() => planner.close());
	const engine = await playbookEngine(
		`planner: { url: "${planner.url}/api", allow_private: true, token: ${token} }\n`,
	);
	return { planner, engine };
}

async function withElasticsearch() {
	const elasticsearch = await fakeElasticsearch();
	onTestFinished(() => elasticsearch.close());
	const engine = await playbookEngine(
		`elasticsearch: { url: "${elasticsearch.url}", allow_private: true }\n`,
	);
	return { elasticsearch, engine };
}

const models = { task_id: "task-123", models: ["inbox_emails"] };

test("rerun_dbt runs exactly the line of the document", async () => {
	const engine = await playbookEngine("");
	const dbt = installRecorder(engine.programs);
	const dryRun = await engine.dryRun("rerun_dbt", {
		...models,
		full_refresh: false,
	});
	expect(dryRun.command).toBe("dbt run --models inbox_emails --threads 4");
	expect(dryRun.steps.map(({ fault }) => fault)).toEqual([null]);
	const action = await engine.run("rerun_dbt", models);
	expect(action).toMatchObject({
		status: "success",
		message: expect.stringContaining("Successfully ran 1 model(s)"),
	});
	const [ran] = dbt.record();
	expect(ran?.args).toEqual([
		"run",
		"--models",
		"inbox_emails",
		"--threads",
		"4",
	]);
	expect(ran?.cwd).toBe(join(engine.dataDirectory, "playbooks", "work"));
	expect(await engine.output(action)).toContain("PASS=1");
});

test("rerun_dbt runs where the connection says, with the program it names", async () => {
	const engine = await playbookEngine("");
	const elsewhere = join(engine.dataDirectory, "venv");
	const project = join(engine.dataDirectory, "analytics");
	mkdirSync(elsewhere);
	mkdirSync(project);
	const dbt = installRecorder(elsewhere);
	writeFileSync(
		join(engine.dataDirectory, "playbooks", "connections.yaml"),
		`dbt: { program: ${dbt.path}, directory: ${project}, environment: [TZ, HOME] }\n`,
	);
	const action = await engine.run("rerun_dbt", {
		...models,
		full_refresh: true,
		upstream: true,
	});
	expect(action.status).toBe("success");
	expect(action.approval).not.toBeNull();
	expect(dbt.record()).toMatchObject([
		{
			args: [
				"run",
				"--models",
				"+inbox_emails",
				"--threads",
				"4",
				"--full-refresh",
			],
			cwd: project,
		},
	]);
});

test("without dbt the dry run says so, and the execution fails with what is missing", async () => {
	const engine = await playbookEngine("");
	const dryRun = await engine.dryRun("rerun_dbt", models);
	expect(dryRun.steps[0]?.fault).toMatch(/dbt is not installed or not on PATH/);
	const action = await engine.run("rerun_dbt", models);
	expect(action.status).toBe("failed");
	expect(action.steps[0]?.fault).toMatch(/dbt is not installed/);
});

test("a dbt that fails fails the run, with its output kept", async () => {
	const engine = await playbookEngine("");
	installRecorder(engine.programs).failWith(2);
	const action = await engine.run("rerun_dbt", models);
	expect(action.status).toBe("failed");
	expect(action.steps[0]).toMatchObject({
		status: "failed",
		exitCode: 2,
		fault: expect.stringContaining("exit code 2"),
	});
	expect(await engine.output(action)).toContain("Compilation Error");
});

test("refresh_dbt_dependencies installs, then compiles; a failed install ends it", async () => {
	const engine = await playbookEngine("");
	const dbt = installRecorder(engine.programs);
	const action = await engine.run("refresh_dbt_dependencies", {
		task_id: "task-456",
	});
	expect(action.status).toBe("success");
	expect(dbt.record().map(({ args }) => args)).toEqual([["deps"], ["compile"]]);
	dbt.failWith(1);
	const failed = await engine.run("refresh_dbt_dependencies", {});
	expect(failed.steps.map(({ status }) => status)).toEqual([
		"failed",
		"skipped",
	]);
	expect(dbt.record()).toHaveLength(3);
});

test("clear_cache clears what was asked, and an absent index is told", async () => {
	const { elasticsearch, engine } = await withElasticsearch();
	const action = await engine.run("clear_cache", {
		index_name: "knowledge_base",
		cache_types: ["query", "request"],
	});
	expect(action).toMatchObject({
		status: "success",
		message: expect.stringContaining(
			"Successfully cleared cache for knowledge_base",
		),
	});
	expect(elasticsearch.requests).toEqual([
		"POST /knowledge_base/_cache/clear?query=true&request=true",
	]);
	const absent = await engine.run("clear_cache", { index_name: "nothing" });
	expect(absent.status).toBe("failed");
	expect(absent.steps[0]?.fault).toContain("404");
	expect(await engine.output(absent)).toContain("index_not_found_exception");
	elasticsearch.failedShards = 1;
	const partly = await engine.run("clear_cache", { index_name: "plain" });
	expect(partly).toMatchObject({
		status: "failed",
		steps: [
			{ status: "success" },
			{ status: "failed", fault: expect.stringContaining("shards") },
		],
	});
});

test("without its connection nothing is run, and the lines to add are told", async () => {
	const engine = await playbookEngine("");
	await expect(
		engine.dryRun("clear_cache", { index_name: "knowledge_base" }),
	).rejects.toMatchObject({
		code: "INVALID",
		data: {
			faults: [
				{
					path: "",
					message: expect.stringContaining(
						"elasticsearch:\n  url: http://127.0.0.1:9200",
					),
				},
			],
		},
	});
});

test("an Elasticsearch that is not there is named", async () => {
	const { elasticsearch, engine } = await withElasticsearch();
	await elasticsearch.close();
	const action = await engine.run("clear_cache", { index_name: "plain" });
	expect(action.status).toBe("failed");
	expect(action.steps[0]?.fault).toContain("is it running?");
});

test("refresh_synonyms reloads, and is honest when nothing was reloaded", async () => {
	const { elasticsearch, engine } = await withElasticsearch();
	const action = await engine.run("refresh_synonyms", {
		index_name: "knowledge_base",
		synonym_filter: "synonyms_filter",
	});
	expect(action.status).toBe("success");
	expect(elasticsearch.requests).toEqual([
		"GET /knowledge_base/_settings?flat_settings=true",
		"POST /knowledge_base/_reload_search_analyzers",
		"POST /knowledge_base/_cache/clear?request=true",
	]);
	const nothing = await engine.run("refresh_synonyms", { index_name: "plain" });
	expect(nothing.status).toBe("failed");
	expect(nothing.message).toContain("nothing was reloaded");
	const wrong = await engine.run("refresh_synonyms", {
		index_name: "knowledge_base",
		synonym_filter: "other",
	});
	expect(wrong.message).toContain("has no token filter other");
});

test("refresh_synonyms with reindex reopens the index and indexes every document", async () => {
	const { elasticsearch, engine } = await withElasticsearch();
	const action = await engine.run("refresh_synonyms", {
		index_name: "plain",
		reindex: true,
	});
	expect(action.status).toBe("success");
	expect(action.approval).not.toBeNull();
	expect(elasticsearch.requests).toEqual([
		"POST /plain/_close",
		"POST /plain/_open",
		"POST /plain/_reload_search_analyzers",
		"POST /plain/_cache/clear?request=true",
		"POST /plain/_update_by_query?conflicts=proceed&refresh=true&wait_for_completion=true",
	]);
	expect(elasticsearch.indices.get("plain")?.isOpen).toBe(true);
	elasticsearch.failures = [{ index: "plain", id: "7", status: 400 }];
	const partly = await engine.run("refresh_synonyms", {
		index_name: "plain",
		reindex: true,
	});
	expect(partly.status).toBe("failed");
	expect(partly.message).toContain("could not be indexed again");
});

const atOnce = {
	from_version: "v1.2.3-canary",
	to_version: "v1.2.2",
	immediate: true,
};

test("rollback_planner turns the canary off, and its rollback restores what was recorded", async () => {
	const { planner, engine } = await withPlanner();
	planner.canaryPct = 12.5;
	const action = await engine.run("rollback_planner", atOnce);
	expect(action).toMatchObject({
		status: "success",
		message: expect.stringContaining("Rolled back to v1.2.2"),
		isRollbackAvailable: true,
	});
	expect([planner.canaryPct, planner.killSwitch]).toEqual([0, true]);
	const restored = await engine.rollback(action);
	expect(restored.status).toBe("success");
	expect([planner.canaryPct, planner.killSwitch]).toEqual([12.5, false]);
	// The token was sent, and is nowhere else.
	const kept =
		JSON.stringify([action, restored]) + (await engine.output(action));
	expect(kept).not.toContain(token);
});

test("a planner that keeps no change fails the verification, of the rollback too", async () => {
	const { planner, engine } = await withPlanner();
	planner.isStuck = true;
	const stuck = await engine.run("rollback_planner", atOnce);
	expect(stuck.status).toBe("failed");
	expect(stuck.message).toContain("does not say that its canary is off");
	planner.isStuck = false;
	const action = await engine.run("rollback_planner", atOnce);
	expect(action.status).toBe("success");
	planner.isStuck = true;
	const rollback = await engine.rollback(action);
	expect(rollback.status).toBe("failed");
	expect(rollback.message).toContain("not what they were before");
	expect([planner.canaryPct, planner.killSwitch]).toEqual([0, true]);
});

test("a rollback without a recorded state is not offered", async () => {
	const { planner, engine } = await withPlanner();
	await planner.close();
	const action = await engine.run("rollback_planner", atOnce);
	expect(action.status).toBe("failed");
	expect(action.isRollbackAvailable).toBe(false);
	await expect(engine.rollback(action)).rejects.toMatchObject({
		code: "CONFLICT",
	});
});

test("a wrong token is the planner's own answer", async () => {
	const { engine } = await withPlanner();
	const file = join(engine.dataDirectory, "playbooks", "connections.yaml");
	writeFileSync(file, readFileSync(file, "utf8").replace(token, "wrong-t0ken"));
	const action = await engine.run("rollback_planner", atOnce);
	expect(action.steps[0]?.fault).toContain("401");
	expect(JSON.stringify(action)).not.toContain("wrong-t0ken");
});

test("adjust_canary_split lowers without an approval what it was told, and puts it back", async () => {
	const { planner, engine } = await withPlanner();
	const params = {
		version: "v1.2.3-canary",
		target_percent: 5,
		current_percent: 10,
		gradual: false,
	};
	const action = await engine.run("adjust_canary_split", params);
	expect(action).toMatchObject({ status: "success", requiresApproval: false });
	expect(planner.canaryPct).toBe(5);
	const restored = await engine.rollback(action);
	expect(restored.status).toBe("success");
	expect(planner.canaryPct).toBe(10);
	// Somebody has lowered it since: 5 % would be a rise, and nothing is changed.
	planner.canaryPct = 1;
	const before = planner.requests.length;
	const refused = await engine.run("adjust_canary_split", params);
	expect(refused.status).toBe("failed");
	expect(refused.message).toContain("not 10 %");
	expect(planner.requests.slice(before)).toEqual(["GET /api/guard/status"]);
	expect(planner.canaryPct).toBe(1);
});

test("adjust_canary_split raises only with an approval", async () => {
	const { planner, engine } = await withPlanner();
	const params = {
		version: "v1.2.3-canary",
		target_percent: 25,
		gradual: false,
	};
	const dryRun = await engine.dryRun("adjust_canary_split", params);
	expect(dryRun.requiresApproval).toBe(true);
	const action = await engine.run("adjust_canary_split", params);
	expect(action.status).toBe("success");
	expect(planner.canaryPct).toBe(25);
	planner.killSwitch = true;
	const off = await engine.run("adjust_canary_split", params);
	expect(off.message).toContain("kill switch is on");
});

test.each([
	["rollback_planner", { from_version: "v2", immediate: false }, 0],
	["adjust_canary_split", { version: "v2", target_percent: 40 }, 40],
])("%s goes half of the way first", async (id, params, end) => {
	const { planner, engine } = await withPlanner();
	const file = `${id.replaceAll("_", "-")}.yaml`;
	const shipped = readFileSync(join(builtInDirectory, file), "utf8");
	const quick = shipped
		.replace(`id: ${id}`, `id: quick_${id}`)
		.replace(/wait: \{ seconds: \d+ \}/, "wait: { seconds: 0 }");
	expect(quick).toContain("seconds: 0 }");
	writeFileSync(join(engine.dataDirectory, "playbooks", file), quick);
	const action = await engine.run(`quick_${id}`, params);
	expect(action.status).toBe("success");
	expect(planner.canaryPct).toBe(end);
	const shares = planner.requests
		.filter((request) => request.startsWith("PUT"))
		.map(
			(request) =>
				JSON.parse(must(/\{.*/.exec(request)?.[0], "body")).canary_pct,
		);
	expect(shares[0]).toBe(id === "rollback_planner" ? 5 : 25);
});
