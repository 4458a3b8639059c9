// @vitest-environment jsdom
// A project is switched to and made by keyboard, shown at once and remembered by this browser; one
// without a name is not made, and what the engine refuses is said with the words kept. A viewer
// makes none, changes nobody, and is told why. What is open in other projects is never hidden.
import { notifications } from "@mantine/notifications";
import { implement } from "@orpc/server";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { useProjectDialogs } from "../../../src-renderer/features/projects/project-dialogs.ts";
import { useProjectChoice } from "../../../src-renderer/state/current-project.ts";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import {
	contract,
	type ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeEngine, type FakeEngineOptions } from "../fake-engine.ts";
import { incident } from "../fake-incidents.ts";

fakeDom();

/** The fake engine with projects that a person is in. */
class FakeProjects extends FakeEngine {
	projects: ProjectSummary[];
	refusesToMake = false;

	constructor(role: Role = "owner", options: FakeEngineOptions = {}) {
		super(options);
		const search = { id: "p2", name: "Search", slug: "search", isFirst: false };
		this.projects = [
			{ ...this.project, role },
			{ ...this.project, ...search, role },
		];
		const os = implement(contract);
		Object.assign(this.router.system, {
			session: os.system.session.handler(() => ({
				user: { id: "u1", name: "Ada Lovelace", email: "ada@example.org" },
				tenant: { id: "t1", name: "Acme" },
				role,
				isLocalOwner: false,
			})),
		});
		Object.assign(this.router.projects, {
			list: os.projects.list.handler(() => this.projects),
			create: os.projects.create.handler(({ input, errors }) => {
				if (this.refusesToMake) {
					throw errors.INVALID({ message: "No such time zone." });
				}
				const { name } = input;
				const made = { ...this.project, id: "p3", name, isFirst: false };
				this.projects = [...this.projects, made];
				return made;
			}),
			members: os.projects.members.handler(() => [
				{
					userId: "u2",
					email: "bea@example.org",
					name: "Bea",
					role: "engineer" as const,
					joinedAt: 1,
					isActive: true,
				},
			]),
		});
	}
}

let end: () => void = () => {};
beforeEach(() => {
	localStorage.clear();
	useProjectChoice.setState({ projectId: null });
	useProjectDialogs.setState({ open: null });
	act(() => notifications.clean());
});
afterEach(() => end());

async function open(engine = new FakeProjects()) {
	location.hash = "#/settings/projects";
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	await screen.findByRole("row", { name: /^Search/ });
	return { engine, user: userEvent.setup() };
}

test("Shift P and a number switch, and this browser remembers", async () => {
	const { user } = await open();
	const first = screen.getByRole("row", { name: /^Default/ });
	expect(first.textContent).toContain("Shown now");
	await user.keyboard("{Shift>}P{/Shift}");
	await screen.findByRole("dialog", { name: "Switch to project" });
	await user.keyboard("search{Enter}");
	await waitFor(() =>
		expect(screen.getByRole("row", { name: /^Search/ }).textContent).toContain(
			"Shown now",
		),
	);
	expect(localStorage.getItem("tocsin-project")).toContain("p2");
});

test("the list has the keyboard as soon as it is there, for keys pressed in one go", async () => {
	await open();
	act(() => useProjectDialogs.getState().show("switch"));
	expect(document.activeElement).toBe(
		screen.getByLabelText("Type to narrow the list"),
	);
});

test("a project without open incidents is not called quiet while others have some", async () => {
	const incidents = [
		incident({ id: "i1", number: 1, title: "Score drifts" }),
		incident({ id: "i2", number: 2, title: "API fails", severity: 3 }),
	];
	const { user } = await open(new FakeProjects("owner", { incidents }));
	await user.keyboard("{Shift>}P{/Shift}");
	await screen.findByRole("dialog", { name: "Switch to project" });
	await user.keyboard("search{Enter}");
	act(() => {
		location.hash = "#/triage";
	});
	expect(await screen.findByText(/No open incident in/)).toHaveProperty(
		"textContent",
		"No open incident in Search. 2 are open in other projects.",
	);
	expect(
		screen.getByRole("button", {
			name: /Triage ?, 2 open, 1 critical, in all projects/,
		}),
	).toBeTruthy();
	await user.click(screen.getByRole("button", { name: /^Switch project/ }));
	await screen.findByRole("dialog", { name: "Switch to project" });
	await user.keyboard("1");
	const grid = await screen.findByRole("grid", { name: "Incidents" });
	expect(within(grid).getAllByRole("row")).toHaveLength(3);
});

test("one without a name is not made; one with a name is made and shown", async () => {
	const { engine, user } = await open();
	await user.click(screen.getByRole("button", { name: "Make a project" }));
	const dialog = await screen.findByRole("dialog", { name: "Make a project" });
	await user.click(within(dialog).getByRole("button", { name: "Make it" }));
	expect(within(dialog).getByText("Enter a name.")).toBeTruthy();
	expect(engine.projects).toHaveLength(2);
	await user.type(within(dialog).getByLabelText("Name"), "Checkout{Enter}");
	const made = await screen.findByRole("row", { name: /^Checkout/ });
	expect(made.textContent).toContain("Shown now");
	await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("what the engine refuses is said, and what was typed stays", async () => {
	const engine = new FakeProjects();
	engine.refusesToMake = true;
	const { user } = await open(engine);
	await user.click(screen.getByRole("button", { name: "Make a project" }));
	const dialog = await screen.findByRole("dialog", { name: "Make a project" });
	const name = within(dialog).getByLabelText("Name");
	await user.type(name, "Checkout{Enter}");
	expect((await within(dialog).findByRole("alert")).textContent).toMatch(
		/No project was made. No such time zone/,
	);
	expect(name).toHaveProperty("value", "Checkout");
});

test("a viewer sees who is in it, changes nothing, and is told why", async () => {
	const { user } = await open(new FakeProjects("viewer"));
	expect(
		screen.getByText("You are a viewer; this needs the role engineer or more."),
	).toBeTruthy();
	const bea = await screen.findByRole("row", { name: /^Bea/ });
	expect(within(bea).queryByRole("combobox")).toBeNull();
	expect(within(bea).queryByRole("button")).toBeNull();
	expect(
		screen.getByText(
			/^You are a viewer of .*; this needs the role admin or more/,
		),
	).toBeTruthy();
	for (const name of ["Make a project", "Add"]) {
		expect(screen.queryByRole("button", { name })).toBeNull();
	}
	expect(screen.queryByLabelText("Add by address")).toBeNull();
	await user.keyboard("{Shift>}P{/Shift}");
	const dialog = await screen.findByRole("dialog", { name: /^Switch/ });
	expect(within(dialog).queryByText(/Make a project/)).toBeNull();
});
