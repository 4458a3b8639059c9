// @vitest-environment jsdom
import { configure, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import type { DesktopBridge } from "../../../src-shared/contract/desktop-bridge.ts";
import { fakeDom } from "../dom-fakes.ts";
import { inspection } from "../fake-inspection.ts";
import { FakeWarRoom, type FakeWarRoomOptions, job } from "../fake-war-room.ts";

const bridge: DesktopBridge = {
	requestPort: () => {},
	pathOf: (file) => `/data/${file.name}`,
	platform: "linux",
	onOpenIncident: () => () => {},
};
fakeDom();
// Pages are loaded when they are first opened; whether an element is hidden is not asked here, because asking is slow.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true });

let close = () => {};

function open(options: FakeWarRoomOptions = {}) {
	location.hash = "#/import";
	const room = new FakeWarRoom({ inspect: inspection, ...options });
	const workspace = openWorkspace(connectEngine(() => room.open()));
	close = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return { room, user: userEvent.setup() };
}

async function choose(user: ReturnType<typeof userEvent.setup>) {
	await screen.findByRole("button", { name: "Choose a file" });
	const input = document.querySelector<HTMLInputElement>("input[type=file]");
	if (input === null) throw new Error("The page takes no file.");
	await user.upload(input, new File(["x"], "fraud-2026-03.csv"));
	await screen.findByRole("heading", { name: "fraud-2026-03.csv" });
}

beforeEach(() => {
	Object.assign(window, { tocsin: bridge });
});
afterEach(() => {
	close();
	Object.assign(window, { tocsin: undefined });
});

describe("import page", () => {
	test("a file with two-way dates: decide, import, stop, report", async () => {
		const { room, user } = open();
		await choose(user);
		const start = screen.getByRole("button", { name: /^Import about/ });
		expect(start).toHaveProperty("disabled", true);
		expect(document.body.textContent).toContain(
			"Suggested from the file's name",
		);
		expect(document.body.textContent).toMatch(
			/is 6 January 2026.*is 1 June 2026/,
		);
		expect(document.activeElement?.getAttribute("aria-label")).toBe(
			"Check the mapping",
		);

		await user.click(screen.getByRole("radio", { name: /Day first/ }));
		expect(start).toHaveProperty("disabled", false);
		await user.click(start);
		await screen.findByRole("button", { name: "Stop" });
		expect(room.started).toMatchObject([
			{
				source: { path: "/data/fraud-2026-03.csv" },
				mapping: {
					model: { constant: "fraud-2026-03" },
					score: "y_pred_proba",
					dateFormat: "dmy",
					features: ["amount", "country", "مبلغ"],
				},
				assess: true,
			},
		]);

		room.setJob(
			job({
				jobId: "import-1",
				title: "fraud-2026-03.csv",
				state: "done",
				finishedAt: Date.now(),
				import: {
					file: "fraud-2026-03.csv",
					accepted: 1_000,
					duplicates: 4,
					rejected: 1,
					errors: [{ line: 17, code: "score_invalid", message: "<b>n/a</b>" }],
					rejectedFile: "/data/fraud-2026-03.rejected.csv",
					modelIds: ["fraud/2026"],
				},
			}),
		);
		const table = await screen.findByRole("table", { name: "Rejected rows" });
		expect(within(table).getByText("<b>n/a</b>")).toBeTruthy();
		expect(
			screen.getByRole("link", { name: "fraud/2026" }).getAttribute("href"),
		).toBe("#/drift/fraud%2F2026");
		expect(document.body.textContent).toContain("fraud-2026-03.rejected.csv");
		await vi.waitFor(() =>
			expect(
				document.querySelector("[aria-live=polite]")?.textContent,
			).toContain("1,000 rows accepted, 1 rejected"),
		);
	});

	test("what the engine refuses is told, and the form is kept", async () => {
		const { room, user } = open({
			refuse: [
				[
					{
						field: "score",
						code: "unknown_column",
						message: "No such column.",
					},
				],
			],
		});
		await choose(user);
		await user.click(screen.getByRole("radio", { name: /Month first/ }));
		await user.click(screen.getByRole("button", { name: /^Import about/ }));
		expect(await screen.findByText("No such column.")).toBeTruthy();
		await user.click(screen.getByRole("button", { name: /^Import about/ }));
		await screen.findByRole("button", { name: "Stop" });
		expect(room.started).toHaveLength(1);
	});

	test("a running import can be stopped", async () => {
		const { room, user } = open();
		await choose(user);
		await user.click(screen.getByRole("radio", { name: /Day first/ }));
		await user.click(screen.getByRole("button", { name: /^Import about/ }));
		await user.click(await screen.findByRole("button", { name: "Stop" }));
		expect(
			await screen.findByText(/Rows that were already in are kept/),
		).toBeTruthy();
		expect(room.jobs[0]?.state).toBe("cancelled");
	});

	test("a file that cannot be read says why and asks for another", async () => {
		const { user } = open({ inspect: undefined });
		await screen.findByRole("button", { name: "Choose a file" });
		const input = document.querySelector<HTMLInputElement>("input[type=file]");
		await user.upload(input as HTMLInputElement, new File(["x"], "notes.csv"));
		expect(
			await screen.findByText(
				"The file is neither CSV, NDJSON, JSON nor Parquet.",
			),
		).toBeTruthy();
		expect(screen.getByRole("button", { name: "Choose a file" })).toBeTruthy();
	});
});
