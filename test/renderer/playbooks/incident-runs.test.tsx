// @vitest-environment jsdom
// A run is followed to its end, whatever that is: cancelled, failed, rolled back, or unknown and
// settled by a person. A cut connection loses nothing, and costs nothing that is not shown.
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { fakeDom } from "../dom-fakes.ts";
import { ada } from "../fake-playbooks.ts";
import { closeIncident, openIncident } from "./open-incident.tsx";

fakeDom();
afterEach(closeIncident);

test("a run is cancelled after a question", async () => {
	const { user, playbooks, show } = openIncident("#/incident/i1/action/a2");
	playbooks.dryRun("i1", "clear_cache", { index_name: "orders" });
	playbooks.execute("a1");
	show();
	await screen.findByRole("article", { name: "Run #2" });
	await user.keyboard("c");
	expect(
		(await screen.findByRole("dialog", { name: "Cancel run #2?" })).textContent,
	).toContain("What was done so far stays done.");
	await user.keyboard("{Control>}{Enter}{/Control}");
	expect(await screen.findByText("Cancelled by Ada Lovelace.")).toBeTruthy();
});

test("what is unknown is explained, its process ended, and settled by a person", async () => {
	const { user, playbooks, show } = openIncident("#/incident/i1/action/a2");
	playbooks.dryRun("i1", "clear_cache", { index_name: "orders" });
	playbooks.execute("a1");
	playbooks.finish("a2", "unknown", "Nobody knows.");
	playbooks.change("a2", { survivingProcess: { pid: 4711 } });
	show();
	const block = await screen.findByRole("region", {
		name: "What became of it is unknown",
	});
	expect(block.textContent).toContain(
		"Tocsin ended while “Clear the caches” ran. Nobody can say whether it took effect, and it is not run again by itself. Look at Elasticsearch, then say what happened.",
	);
	await user.click(
		within(block).getByRole("button", { name: "End process 4711" }),
	);
	await waitFor(() => expect(block.textContent).not.toContain("4711"));
	const settle = within(block).getByRole("button", { name: /^Settle it/ });
	expect(settle.hasAttribute("disabled")).toBe(true);
	await user.click(
		within(block).getByRole("radio", { name: "It took effect" }),
	);
	await user.type(
		within(block).getByRole("textbox", { name: /How you know/ }),
		"The cache is empty.{Control>}{Enter}{/Control}",
	);
	expect(await screen.findByText("Settled: The cache is empty.")).toBeTruthy();
	expect(playbooks.actions.get("a2")?.status).toBe("success");
});

test("a rollback shows its steps before it runs, and is linked both ways", async () => {
	const { user, playbooks, show } = openIncident("#/incident/i1/action/a2");
	playbooks.dryRun("i1", "rollback_planner", { version: "1.2.3" });
	playbooks.execute("a1");
	playbooks.finish("a2", "success", "Rolled out 1.2.3");
	show();
	await screen.findByText("Rolled out 1.2.3");
	await user.keyboard("b");
	const dialog = await screen.findByRole("dialog", {
		name: "Roll back run #2?",
	});
	expect(dialog.textContent).toContain(
		'PUT http://127.0.0.1:8003/guard/config {"canary_pct":5}',
	);
	await user.keyboard("{Control>}{Enter}{/Control}");
	await waitFor(() => expect(location.hash).toBe("#/incident/i1/action/a3"));
	const rollback = await screen.findByRole("article", { name: "Rollback #3" });
	act(() => void playbooks.finish("a3", "success", "Traffic is back."));
	expect(await within(rollback).findByText("Traffic is back.")).toBeTruthy();
	await user.click(
		within(rollback).getByRole("link", { name: "The run that it rolls back" }),
	);
	expect(
		await screen.findByRole("link", { name: "Was rolled back: see how" }),
	).toBeTruthy();
});

