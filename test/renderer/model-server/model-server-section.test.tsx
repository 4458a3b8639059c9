// @vitest-environment jsdom
// A model server is off until an admin sets one, lets something leave, has read the very bytes and
// agreed to them; the stored key is never shown and stays where only something else is changed.
// What is set, what may leave and what prices are can be taken back. Everybody sees what is set;
// who may not change it is told why.
import { notifications } from "@mantine/notifications";
import { implement } from "@orpc/server";
import {
	act,
	cleanup,
	render,
	screen,
	waitFor,
	within,
} from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { contract } from "../../../src-shared/contract/index.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeAssistant, modelServerOf } from "../fake-assistant.ts";
import { hypothesis } from "../fake-hypotheses.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	location.hash = "";
	localStorage.clear();
	act(() => notifications.clean());
});
afterEach(() => end());

function open(
	engine = new FakeAssistant(),
	hash = "#/settings/model-server?incident=i1",
) {
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return { engine, user: userEvent.setup() };
}

/** An engine whose server is set and may be sent something. */
function prepared(): FakeAssistant {
	const engine = new FakeAssistant();
	engine.settings = {
		...engine.settings,
		server: modelServerOf(),
		policy: { fields: ["incident_title"], labels: [] },
	};
	return engine;
}

test("from nothing to a stored server, whose key goes in and is not shown", async () => {
	const { engine, user } = open();
	expect(await screen.findAllByText(/Nothing is ever sent/)).toHaveLength(2);
	await user.click(
		screen.getByRole("button", { name: "Set up a model server" }),
	);
	const dialog = await screen.findByRole("dialog");
	await user.click(within(dialog).getByRole("button", { name: "Save" }));
	expect(within(dialog).getByText(/begins with https/)).toBeTruthy();
	expect(engine.given).toEqual([]);
	await user.type(
		within(dialog).getByLabelText("Address"),
		"https://models.example.com/v1",
	);
	await user.type(within(dialog).getByLabelText("Model"), "tiny-1");
	await user.type(within(dialog).getByLabelText("Key"), "sk-top-secret");
	await user.click(within(dialog).getByRole("button", { name: "Save" }));
	expect(await screen.findByText("Stored, encrypted")).toBeTruthy();
	expect(engine.given).toMatchObject([
		{ model: "tiny-1", apiKey: "sk-top-secret", isEnabled: true },
	]);
	expect(document.body.innerHTML).not.toContain("sk-top-secret");
	expect(
		screen.getAllByText(/Choose below what may leave/).length,
	).toBeGreaterThan(0);
});

test("what may leave is denied until it is ticked, and taken back by Undo", async () => {
	const engine = prepared();
	engine.settings = {
		...engine.settings,
		policy: { fields: [], labels: [] },
	};
	const { user } = open(engine);
	const group = await screen.findByRole("group", { name: "What may leave" });
	const boxes = within(group).getAllByRole("checkbox");
	expect(boxes).toHaveLength(10);
	for (const box of boxes) expect(box).toHaveProperty("checked", false);
	await user.click(within(group).getByRole("checkbox", { name: "Title" }));
	await user.click(screen.getByRole("button", { name: "Save what may leave" }));
	await waitFor(() =>
		expect(engine.settings.policy.fields).toEqual(["incident_title"]),
	);
	await user.click(await screen.findByRole("button", { name: "Undo" }));
	await waitFor(() => expect(engine.settings.policy.fields).toEqual([]));
	await waitFor(() =>
		expect(screen.getByRole("checkbox", { name: "Title" })).toHaveProperty(
			"checked",
			false,
		),
	);
});

test("the bytes are read as text, agreed to by their hash, and only then sent", async () => {
	const { engine, user } = open(prepared());
	const shown = await screen.findByRole("region", {
		name: "What would be sent",
	});
	expect(shown.textContent).toBe(engine.body);
	expect(screen.getByText("f".repeat(64))).toBeTruthy();
	expect(screen.getByText("times (3)")).toBeTruthy();
	const agree = screen.getByRole("button", { name: "I agree to send this" });
	expect(agree).toHaveProperty("disabled", true);
	expect(screen.queryByRole("button", { name: /^Test/ })).toBeNull();
	await user.click(screen.getByRole("checkbox", { name: /I have read/ }));
	await user.click(agree);
	expect(
		await screen.findByRole("button", { name: "Test: send this now" }),
	).toBeTruthy();
	expect(engine.agreed).toEqual([`i1 ${"f".repeat(64)}`]);
	expect(engine.sent).toBe(0);
	await user.click(screen.getByRole("button", { name: /^Test/ }));
	expect((await screen.findAllByText(/1 claim that cited/)).length).toBe(2);
	expect(engine.sent).toBe(1);
});

