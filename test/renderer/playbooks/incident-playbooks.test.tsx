// @vitest-environment jsdom
// On an incident a playbook goes from form to proof: what is wrong stands at its field, a dry run
// is of exactly what the form says, nothing runs unapproved, a run is followed to its end, and what
// nobody knows is asked of a person.
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { usePlaybookDrafts } from "../../../src-renderer/state/playbook-drafts.ts";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeEngine } from "../fake-engine.ts";
import { incident } from "../fake-incidents.ts";
import { ada, grace } from "../fake-playbooks.ts";
import { sampleCatalogue } from "../playbook-samples.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	localStorage.clear();
	act(() => usePlaybookDrafts.setState({ drafts: new Map() }));
});
afterEach(() => end());

function openIncident(hash = "#/incident/i1/playbooks") {
	const engine = new FakeEngine({
		incidents: [incident({ id: "i1", number: 7, title: "dbt is late" })],
		models: ["fraud-v2"],
	});
	engine.playbooks.catalogue = {
		playbooks: [...sampleCatalogue],
		faults: [],
		folder: "~/playbooks",
	};
	engine.playbooks.suggested = ["rerun_dbt", "pause_agent"];
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => {
		workspace.close();
		engine.cut();
	};
	return {
		engine,
		playbooks: engine.playbooks,
		workspace,
		user: userEvent.setup(),
		show: () => render(<App workspace={workspace} env="test" />),
	};
}

test("suggested playbooks come first, and a search narrows all of them", async () => {
	const { user, show } = openIncident("#/incident/i1");
	show();
	await screen.findByRole("heading", { name: "dbt is late" });
	await user.keyboard("p");
	const suggested = await screen.findByRole("region", { name: "Suggested" });
	expect(
		within(suggested)
			.getAllByRole("link")
			.map((row) => row.textContent),
	).toEqual([
		expect.stringContaining("Re-run DBT Models"),
		expect.stringContaining("Pause the agent"),
	]);
	expect(within(suggested).getByText("Medium risk")).toBeTruthy();
	expect(within(suggested).getByText("Checklist")).toBeTruthy();
	expect(screen.getByText(/Nothing was tried yet/)).toBeTruthy();
	await waitFor(() =>
		expect(document.activeElement).toBe(
			screen.getByRole("textbox", { name: "Find a playbook" }),
		),
	);
	await user.keyboard("cache");
	expect(screen.queryByRole("region", { name: "Suggested" })).toBeNull();
	await user.keyboard("{Enter}");
	expect(document.activeElement?.textContent).toContain("Elasticsearch");
});

test("what is missing, and what the engine refuses, stands at its field", async () => {
	const { user, playbooks, show } = openIncident(
		"#/incident/i1/playbooks/rerun_dbt",
	);
	show();
	const task = await screen.findByRole("textbox", { name: /Task/ });
	expect(
		screen.getByText("Needs an approval when “Full refresh” is on."),
	).toBeTruthy();
	expect(
		screen.getByText("About 10 min, $0.10, by its author's estimate."),
	).toBeTruthy();
	await user.type(task, "t-1{Enter}");
	expect(await screen.findByText("Required.")).toBeTruthy();
	await user.type(
		screen.getByRole("combobox", { name: /^Models/ }),
		"a;b{Enter}",
	);
	playbooks.refuse = [
		{ path: "/models/0", message: "must match ^[a-z]+$" },
		{ path: "/threads", message: "must be 256 or less" },
	];
	await user.type(task, "{Enter}");
	expect(await screen.findByText("Number 1 must match ^[a-z]+$")).toBeTruthy();
	expect(screen.getByText("Must be 256 or less.")).toBeTruthy();
	expect(playbooks.actions.size).toBe(0);
});