test("a rollback that needs an approval waits for it", async () => {
	const { user, playbooks, show } = openIncident("#/incident/i1/action/a2");
	playbooks.dryRun("i1", "rollback_planner", { version: "1.2.3" });
	playbooks.execute("a1");
	const { rollbackPlan } = playbooks.finish("a2", "success", "Rolled out.");
	playbooks.change("a2", {
		rollbackPlan: rollbackPlan && { ...rollbackPlan, requiresApproval: true },
	});
	show();
	const block = await screen.findByRole("region", { name: "Rollback" });
	expect(block.textContent).toContain("Needs an approval before it can run.");
	await user.keyboard("b");
	expect(screen.queryByRole("dialog")).toBeNull();
	await user.keyboard("y");
	expect(
		await within(block).findByText("Approved by Ada Lovelace"),
	).toBeTruthy();
	await user.keyboard("b");
	expect(
		await screen.findByRole("dialog", { name: /^Roll back/ }),
	).toBeTruthy();
});

test("a failure says at which step, with what, and what is missing", async () => {
	const { playbooks, show } = openIncident("#/incident/i1/action/a2");
	playbooks.dryRun("i1", "clear_cache", { index_name: "orders" });
	playbooks.execute("a1");
	playbooks.finish(
		"a2",
		"failed",
		"There is no connection elasticsearch: add it to connections.yaml.",
		1,
	);
	show();
	expect(
		await screen.findByText("It stopped at “Clear the caches”, exit code 1."),
	).toBeTruthy();
	expect(screen.getAllByText(/add it to connections.yaml/).length).toBe(2);
	expect(await screen.findByText("It printed nothing.")).toBeTruthy();
});

test("a timeline entry of an action leads to it", async () => {
	const { engine, playbooks, user, show } = openIncident("#/incident/i1");
	playbooks.dryRun("i1", "clear_cache", { index_name: "orders" });
	engine.incidents.timelines.set("i1", [
		{
			id: "e1",
			incidentId: "i1",
			kind: "action",
			author: { kind: "person", id: ada.id, name: ada.name },
			occurredAt: 1,
			recordedAt: 1,
			text: "dry-ran Clear Elasticsearch Cache",
			data: { action_id: "a1" },
			hash: "h",
			prevHash: null,
		},
	]);
	show();
	await user.click(
		await screen.findByRole("link", { name: "Open the action" }),
	);
	expect(
		await screen.findByRole("article", { name: "Dry run #1" }),
	).toBeTruthy();
});

test("a cut connection goes on where it was: no line is missing, none is shown twice", async () => {
	const { engine, playbooks, show } = openIncident("#/incident/i1/action/a2");
	playbooks.dryRun("i1", "clear_cache", { index_name: "orders" });
	playbooks.execute("a1");
	playbooks.print("a2", "before\n");
	show();
	await screen.findByText("before");
	act(() => engine.cut());
	playbooks.print("a2", "while away\n");
	const log = await screen.findByRole("log");
	expect(await within(log).findByText("while away")).toBeTruthy();
	act(() => playbooks.print("a2", "after\n"));
	expect(await within(log).findByText("after")).toBeTruthy();
	expect(within(log).getAllByText("before")).toHaveLength(1);
});

test("live changes ask again only for what is shown", async () => {
	const { playbooks, show } = openIncident("#/incident/i1");
	playbooks.dryRun("i1", "clear_cache", { index_name: "orders" });
	playbooks.execute("a1");
	show();
	await screen.findByRole("list", { name: "Timeline" });
	const before = playbooks.calls.get("action") ?? 0;
	const touched: MutationRecord[] = [];
	const watch = new MutationObserver((records) => touched.push(...records));
	watch.observe(await screen.findByRole("grid", { name: "Incidents" }), {
		subtree: true,
		childList: true,
		attributes: true,
	});
	for (let line = 0; line < 50; line++) playbooks.print("a2", `${line}\n`);
	await new Promise((resolve) => setTimeout(resolve, 700));
	expect(playbooks.calls.get("action") ?? 0).toBe(before);
	expect(playbooks.calls.get("output")).toBeUndefined();
	expect(touched).toEqual([]);
	watch.disconnect();
	// The rail's count is asked for again, twice a second at most.
	expect(playbooks.calls.get("actions")).toBeLessThan(5);
});
