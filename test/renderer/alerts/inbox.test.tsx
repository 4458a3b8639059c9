// @vitest-environment jsdom
// In the inbox, alerts are decided by key and each decision can be taken back; while somebody
// works in the list nothing comes, goes or moves there but what they decided; who may not decide
// is told why; and what a stranger sent is text.
import { notifications } from "@mantine/notifications";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { useAlertSelection } from "../../../src-renderer/features/alerts/alert-selection.ts";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { fakeDom } from "../dom-fakes.ts";
import { incident } from "../fake-incidents.ts";
import { alert, FakeAlerts } from "./fake-alerts.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	location.hash = "#/alerts";
	localStorage.clear();
	act(() => {
		useAlertSelection.setState({
			cursor: null,
			selected: new Set(),
			asking: null,
		});
		notifications.clean();
	});
});
afterEach(() => end());

function open(engine: FakeAlerts) {
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return userEvent.setup();
}

function names(): string[] {
	const grid = screen.queryByRole("grid", { name: "Alerts" });
	if (grid === null) return [];
	return within(grid)
		.getAllByRole("row")
		.slice(1)
		.map((row) => row.querySelector("bdi")?.textContent ?? "");
}

const shows = (...expected: string[]) =>
	waitFor(() =>
		expect(names()).toEqual(expected.map((name) => `Alert ${name}`)),
	);

test("accepting by key takes the alert out, moves on, and is undone by Ctrl+Z", async () => {
	const engine = new FakeAlerts([alert("c"), alert("b"), alert("a")]);
	const user = open(engine);
	await shows("c", "b", "a");
	await user.keyboard("jja");
	await shows("c", "a");
	expect(engine.get("b")?.triage).toBe("accepted");
	expect(useAlertSelection.getState().cursor).toBe("a");
	await user.keyboard("{Control>}z{/Control}");
	await shows("c", "b", "a");
	expect(engine.get("b")?.triage).toBe("new");
});

