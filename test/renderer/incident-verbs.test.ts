import { afterEach, expect, test } from "vitest";
import {
	openWorkspace,
	type Workspace,
} from "../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../src-renderer/transport/connect-engine.ts";
import { must } from "../../src-shared/domain/must.ts";
import { FakeEngine } from "./fake-engine.ts";
import { incident } from "./fake-incidents.ts";
import { until } from "./settle.ts";

let end: () => void = () => {};
afterEach(() => end());

async function start(count = 3): Promise<{
	engine: FakeEngine;
	workspace: Workspace;
}> {
	const engine = new FakeEngine({
		incidents: Array.from({ length: count }, (_, index) =>
			incident({ id: `i${index + 1}`, number: index + 1 }),
		),
	});
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => {
		workspace.close();
		engine.cut();
	};
	await until("the list", () => workspace.feed.progress.getState().done);
	return { engine, workspace };
}

const acknowledge = { kind: "move", to: "acknowledged" } as const;
const words = (count: number) => `${count} acknowledged`;

test("shows the expected change before the engine has answered", async () => {
	const { workspace } = await start();
	const going = workspace.verbs.act(["i1"], acknowledge, words);
	expect(workspace.incidents.get("i1")?.state).toBe("acknowledged");
	expect(workspace.incidents.get("i1")?.version).toBe(1);
	const outcome = await going;
	expect(outcome.changed).toEqual(["i1"]);
	expect(workspace.incidents.get("i1")?.version).toBe(2);
});

test("puts back what the engine refused, and says why", async () => {
	const { engine, workspace } = await start();
	engine.incidents.refusals.set("i2", "Somebody else changed it.");
	const going = workspace.verbs.act(["i1", "i2"], acknowledge, words);
	expect(workspace.incidents.get("i2")?.state).toBe("acknowledged");
	const outcome = await going;
	expect(workspace.incidents.get("i1")?.state).toBe("acknowledged");
	expect(workspace.incidents.get("i2")?.state).toBe("detected");
	expect(outcome.refused.map((each) => each.reason)).toEqual([
		"Somebody else changed it.",
	]);
});

test("refuses a move that the lifecycle does not know without asking", async () => {
	const { engine, workspace } = await start();
	engine.incidents.write({
		...must(engine.incidents.rows.get("i1"), "it was made"),
		state: "closed",
	});
	await until("the change", () => {
		return workspace.incidents.get("i1")?.state === "closed";
	});
	const outcome = await workspace.verbs.act(["i1"], acknowledge, words);
	expect(outcome.refused[0]?.reason).toBe(
		"It is closed and cannot become acknowledged.",
	);
	expect(engine.incidents.rows.get("i1")?.version).toBe(2);
});

test("a change by somebody else meanwhile survives the rollback", async () => {
	const { engine, workspace } = await start();
	engine.incidents.refusals.set("i1", "No.");
	const going = workspace.verbs.act(["i1"], acknowledge, words);
	engine.incidents.write({
		...must(engine.incidents.rows.get("i1"), "it was made"),
		severity: 4,
	});
	await going;
	await until("the other change", () => {
		return workspace.incidents.get("i1")?.severity === 4;
	});
	expect(workspace.incidents.get("i1")?.state).toBe("detected");
});

test("undoes the newest verb first, once", async () => {
	const { workspace } = await start();
	await workspace.verbs.act(["i1"], acknowledge, words);
	await workspace.verbs.act(["i2"], acknowledge, words);
	const newest = must(workspace.verbs.undoable(), "two verbs were done");
	expect(newest.ids).toEqual(["i2"]);
	await workspace.verbs.undo(newest);
	expect(workspace.incidents.get("i2")?.state).toBe("detected");
	expect(workspace.incidents.get("i1")?.state).toBe("acknowledged");
	expect(workspace.verbs.undoable()?.ids).toEqual(["i1"]);
});

test("without a connection nothing changes and the reason says so", async () => {
	const { engine, workspace } = await start();
	engine.cut();
	await until("the loss", () => {
		return workspace.connection.state.getState().kind === "offline";
	});
	const outcome = await workspace.verbs.act(["i1"], acknowledge, words);
	expect(workspace.incidents.get("i1")?.state).toBe("detected");
	expect(outcome.refused[0]?.reason).toMatch(/not reachable/);
});

test("more than 500 incidents go in several calls and are undone together", async () => {
	const { engine, workspace } = await start(1_100);
	const ids = workspace.incidents.all().map((row) => row.id);
	const { undo, changed } = await workspace.verbs.act(ids, acknowledge, words);
	expect(changed.length).toBe(1_100);
	await workspace.verbs.undo(must(undo, "something was changed"));
	const states = new Set(
		[...engine.incidents.rows.values()].map((row) => row.state),
	);
	expect(states).toEqual(new Set(["detected"]));
});
