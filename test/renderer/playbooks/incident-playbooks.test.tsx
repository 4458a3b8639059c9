// @vitest-environment jsdom
// On an incident a playbook goes from form to run: what is wrong stands at its field, a dry run is of
// exactly what the form says, and nothing runs that was not approved where it must be.
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { fakeDom } from "../dom-fakes.ts";
import { grace } from "../fake-playbooks.ts";
import { closeIncident, openIncident } from "./open-incident.tsx";

fakeDom();
afterEach(closeIncident);

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
	await user.keyboard("h");
	const history = screen.getByRole("region", { name: "History" });
	expect(history.contains(document.activeElement)).toBe(true);
	// The list asks again when a run ends; what it is told may come after the words of the end.
	await waitFor(() =>
		expect(
			within(history)
				.getAllByRole("link")
				.map((row) => /#\d/.exec(row.textContent ?? "")?.[0]),
		).toEqual(["#2", "#1"]),
	);
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