test("several at once, and a snooze by number", async () => {
	const engine = new FakeAlerts([alert("c"), alert("b"), alert("a")]);
	const user = open(engine);
	await shows("c", "b", "a");
	await user.keyboard("jx{Shift>}j{/Shift}d");
	await shows("a");
	expect([engine.get("c")?.triage, engine.get("b")?.triage]).toEqual([
		"declined",
		"declined",
	]);
	await user.keyboard("jh");
	await screen.findByRole("dialog", { name: /Snooze/ });
	await user.keyboard("2");
	await waitFor(() => expect(names()).toEqual([]));
	const until = engine.get("a")?.snoozedUntil ?? 0;
	expect(Math.abs(until - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

test("a duplicate is marked of the alert that is most like it", async () => {
	const engine = new FakeAlerts([
		alert("c", { name: "Alert c", service: "search" }),
		alert("b", { name: "Alert b", service: "other" }),
		alert("a", { name: "Alert a", service: "search" }),
	]);
	const user = open(engine);
	await shows("c", "b", "a");
	await user.keyboard("jm");
	const dialog = await screen.findByRole("dialog", { name: /repeats/ });
	await waitFor(() =>
		expect(
			within(dialog)
				.getAllByRole("option")
				.map((option) => option.querySelector("bdi")?.textContent),
		).toEqual([undefined, "Alert a", "Alert b"]),
	);
	await user.keyboard("{ArrowDown}{Enter}");
	await shows("b", "a");
	expect(engine.get("c")).toMatchObject({
		triage: "duplicate",
		duplicateOfId: "a",
	});
});

test("while the cursor is in the list, what comes waits behind a pill and what goes stays", async () => {
	const engine = new FakeAlerts([alert("b"), alert("a")]);
	const user = open(engine);
	await shows("b", "a");
	await user.keyboard("j");
	engine.arrives(alert("c"), alert("d"));
	engine.arrives(alert("a", { triage: "declined", version: 5, times: 7 }));
	expect(await screen.findByText("2 new alerts")).toBeTruthy();
	await waitFor(() => expect(screen.getByText("7×")).toBeTruthy());
	await shows("b", "a");
	await user.keyboard(".");
	await shows("d", "c", "b");
});

test("nobody works in the list: what comes is shown at once", async () => {
	const engine = new FakeAlerts([alert("a")]);
	open(engine);
	await shows("a");
	engine.arrives(alert("b"));
	await shows("b", "a");
});

test.each([
	[{ role: "viewer" }, /needs the role engineer/],
	[{ isActive: false }, /This project is not active/],
] as const)("who may not decide (%j) is told why", async (change, reason) => {
	const engine = new FakeAlerts([alert("a")]);
	engine.project = { ...engine.project, ...change };
	const user = open(engine);
	await shows("a");
	await user.keyboard("ja");
	expect((await screen.findAllByText(reason)).length).toBeGreaterThan(0);
	await user.keyboard("{Enter}");
	const accept = await screen.findByRole("button", { name: /Accept/ });
	expect((accept as HTMLButtonElement).disabled).toBe(true);
	expect(engine.asked).toEqual([]);
});

test("what a stranger sent is text, and only an address that is safe can be opened", async () => {
	const html = "<img src=x onerror=alert(1)>";
	const engine = new FakeAlerts([
		alert("a", {
			name: html,
			summary: html,
			labels: { [html]: html },
			annotations: {
				runbook_url: "https://example.org/run",
				bad: "javascript:alert(1)",
			},
			generatorUrl: "javascript:alert(1)",
		}),
	]);
	location.hash = "#/alerts/a";
	open(engine);
	const link = await screen.findByRole("link", {
		name: "https://example.org/run",
	});
	expect(link.getAttribute("rel")).toBe("noopener noreferrer");
	expect(screen.getAllByText(html).length).toBeGreaterThan(3);
	expect(document.querySelector("main img")).toBeNull();
	expect(screen.queryByText("Open at the source")).toBeNull();
	expect(document.querySelector('a[href^="javascript"]')).toBeNull();
});

test("an inbox without a connected system leads to adding one", async () => {
	const user = open(new FakeAlerts());
	await user.click(
		await screen.findByRole("button", { name: "Add an integration" }),
	);
	expect(location.hash).toBe("#/settings/integrations?add=alertmanager");
});

test("alerts are put to an incident by key, to a new one, and to none, each taken back by Ctrl+Z", async () => {
	const engine = new FakeAlerts([alert("b"), alert("a", { incidentId: "x" })]);
	engine.incidents.write(
		incident({ id: "i7", number: 7, title: "Checkout slow" }),
	);
	engine.incidents.write(
		incident({ id: "i8", number: 8, title: "Old", state: "closed" }),
	);
	const user = open(engine);
	await shows("b", "a");
	await user.keyboard("jp");
	const dialog = await screen.findByRole("dialog", {
		name: /^Move “Alert b” to/,
	});
	expect(within(dialog).queryByText("No incident")).toBeNull();
	expect(within(dialog).queryByText("Old")).toBeNull();
	await user.keyboard("checkout{Enter}");
	await waitFor(() => expect(engine.get("b")?.incidentId).toBe("i7"));
	expect(await screen.findByText("“Alert b” put to #7")).toBeTruthy();
	await user.keyboard("{Control>}z{/Control}");
	await waitFor(() => expect(engine.get("b")?.incidentId).toBeNull());
	await user.keyboard("jp");
	await screen.findByRole("dialog", { name: /^Move “Alert a” to/ });
	await user.keyboard("2");
	await waitFor(() => expect(engine.get("a")?.incidentId).toBeNull());
	await user.keyboard("{Control>}z{/Control}");
	await waitFor(() => expect(engine.get("a")?.incidentId).toBe("x"));
	await user.keyboard("xkxp");
	await screen.findByRole("dialog", { name: /^Move 2 alerts to/ });
	await user.keyboard("1");
	await waitFor(() =>
		expect([engine.get("a")?.incidentId, engine.get("b")?.incidentId]).toEqual([
			"made",
			"made",
		]),
	);
});
