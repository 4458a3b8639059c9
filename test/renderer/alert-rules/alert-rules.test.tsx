// @vitest-environment jsdom
// Rules of alerts are written, ordered and removed by keyboard alone; what one would have done is
// seen before it is saved; what the engine finds wrong stands at its field; what was removed or
// turned off can be taken back, and comes back to where it was.
import { notifications } from "@mantine/notifications";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeAlertRules, rule } from "./fake-alert-rules.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	location.hash = "#/settings/alert-rules";
	localStorage.clear();
	act(() => notifications.clean());
});
afterEach(() => end());

function open(engine: FakeAlertRules) {
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return userEvent.setup();
}

function names(): string[] {
	const table = screen.queryByRole("table", { name: "Alert rules" });
	if (table === null) return [];
	return within(table)
		.getAllByRole("row")
		.slice(1)
		.map((row) => row.querySelector("bdi")?.textContent ?? "");
}

const shows = (...expected: string[]) =>
	waitFor(() => expect(names()).toEqual(expected));

test("a rule is written by keyboard, looked at, and saved before the default", async () => {
	const engine = new FakeAlertRules([rule("a")]);
	const user = open(engine);
	await shows("Rule a", "Default");
	screen.getByRole("button", { name: "Add a rule" }).focus();
	await user.keyboard("{Enter}");
	const dialog = await screen.findByRole("dialog", { name: "Add a rule" });
	await within(dialog).findByText("It takes 3 of 3 alerts: 1 incident.");
	expect(within(dialog).getByText("Latency of checkout")).toBeTruthy();
	await user.keyboard("Payments");
	within(dialog).getByRole("button", { name: "Add a condition" }).focus();
	await user.keyboard("{Enter}");
	within(dialog).getByRole("textbox", { name: "Label" }).focus();
	await user.keyboard("cluster");
	within(dialog).getByRole("textbox", { name: "Value" }).focus();
	await user.keyboard("west");
	await within(dialog).findByText("It takes 2 of 3 alerts: 1 incident.");
	await user.keyboard("{Control>}{Enter}{/Control}");
	await shows("Rule a", "Payments", "Default");
	expect(engine.rules.at(-1)).toMatchObject({
		name: "Payments",
		matchers: [{ on: "label", name: "cluster", operator: "=", value: "west" }],
		opensIncident: true,
	});
});

test("what the engine finds wrong stands at its field until it is mended", async () => {
	const engine = new FakeAlertRules([
		rule("a", {
			matchers: [
				{ on: "label", name: "cluster", operator: "=~", value: "west" },
			],
		}),
	]);
	const user = open(engine);
	await user.click(await screen.findByRole("button", { name: "Rule a" }));
	const dialog = await screen.findByRole("dialog", { name: "Edit “Rule a”" });
	const value = within(dialog).getByRole("textbox", { name: "Value" });
	value.focus();
	await user.keyboard("{End}[[(");
	await within(dialog).findByText(/^Not a usable regular expression/);
	expect(value.getAttribute("aria-invalid")).toBe("true");
	await user.click(within(dialog).getByRole("button", { name: /^Save/ }));
	await within(dialog).findByText(/^It was not saved/);
	expect(engine.rules[0]?.matchers[0]?.value).toBe("west");
	value.focus();
	await user.keyboard("{Backspace}{Backspace}");
	await waitFor(() =>
		expect(value.getAttribute("aria-invalid")).not.toBe("true"),
	);
	const name = within(dialog).getByRole("textbox", { name: "Name" });
	await user.clear(name);
	await user.click(within(dialog).getByRole("button", { name: /^Save/ }));
	await within(dialog).findByText("Enter something here.");
});

test("rules are ordered by key and by button, and the row keeps the keyboard", async () => {
	const engine = new FakeAlertRules([rule("a"), rule("b"), rule("c")]);
	const user = open(engine);
	await shows("Rule a", "Rule b", "Rule c", "Default");
	screen.getByRole("button", { name: "Rule c" }).focus();
	await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
	await shows("Rule a", "Rule c", "Rule b", "Default");
	await waitFor(() =>
		expect(document.activeElement?.textContent).toBe("Rule c"),
	);
	await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
	await shows("Rule c", "Rule a", "Rule b", "Default");
	await user.click(screen.getByRole("button", { name: "Ask later: Rule a" }));
	await shows("Rule c", "Rule b", "Rule a", "Default");
	expect(
		screen
			.getByRole("button", { name: "Ask later: Rule a" })
			.hasAttribute("disabled"),
	).toBe(true);
	screen.getByRole("button", { name: "Default" }).focus();
	await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
	await shows("Rule c", "Rule b", "Rule a", "Default");
});

test("a rule that was removed comes back to its place by undo", async () => {
	const engine = new FakeAlertRules([
		rule("a"),
		rule("b", { opensIncident: false, groupBy: ["zone"] }),
		rule("c"),
	]);
	const user = open(engine);
	await shows("Rule a", "Rule b", "Rule c", "Default");
	await user.click(screen.getByRole("button", { name: "Remove: Rule b" }));
	await shows("Rule a", "Rule c", "Default");
	await user.click(await screen.findByRole("button", { name: "Undo" }));
	await shows("Rule a", "Rule b", "Rule c", "Default");
	expect(engine.rules[1]).toMatchObject({
		opensIncident: false,
		groupBy: ["zone"],
	});
});

test.each([
	[
		{ role: "engineer" },
		/You are an engineer of .*; this needs the role admin or more/,
	],
	[{ role: "owner", isActive: false }, /This project is not active/],
] as const)(
	"who may not change rules (%j) reads them, and is told why",
	async (change, reason) => {
		const engine = new FakeAlertRules([rule("a")]);
		engine.project = { ...engine.project, ...change };
		open(engine);
		await shows("Rule a", "Default");
		expect(screen.getAllByText(reason).length).toBeGreaterThan(0);
		expect(screen.queryByRole("button", { name: "Add a rule" })).toBeNull();
		expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
	},
);

test("a window of every week is added, edited, and turned off with undo", async () => {
	const engine = new FakeAlertRules();
	const user = open(engine);
	await user.click(await screen.findByRole("button", { name: "Add a window" }));
	const dialog = await screen.findByRole("dialog", { name: "Add a window" });
	await user.keyboard("Backups");
	await user.click(within(dialog).getByText("Every week"));
	await user.click(within(dialog).getByRole("checkbox", { name: "Sun" }));
	await user.click(within(dialog).getByRole("button", { name: "Add" }));
	await within(dialog).findByText("Choose a day at least.");
	await user.click(within(dialog).getByRole("checkbox", { name: "Thu" }));
	await user.click(within(dialog).getByRole("button", { name: "Add" }));
	await user.click(await screen.findByRole("button", { name: "Backups" }));
	expect(engine.windows[0]?.schedule).toMatchObject({
		kind: "weekly",
		days: [4],
		startTime: "02:00",
		endTime: "04:00",
	});
	const edit = await screen.findByRole("dialog", { name: "Edit “Backups”" });
	await user.type(
		within(edit).getByRole("textbox", { name: "Name" }),
		" of disks",
	);
	await user.click(within(edit).getByRole("button", { name: "Save" }));
	const isOn = await screen.findByRole("switch", {
		name: "Backups of disks is on",
	});
	await user.click(isOn);
	await waitFor(() => expect(engine.windows[0]?.isEnabled).toBe(false));
	await user.click(await screen.findByRole("button", { name: "Undo" }));
	await waitFor(() => expect(engine.windows[0]?.isEnabled).toBe(true));
});
