// @vitest-environment jsdom
import { notifications } from "@mantine/notifications";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../src-renderer/app/app.tsx";
import { useSelection } from "../../src-renderer/state/selection.ts";
import { openWorkspace } from "../../src-renderer/state/workspace.ts";
import { SignedOutError } from "../../src-renderer/transport/channel.ts";
import { connectEngine } from "../../src-renderer/transport/connect-engine.ts";
import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import { fakeDom } from "./dom-fakes.ts";
import { FakeEngine } from "./fake-engine.ts";
import { incident } from "./fake-incidents.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	location.hash = "";
	localStorage.clear();
	act(() => {
		useSelection.setState({ cursor: null, selected: new Set(), asking: null });
		notifications.clean();
	});
});
afterEach(() => end());

function open(engine: FakeEngine) {
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => {
		workspace.close();
		engine.cut();
	};
	render(<App workspace={workspace} env="test" />);
	return { workspace, user: userEvent.setup() };
}

function three(): IncidentSummary[] {
	return [
		incident({ id: "i1", number: 1, title: "Amount drifts", openedAt: 1 }),
		incident({ id: "i2", number: 2, title: "Score drifts", openedAt: 2 }),
		incident({ id: "i3", number: 3, title: "API fails", openedAt: 3 }),
	];
}

async function titles(): Promise<string[]> {
	const grid = await screen.findByRole("grid", { name: "Incidents" });
	return within(grid)
		.getAllByRole("row")
		.slice(1)
		.map((row) => within(row).getAllByRole("cell")[3]?.textContent ?? "");
}

test("lists open incidents and follows the engine live", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	open(engine);
	expect(await titles()).toEqual([
		"API fails",
		"Score drifts",
		"Amount drifts",
	]);
	engine.incidents.write(
		incident({ id: "i4", number: 4, title: "New one", openedAt: 4 }),
	);
	expect(await screen.findByText("New one")).toBeTruthy();
	expect(
		await screen.findByText(/New critical incident: New one/),
	).toBeTruthy();
});

test("a verb by key acts, moves the cursor on, and is undone by Ctrl+Z", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("je");
	await waitFor(() =>
		expect(engine.incidents.rows.get("i3")?.state).toBe("resolved"),
	);
	expect(await titles()).toEqual(["Score drifts", "Amount drifts"]);
	expect(useSelection.getState().cursor).toBe("i2");
	expect(await screen.findByText("#3 resolved")).toBeTruthy();
	await user.keyboard("{Control>}z{/Control}");
	await waitFor(() =>
		expect(engine.incidents.rows.get("i3")?.state).toBe("detected"),
	);
	await waitFor(async () =>
		expect(await titles()).toEqual([
			"API fails",
			"Score drifts",
			"Amount drifts",
		]),
	);
});

test("a refused verb is put back and says why", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	engine.incidents.refusals.set("i3", "It was changed meanwhile.");
	const { user } = open(engine);
	await titles();
	await user.keyboard("je");
	expect(await screen.findByText("#3: It was changed meanwhile.")).toBeTruthy();
	expect(await titles()).toContain("API fails");
});

test("x selects, shift extends, and a verb takes the whole selection", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("jx{Shift>}j{/Shift}a");
	await waitFor(() =>
		expect([...engine.incidents.rows.values()].map((row) => row.state)).toEqual(
			["detected", "acknowledged", "acknowledged"],
		),
	);
	expect(useSelection.getState().selected.size).toBe(0);
	expect(await screen.findByText("2 incidents acknowledged")).toBeTruthy();
});

test("severity and owner are set from menus by key", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("js");
	const severity = await screen.findByRole("dialog", {
		name: "Severity of #3",
	});
	await user.type(within(severity).getByRole("combobox"), "4");
	await waitFor(() =>
		expect(engine.incidents.rows.get("i3")?.severity).toBe(4),
	);
	await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
	await user.keyboard("o");
	const owner = await screen.findByRole("dialog", { name: /^Owner of #/ });
	await user.type(within(owner).getByRole("combobox"), "grace{Enter}");
	await waitFor(() =>
		expect(
			[...engine.incidents.rows.values()].map((row) => row.ownerName),
		).toContain("Grace Hopper"),
	);
});

test("what arrives while a row has the cursor waits behind a pill", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("j");
	engine.incidents.write(
		incident({ id: "i4", number: 4, title: "New one", openedAt: 4 }),
	);
	const pill = await screen.findByRole("button", { name: "1 new" });
	expect(await titles()).not.toContain("New one");
	await user.click(pill);
	expect((await titles())[0]).toBe("New one");
});

