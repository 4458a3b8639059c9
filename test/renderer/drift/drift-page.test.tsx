// @vitest-environment jsdom
import { configure, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { fakeDom } from "../dom-fakes.ts";
import { fraudDrift } from "../fake-drift.ts";
import { model } from "../fake-engine.ts";
import { FakeWarRoom } from "../fake-war-room.ts";

const hostile = `<img src=x onerror=alert(1)>\u202e${"w".repeat(150)}`;
const fraud = fraudDrift("fraud-v2", Date.parse("2026-03-05T00:00:00Z"));
fakeDom();
// Pages are loaded when they are first opened; whether an element is hidden is not asked here, because asking is slow.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true });

let close = () => {};

function open(room: FakeWarRoom, hash: string) {
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => room.open()));
	close = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return userEvent.setup();
}

function fraudRoom() {
	return new FakeWarRoom({
		drift: new Map([["fraud-v2", fraud]]),
	});
}

afterEach(() => close());

describe("drift page", () => {
	test("j and Enter open a model; its story, tabs and address follow", async () => {
		const room = fraudRoom();
		room.models.push(model("calm"));
		const user = open(room, "#/drift");
		const list = await screen.findByRole("navigation", { name: "Models" });
		await within(list).findByRole("link", { name: /fraud-v2/ });
		await user.keyboard("j{Enter}");
		await screen.findByRole("heading", { name: "fraud-v2", level: 1 });
		expect(location.hash).toBe("#/drift/fraud-v2");
		expect(await screen.findByText(/PSI of score is/)).toBeTruthy();
		expect(screen.getByRole("img", { name: /PSI over time/ })).toBeTruthy();

		await user.keyboard("{Alt>}2{/Alt}");
		expect(await screen.findByRole("table", { name: "Columns" })).toBeTruthy();
		expect(location.hash).toContain("tab=evidence");
		await user.keyboard("n");
		expect(location.hash).toContain("column=");
	});

	test("a deep link opens the very assessment and column", async () => {
		open(fraudRoom(), "#/drift/fraud-v2?drift=fraud-v2-57&column=country");
		const section = await screen.findByRole("region", {
			name: "Evidence of country",
		});
		expect(within(section).getByText("categorical feature")).toBeTruthy();
		expect(screen.getByText(/Categories have no order/)).toBeTruthy();
		expect(document.body.textContent).not.toContain("(newest)");
	});

	test("the table view has the numbers, and its rows choose an assessment", async () => {
		const user = open(fraudRoom(), "#/drift/fraud-v2");
		await user.click(
			await screen.findByRole("button", {
				name: "Show as table: PSI over time",
			}),
		);
		const rows = await screen.findAllByRole("button", {
			name: /^Choose the assessment of/,
		});
		expect(rows).toHaveLength(46);
		await user.click(rows[40] as HTMLElement);
		expect(location.hash).toBe("#/drift/fraud-v2?drift=fraud-v2-55");
	});

	test("a hostile name is text and nothing else", async () => {
		const room = new FakeWarRoom({ models: [hostile] });
		open(room, `#/drift/${encodeURIComponent(hostile)}`);
		const heading = await screen.findByRole("heading", {
			level: 1,
			name: /img/,
		});
		expect(heading.textContent).toBe(hostile);
		expect(document.querySelector("img")).toBeNull();
		expect(await screen.findByText("No assessment yet.")).toBeTruthy();
	});

	test("no models: the ways in are named", async () => {
		open(new FakeWarRoom(), "#/drift");
		expect(await screen.findByText("No models yet")).toBeTruthy();
		expect(
			screen.getByRole("link", { name: "Import a file" }).getAttribute("href"),
		).toBe("#/import");
	});

	test("without labels the page says how to send them", async () => {
		open(new FakeWarRoom({ models: ["it's"] }), "#/drift/it's?tab=performance");
		expect(await screen.findByText("No labels yet")).toBeTruthy();
		expect(document.body.textContent).toContain("/v1/events/labels");
		expect(document.body.textContent).toContain(`--model 'it'\\''s'`);
	});
});

describe("monitor settings", () => {
	test("a contradiction is refused in words, a good change is saved and undone", async () => {
		const room = fraudRoom();
		const user = open(room, "#/drift/fraud-v2?tab=monitor");
		const warn = await screen.findByRole("textbox", { name: "Warn from PSI" });
		await user.clear(warn);
		await user.type(warn, "0.3");
		await user.click(screen.getByRole("button", { name: "Save" }));
		expect(
			await screen.findByText(/Must be above the warn threshold \(0.3\)/),
		).toBeTruthy();
		expect(room.savedMonitors).toEqual([]);

		await user.clear(warn);
		await user.type(warn, "0.15");
		await user.click(screen.getByRole("button", { name: "Save" }));
		await user.click(await screen.findByRole("button", { name: "Undo" }));
		await vi.waitFor(() => expect(room.savedMonitors).toHaveLength(2));
		expect(room.savedMonitors.map((each) => each.warnThreshold)).toEqual([
			0.15, 0.1,
		]);
	});
});

describe("assessing the history", () => {
	test("shows its progress and can be stopped", async () => {
		const room = fraudRoom();
		const user = open(room, "#/drift/fraud-v2");
		await user.click(
			await screen.findByRole("button", { name: "More ways to assess" }),
		);
		await user.click(await screen.findByText("Assess the history, day by day"));
		expect(await screen.findByText("12 of 30 days")).toBeTruthy();
		await user.click(screen.getByRole("button", { name: "Stop" }));
		expect(await screen.findByText(/what was assessed is kept/)).toBeTruthy();
		expect(room.jobs[0]?.state).toBe("cancelled");
	});
});