test("what went wrong last is said", async () => {
	const engine = prepared();
	engine.settings = {
		...engine.settings,
		confirmation: { byName: "Ada", at: Date.now(), hash: "f".repeat(64) },
	};
	const error = "The model server answered 401. Check its key.";
	engine.outcome = { isSuccess: false, error, claims: 0, dropped: 0 };
	const { user } = open(engine);
	await user.click(await screen.findByRole("button", { name: /^Test/ }));
	await waitFor(() =>
		expect(screen.getByText("Last request").parentElement?.textContent).toMatch(
			error,
		),
	);
});

test("it is turned off and on without its key being touched", async () => {
	const { engine, user } = open(prepared());
	await user.click(await screen.findByRole("button", { name: "Turn off" }));
	expect(
		(await screen.findAllByText(/turned off. Nothing is sent/)).length,
	).toBeGreaterThan(0);
	expect(engine.settings.server).toMatchObject({
		isEnabled: false,
		hasKey: true,
	});
	expect(engine.given[0]).not.toHaveProperty("apiKey");
	await user.click(screen.getByRole("button", { name: "Undo" }));
	await waitFor(() =>
		expect(engine.settings.server).toMatchObject({ isEnabled: true }),
	);
});

test("prices are kept to the millionth, and removed and put back", async () => {
	const { engine, user } = open(prepared());
	await user.type(await screen.findByLabelText("Sent, $"), "0.15");
	await user.type(screen.getByLabelText("Answered, $"), "0.6");
	await user.click(screen.getByRole("button", { name: "Set price" }));
	const row = await screen.findByRole("row", { name: /tiny-1/ });
	expect(row.textContent).toContain("$0.15$0.60");
	const stored = [
		{
			model: "tiny-1",
			inputMicroDollars: 150_000,
			outputMicroDollars: 600_000,
		},
	];
	expect(engine.prices).toEqual(stored);
	await user.click(within(row).getByRole("button", { name: /^Remove/ }));
	await waitFor(() => expect(engine.prices).toEqual([]));
	await user.click(
		(await screen.findAllByRole("button", { name: "Undo" })).at(-1) ?? row,
	);
	await waitFor(() => expect(engine.prices).toEqual(stored));
});

test.each(["engineer", "viewer"] as const)(
	"%s: reads it, and is told why not to change it",
	async (role) => {
		const engine = prepared();
		engine.role = role;
		open(engine);
		expect(await screen.findByText("Stored, encrypted")).toBeTruthy();
		expect(
			screen.getAllByText(/^(?!Nobody).*this needs the role admin or more/)
				.length,
		).toBe(3);
		for (const name of ["Edit…", "Turn off", "Remove…", "Set price"]) {
			expect(screen.queryByRole("button", { name })).toBeNull();
		}
		for (const box of screen.getAllByRole("checkbox")) {
			expect(box).toHaveProperty("disabled", true);
		}
		if (role === "viewer") {
			expect(screen.getByText(/needs the role engineer or more/)).toBeTruthy();
		} else {
			expect(
				await screen.findByText(/Nobody has agreed to this yet/),
			).toBeTruthy();
		}
		expect(screen.queryByRole("button", { name: /I agree/ })).toBeNull();
	},
);

test("an incident shows the way to the bytes, and once they are agreed to asks", async () => {
	const engine = prepared();
	const os = implement(contract);
	Object.assign(engine.router.hypotheses, {
		forIncident: os.hypotheses.forIncident.handler(() => ({
			incidentId: "i1",
			version: 1,
			generatedAt: Date.now(),
			isInconclusive: false,
			items: [hypothesis({ id: "h1", kind: "model_claim" })],
		})),
	});
	open(engine, "#/incident/i1/hypotheses");
	const way = await screen.findByRole("link", { name: /^See what a model/ });
	expect(way.getAttribute("href")).toBe("#/settings/model-server?incident=i1");
	expect(screen.getByText("Claimed by a model server")).toBeTruthy();
	expect(screen.queryByRole("button", { name: "Ask the model" })).toBeNull();
	end();
	cleanup();

	engine.settings = {
		...engine.settings,
		confirmation: { byName: "Ada", at: Date.now(), hash: "f".repeat(64) },
	};
	const { user } = open(engine, "#/incident/i1/hypotheses");
	await user.click(
		await screen.findByRole("button", { name: "Ask the model" }),
	);
	await waitFor(() => expect(engine.sent).toBe(1));
});
