// @vitest-environment jsdom
// The playbooks page shows what waits for a person, what ran on any incident, and what there is:
// all of it by keyboard, and live.
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { useSelection } from "../../../src-renderer/state/selection.ts";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeEngine } from "../fake-engine.ts";
import { incident } from "../fake-incidents.ts";
import { grace } from "../fake-playbooks.ts";
import { playbook, sampleCatalogue } from "../playbook-samples.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	localStorage.clear();
	act(() => useSelection.setState({ cursor: null, selected: new Set() }));
});
afterEach(() => end());

function openPage(hash: string) {
	const engine = new FakeEngine({
		incidents: [
			incident({ id: "i1", number: 7, title: "dbt is late" }),
			incident({ id: "i2", number: 8, title: "Search is slow" }),
		],
		models: ["fraud-v2"],
	});
	engine.playbooks.catalogue = {
		playbooks: [...sampleCatalogue],
		faults: [],
		folder: "/home/ada/.local/share/tocsin/playbooks",
	};
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => {
		workspace.close();
		engine.cut();
	};
	return {
		playbooks: engine.playbooks,
		workspace,
		user: userEvent.setup(),
		show: () => render(<App workspace={workspace} env="test" />),
	};
}

test("an approval that somebody asks for comes in by itself, is counted, and given by key", async () => {
	const { playbooks, user, show } = openPage("#/playbooks/approvals");
	show();
	expect(await screen.findByText("Nothing waits for you")).toBeTruthy();
	expect(
		screen.getByRole("button", { name: /Playbooks, 0 approvals wait/ }),
	).toBeTruthy();
	act(() => {
		playbooks.dryRun(
			"i1",
			"rerun_dbt",
			{ task_id: "t", models: ["m"], full_refresh: true },
			grace,
		);
		playbooks.change("a1", { approvalRequestedAt: Date.now() });
	});
	const list = await screen.findByRole("navigation", {
		name: "Approvals waiting for me",
	});
	await within(list).findByRole("link", { name: /Re-run DBT Models/ });
	expect(
		screen.getByRole("button", { name: /Playbooks, 1 approval waits/ }),
	).toBeTruthy();
	expect(screen.getByRole("tab", { name: "Waiting for me 1" })).toBeTruthy();
	expect(
		screen.getByText(
			"An approval waits for you: Re-run DBT Models on #7, dbt is late",
		),
	).toBeTruthy();
	await user.keyboard("j{Enter}");
	const action = await screen.findByRole("article", { name: "Dry run #1" });
	expect(
		within(screen.getByRole("region", { name: "Action" })).getByRole("link", {
			name: /#7 dbt is late/,
		}),
	).toBeTruthy();
	await user.keyboard("y");
	expect(
		await within(action).findByText("Approved by Ada Lovelace"),
	).toBeTruthy();
	await waitFor(() =>
		expect(
			screen.getByRole("button", { name: /Playbooks, 0 approvals wait/ }),
		).toBeTruthy(),
	);
});

test("a request is declined with a reason", async () => {
	const { playbooks, user, show } = openPage("#/playbooks/approvals/a1");
	playbooks.dryRun("i1", "rerun_dbt", { full_refresh: true }, grace);
	playbooks.change("a1", { approvalRequestedAt: Date.now() });
	show();
	await screen.findByText("Waiting for an approval");
	await user.keyboard("{Shift>}Y{/Shift}");
	const reason = await screen.findByRole("textbox", {
		name: /Why it is declined/,
	});
	await user.type(reason, "Not before noon{Control>}{Enter}{/Control}");
	expect(
		await screen.findByText("Needs an approval before it can run."),
	).toBeTruthy();
	expect(playbooks.actions.get("a1")?.message).toBe(
		"Declined: Not before noon",
	);
});