test("search narrows the list and stays in the address", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("/amount");
	await waitFor(async () => expect(await titles()).toEqual(["Amount drifts"]));
	await waitFor(() => expect(location.hash).toBe("#/triage?q=amount"));
});

test("Enter opens the incident; a note and a move land in its timeline", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("j{Enter}");
	expect(
		await screen.findByRole("heading", { name: "API fails" }),
	).toBeTruthy();
	expect(location.hash).toBe("#/incident/i3");
	await user.type(
		await screen.findByRole("textbox", { name: "Note" }),
		"<b>Rolled back</b>{Control>}{Enter}{/Control}",
	);
	const timeline = screen.getByRole("list", { name: "Timeline" });
	expect(await within(timeline).findByText("<b>Rolled back</b>")).toBeTruthy();
	await user.click(screen.getByRole("button", { name: /^Resolve/ }));
	expect(await within(timeline).findByText("detected → resolved")).toBeTruthy();
	await user.keyboard("{Escape}");
	await waitFor(() => expect(location.hash).toBe("#/triage"));
});

test("the first run offers three ways in, with a command that carries a new key", async () => {
	const engine = new FakeEngine();
	const { user } = open(engine);
	expect(await screen.findByText("Watch your first model")).toBeTruthy();
	await user.click(
		screen.getByRole("button", {
			name: "Make an API key and show the command",
		}),
	);
	const command = await screen.findByText(/curl -X POST/);
	expect(command.textContent).toContain(
		"http://127.0.0.1:8000/v1/events/prediction",
	);
	expect(command.textContent).toContain("X-API-Key: sk_live_");
	await user.click(screen.getByRole("button", { name: "Load the demo" }));
	expect(await screen.findByText("Writing predictions")).toBeTruthy();
	act(() => engine.loadDemo(three()));
	expect((await titles()).length).toBe(3);
});

test("all quiet names the last assessment", async () => {
	open(new FakeEngine({ models: ["fraud-v2"] }));
	expect(await screen.findByText("All quiet")).toBeTruthy();
	expect(screen.getByText(/on the one model watched/)).toBeTruthy();
});

test("? lists every key", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("?");
	const help = await screen.findByRole("dialog", { name: "Keys" });
	for (const label of ["Acknowledge", "Freeze the list", "Undo", "Search"]) {
		expect(within(help).getByText(label)).toBeTruthy();
	}
});

test("the palette finds an incident by its number", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	await user.keyboard("{Control>}k{/Control}");
	await user.type(await screen.findByPlaceholderText(/find an incident/), "#2");
	await user.click(await screen.findByText("#2, detected"));
	await waitFor(() => expect(location.hash).toBe("#/incident/i2"));
});

test("the palette shows what is loaded after it was asked, and Enter takes the first", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	let give: () => void = () => {};
	engine.beforePage = () =>
		new Promise((resolve) => {
			give = resolve;
		});
	const { user } = open(engine);
	await user.keyboard("{Control>}k{/Control}");
	const search = await screen.findByPlaceholderText(/find an incident/);
	await user.type(search, "amount");
	expect(await screen.findByText(/Nothing is called “amount”/)).toBeTruthy();
	act(() => give());
	expect(await screen.findByText("#1, detected")).toBeTruthy();
	await user.type(search, "{Enter}");
	await waitFor(() => expect(location.hash).toBe("#/incident/i1"));
});

test("a lost engine is told, and found again", async () => {
	const engine = new FakeEngine({ incidents: three(), models: ["fraud-v2"] });
	const { user } = open(engine);
	await titles();
	engine.isReachable = false;
	act(() => engine.cut());
	expect(await screen.findByText(/Offline since/)).toBeTruthy();
	engine.isReachable = true;
	await user.click(screen.getByRole("button", { name: "Try now" }));
	await waitFor(() => expect(screen.queryByText(/Offline since/)).toBeNull());
	engine.incidents.write(
		incident({ id: "i4", number: 4, title: "After the break", openedAt: 4 }),
	);
	expect(await screen.findByText("After the break")).toBeTruthy();
});

test("an unknown browser is asked to sign in", async () => {
	const workspace = openWorkspace(
		connectEngine(() => Promise.reject(new SignedOutError())),
	);
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	expect(
		await screen.findByRole("heading", { name: "Sign in to Tocsin" }),
	).toBeTruthy();
	expect(screen.getByText("npm run tocsin -- serve")).toBeTruthy();
});