test("a dry run is approved by somebody else, executed, followed and ends well", async () => {
	const { user, playbooks, show } = openIncident(
		"#/incident/i1/playbooks/rerun_dbt",
	);
	playbooks.isFourEyes = true;
	show();
	const task = await screen.findByRole("textbox", { name: /Task/ });
	await user.type(
		screen.getByRole("combobox", { name: /^Models/ }),
		"inbox{Enter}",
	);
	await user.click(screen.getByRole("switch", { name: /Full refresh/ }));
	await user.type(task, "12{Enter}");
	const preview = await screen.findByRole("region", { name: "Dry run" });
	expect(document.activeElement).toBe(preview);
	expect(playbooks.actions.get("a1")?.params).toEqual({
		task_id: 12,
		models: ["inbox"],
		full_refresh: true,
		threads: 4,
		selector: "models",
	});
	expect(
		within(preview).getByText(
			"Full refresh: incremental tables are dropped and built anew",
		),
	).toBeTruthy();
	expect(within(preview).getByText("5f2c9a7be1d0").title).toHaveLength(64);
	await waitFor(() =>
		expect(preview.textContent).toContain(
			"Grace Hopper may approve it. You may not. Somebody else than who runs it must approve it (four eyes).",
		),
	);
	const execute = () =>
		within(preview).getByRole("button", { name: /^Execute/ });
	expect(execute().hasAttribute("disabled")).toBe(true);
	await user.keyboard("rq");
	expect(
		await within(preview).findByText("Waiting for an approval"),
	).toBeTruthy();
	expect(playbooks.actions.size).toBe(1);

	act(() => void playbooks.approve("a1", grace));
	expect(
		await within(preview).findByText("Approved by Grace Hopper"),
	).toBeTruthy();
	expect(preview.textContent).toContain("expires in 60 min");
	await user.keyboard("r");
	await waitFor(() => expect(location.hash).toBe("#/incident/i1/action/a2"));
	const run = await screen.findByRole("article", { name: "Run #2" });
	expect(within(run).getAllByText("Running").length).toBeGreaterThan(0);
	expect(within(run).getByText(/Estimate 10 min; about/)).toBeTruthy();
	act(() => {
		playbooks.print("a2", "\u001b[32mbuilding\u001b[0m inbox\n");
		playbooks.print("a2", "<b>slow</b> disk\n", "stderr");
	});
	const log = within(run).getByRole("log");
	expect(await within(log).findByText("building inbox")).toBeTruthy();
	const warning = await within(log).findByText("<b>slow</b> disk");
	expect(warning.parentElement?.textContent).toContain("err");
	act(
		() => void playbooks.finish("a2", "success", "Successfully ran 1 model(s)"),
	);
	expect(
		await within(run).findByText("Successfully ran 1 model(s)"),
	).toBeTruthy();
	expect(within(run).getByText("exit 0")).toBeTruthy();
	expect(
		await screen.findByText(/Run #2, Re-run DBT Models: Succeeded/),
	).toBeTruthy();
	const history = screen.getByRole("region", { name: "History" });
	expect(
		within(history)
			.getAllByRole("link")
			.map((row) => /#\d/.exec(row.textContent ?? "")?.[0]),
	).toEqual(["#2", "#1"]);
});

test("a changed parameter makes the dry run void, and changing it back makes it good again", async () => {
	const { user, playbooks, show } = openIncident(
		"#/incident/i1/playbooks/clear_cache",
	);
	show();
	const index = await screen.findByRole("textbox", { name: /Index/ });
	await user.type(index, "orders{Enter}");
	await screen.findByRole("region", { name: "Dry run" });
	await user.type(index, "-2");
	expect(
		await screen.findByText(/The parameters have changed since this dry run/),
	).toBeTruthy();
	expect(screen.queryByRole("button", { name: /^Execute/ })).toBeNull();
	await user.tab();
	await user.keyboard("r");
	expect(playbooks.actions.size).toBe(1);
	await user.clear(index);
	await user.type(index, "orders");
	expect(await screen.findByRole("button", { name: /^Execute/ })).toBeTruthy();
	expect(screen.getByRole("button", { name: /^Dry run/ })).toBeTruthy();
});

test("what was filled in outlives a look at the timeline", async () => {
	const { user, show } = openIncident("#/incident/i1/playbooks/clear_cache");
	show();
	await user.type(
		await screen.findByRole("textbox", { name: /Index/ }),
		"orders",
	);
	await user.tab();
	await user.keyboard("{Alt>}1{/Alt}");
	await screen.findByRole("list", { name: "Timeline" });
	act(() => {
		location.hash = "#/incident/i1/playbooks/clear_cache";
	});
	expect(
		(await screen.findByRole<HTMLInputElement>("textbox", { name: /Index/ }))
			.value,
	).toBe("orders");
});

test("high risk is asked about once more, in words", async () => {
	const { user, playbooks, show } = openIncident(
		"#/incident/i1/playbooks/rollback_planner",
	);
	show();
	await user.type(
		await screen.findByRole("textbox", { name: /Version/ }),
		"1.2.3{Enter}",
	);
	await screen.findByRole("region", { name: "Dry run" });
	await user.keyboard("r");
	const dialog = await screen.findByRole("dialog", {
		name: "Execute Rollback Planner?",
	});
	expect(dialog.textContent).toContain("High risk, about 30 s of downtime");
	expect(dialog.textContent).toContain(
		"A rollback is declared; it may fail too.",
	);
	await user.keyboard("{Escape}");
	expect(playbooks.actions.size).toBe(1);
	await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
	await user.keyboard("r");
	await screen.findByRole("dialog");
	await user.keyboard("{Control>}{Enter}{/Control}");
	await waitFor(() =>
		expect(playbooks.actions.get("a2")?.status).toBe("running"),
	);
});

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

test("a tick of a checklist is a note in the timeline, and so is taking it back", async () => {
	const { engine, user, show } = openIncident(
		"#/incident/i1/playbooks/pause_agent",
	);
	show();
	const step = () =>
		screen.findByRole<HTMLInputElement>("checkbox", {
			name: "Stop new work first.",
		});
	await user.click(await step());
	await waitFor(async () => expect((await step()).checked).toBe(true));
	expect(screen.getByText("1 of 3 done.")).toBeTruthy();
	await user.click(await step());
	await waitFor(async () => expect((await step()).checked).toBe(false));
	expect(
		(engine.incidents.timelines.get("i1") ?? [])
			.filter(({ kind }) => kind === "note")
			.map(({ text }) => text),
	).toEqual([
		"Done: Stop new work first.",
		"Not done after all: Stop new work first.",
	]);
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
	for (let line = 0; line < 50; line++) playbooks.print("a2", `${line}\n`);
	await new Promise((resolve) => setTimeout(resolve, 700));
	expect(playbooks.calls.get("action") ?? 0).toBe(before);
	expect(playbooks.calls.get("output")).toBeUndefined();
	// The rail's count is asked for again, twice a second at most.
	expect(playbooks.calls.get("actions")).toBeLessThan(5);
});