test("runs of all incidents are listed live, filtered by status and words, and lead to their incident", async () => {
	const { playbooks, user, show } = openPage("#/playbooks/runs");
	for (const incidentId of ["i1", "i2"]) {
		const { id } = playbooks.dryRun(incidentId, "clear_cache", {
			index_name: "orders",
		});
		playbooks.execute(id);
	}
	playbooks.finish("a2", "failed", "It failed.");
	show();
	const list = await screen.findByRole("navigation", { name: "Runs" });
	await within(list).findAllByRole("link", { name: /Clear Elasticsearch/ });
	const rows = () =>
		within(list)
			.queryAllByRole("link")
			.map((row) => row.textContent ?? "");
	expect(rows()).toEqual([
		expect.stringMatching(/^Running.*#8 Search is slow/),
		expect.stringMatching(/^Failed.*#7 dbt is late/),
	]);
	act(() => void playbooks.finish("a4", "success", "Done."));
	await waitFor(() => expect(rows()[0]).toMatch(/^Succeeded/));
	await user.keyboard("/dbt");
	expect(rows()).toHaveLength(1);
	expect(within(list).getByText(/1 of the newest 2 fit/)).toBeTruthy();
	await user.keyboard("{Escape}{Escape}");
	act(() => {
		location.hash = "#/playbooks/runs?status=success";
	});
	await waitFor(() => expect(rows()).toEqual([expect.stringContaining("#8")]));
	await user.keyboard("j{Enter}");
	await screen.findByRole("article", { name: "Run #4" });
	expect(location.hash).toBe("#/playbooks/runs/a4?status=success");
	await user.click(screen.getByRole("link", { name: "Open in the incident" }));
	expect(
		await screen.findByRole("heading", { name: "Search is slow" }),
	).toBeTruthy();
	expect(location.hash).toBe("#/incident/i2/action/a4");
});

test("older runs come a page at a time", async () => {
	const { playbooks, user, show } = openPage("#/playbooks/runs");
	for (let run = 0; run < 60; run++) {
		const { id } = playbooks.dryRun("i1", "clear_cache", { index_name: "x" });
		playbooks.execute(id);
	}
	show();
	const list = await screen.findByRole("navigation", { name: "Runs" });
	const count = () =>
		within(list).getByRole("grid", { name: "Runs" }).ariaRowCount;
	await within(list).findAllByRole("link");
	expect(count()).toBe("50");
	await user.click(
		within(list).getByRole("button", { name: "Show older ones" }),
	);
	await waitFor(() => expect(count()).toBe("60"));
	expect(
		within(list).queryByRole("button", { name: "Show older ones" }),
	).toBeNull();
});

test("the catalogue says what each playbook is, and what is wrong with which file", async () => {
	const { playbooks, user, show } = openPage("#/playbooks/catalogue");
	playbooks.catalogue = {
		...playbooks.catalogue,
		faults: [
			{ file: "~/playbooks/odd.yaml", line: 3, message: "steps is missing." },
			{ file: "~/playbooks/odd.yaml", line: 9, message: "risk is missing." },
		],
	};
	show();
	expect(await screen.findByText("1 file cannot be used")).toBeTruthy();
	expect(
		screen.getByText("steps is missing.").previousSibling?.textContent,
	).toBe("Line 3");
	expect(
		screen.getByText("/home/ada/.local/share/tocsin/playbooks"),
	).toBeTruthy();
	expect(screen.getByText(/id: restart_service/)).toBeTruthy();
	await user.keyboard("/planner{Enter}{Enter}");
	const detail = await screen.findByRole("article", {
		name: "Rollback Planner",
	});
	expect(detail.textContent).toContain(
		"About 1 min, no cost, from 12 runs here.",
	);
	expect(within(detail).getByText("Record the version")).toBeTruthy();
	expect(within(detail).getByRole("table").textContent).toContain(
		"version requiredtextVersion.",
	);
	playbooks.catalogue = {
		...playbooks.catalogue,
		playbooks: [
			...playbooks.catalogue.playbooks,
			playbook({ id: "mine", name: "Mine alone", origin: "user" }),
		],
		faults: [],
	};
	await user.keyboard("{Escape}");
	await user.click(screen.getByRole("button", { name: "Reload" }));
	await user.clear(screen.getByRole("textbox", { name: "Search playbooks" }));
	expect(await screen.findByText("Mine alone")).toBeTruthy();
	expect(screen.getByText("yours")).toBeTruthy();
	expect(screen.queryByText("1 file cannot be used")).toBeNull();
});

test("the palette knows the places and the playbooks", async () => {
	const { user, show, workspace } = openPage("#/drift");
	show();
	await waitFor(() =>
		expect(workspace.lists.getState().catalogue).not.toBeNull(),
	);
	await user.keyboard("{Control>}k{/Control}");
	await user.type(
		await screen.findByPlaceholderText(/find an incident/),
		"clear el",
	);
	await user.click(await screen.findByText("Clear Elasticsearch Cache"));
	await waitFor(() =>
		expect(location.hash).toBe("#/playbooks/catalogue/clear_cache"),
	);
});

test("tabs go by key, and everything has a name in the list of keys", async () => {
	const { user, show } = openPage("#/playbooks");
	show();
	// Nothing waits: it opens with what there is.
	await waitFor(() => expect(location.hash).toBe("#/playbooks/catalogue"));
	await user.keyboard("{Alt>}1{/Alt}");
	await screen.findByText("Nothing waits for you");
	await user.keyboard("{Alt>}3{/Alt}");
	expect(location.hash).toBe("#/playbooks/catalogue");
	await user.keyboard("?");
	const help = await screen.findByRole("dialog", { name: "Keys" });
	for (const label of ["Next playbook", "Read the folders again", "Search"]) {
		expect(within(help).getByText(label)).toBeTruthy();
	}
});
