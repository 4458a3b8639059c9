// A model that sends predictions is in the registry once they are stored, and after a crash
// between the two at the next start. Ingest never waits for it.
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

async function open(folder: string) {
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		testPorts(),
	);
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		await engine.close();
	};
	onTestFinished(close);
	const { tenant } = engine.identity.localPrincipal();
	const predict = (modelId: string) =>
		engine.predictions.ingest(tenant.key, {
			modelId,
			score: 0.5,
			eventTime: null,
			eventId: null,
			entityId: null,
			prediction: null,
			label: null,
			modelVersion: null,
			features: null,
		});
	return { engine, tenant, predict, close };
}

function rowsOf(folder: string, query: string): unknown {
	const database = new Database(`${folder}/command.db`);
	try {
		const statement = database.prepare(query);
		return statement.reader ? statement.pluck().all() : statement.run();
	} finally {
		database.close();
	}
}

const keys = "SELECT model_key FROM registered_models ORDER BY model_key";

test("predictions of any kind register their models", async () => {
	const folder = temporaryFolder(onTestFinished);
	const { engine, tenant, predict, close } = await open(folder);
	await predict("one");
	engine.predictions
		.bulk(tenant.key)
		.add([{ line: 1, value: { model_id: "two", score: 1 } }]);
	expect(engine.models.list(tenant, { limit: 9, offset: 0 }).total).toBe(2);
	await predict("three");
	await close();
	expect(rowsOf(folder, keys)).toEqual(["one", "three", "two"]);
});

test("a model that a crash kept out is registered at the next start", async () => {
	const folder = temporaryFolder(onTestFinished);
	const first = await open(folder);
	await first.predict("lost");
	const { id } = first.engine.models.get(first.tenant, "lost");
	await first.close();
	// As if the engine had ended between the two commits.
	rowsOf(folder, "DELETE FROM registered_models");
	rowsOf(folder, "DELETE FROM registered_model_versions");
	const second = await open(folder);
	expect(second.engine.models.find(second.tenant, id)).toMatchObject({
		id,
		key: "lost",
		origin: "observed",
	});
});
