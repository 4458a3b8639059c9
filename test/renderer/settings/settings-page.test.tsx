// @vitest-environment jsdom
import { notifications } from "@mantine/notifications";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeTenant, person } from "../fake-tenant.ts";

// Everything in the settings is reached by its address and by keyboard, shows at once what
// another window changed, can be taken back, and says why where it cannot be changed.

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	location.hash = "";
	localStorage.clear();
	act(() => notifications.clean());
});
afterEach(() => end());

function people(myRole: Role = "owner") {
	return [
		person("me", "Ada", myRole),
		person("bea", "Bea", "admin"),
		person("cy", "Cy", "engineer"),
		person("dan", "Dan", "viewer", { isActive: false }),
		person("local", "Lou", "owner", { isLocalOwner: true, canSignIn: false }),
	];
}

function open(hash: string, engine = new FakeTenant(people(), "me")) {
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return { engine, user: userEvent.setup() };
}

async function rowOf(name: string): Promise<HTMLElement> {
	return await screen.findByRole("row", { name: new RegExp(`^${name}`) });
}

describe("sections", () => {
	test.each([
		["#/settings", "You"],
		["#/settings/nowhere", "You"],
		["#/settings/members", "Members"],
		["#/settings/approvals", "Approvals"],
		["#/settings/keys", "API keys"],
		["#/settings/limits", "Limits"],
		["#/settings/machine", "On this machine"],
	])("%s opens %s", async (hash, title) => {
		open(hash);
		expect(
			await screen.findByRole("heading", { level: 2, name: title }),
		).toBeTruthy();
		const nav = screen.getByRole("navigation", { name: "Settings" });
		expect(nav.querySelectorAll("[aria-current=page]")).toHaveLength(1);
	});

	test("j and k walk through them and stop at the ends", async () => {
		const { user } = open("#/settings/you");
		await screen.findByRole("heading", { level: 2, name: "You" });
		await user.keyboard("k");
		expect(location.hash).toBe("#/settings/you");
		await user.keyboard("jj");
		expect(location.hash).toBe("#/settings/projects");
		await user.keyboard("k");
		expect(location.hash).toBe("#/settings/members");
		await user.keyboard("jjjjjjjjjj");
		expect(location.hash).toBe("#/settings/machine");
	});
});

describe("members", () => {
	test("a role is chosen from those one may give, and taken back by Undo", async () => {
		const { engine, user } = open("#/settings/members");
		const role = await screen.findByLabelText("Role of Cy");
		expect(within(role).getAllByRole("option").length).toBe(4);
		await user.selectOptions(role, "admin");
		expect(await screen.findByText("Cy is an admin now")).toBeTruthy();
		expect(engine.find("cy").role).toBe("admin");
		await user.click(screen.getByRole("button", { name: "Undo" }));
		await waitFor(() => expect(engine.find("cy").role).toBe("engineer"));
		await waitFor(() =>
			expect(screen.getByLabelText("Role of Cy")).toHaveProperty(
				"value",
				"engineer",
			),
		);
	});

	test("somebody is turned off and on again", async () => {
		const { engine, user } = open("#/settings/members");
		await user.click(
			await screen.findByRole("button", { name: "Turn off Bea" }),
		);
		expect(await screen.findByText("Bea is turned off")).toBeTruthy();
		expect(
			await screen.findByRole("button", { name: "Turn on Bea" }),
		).toBeTruthy();
		expect((await rowOf("Bea")).textContent).toContain("Off");
		await user.click(screen.getByRole("button", { name: "Undo" }));
		await waitFor(() => expect(engine.find("bea").isActive).toBe(true));
	});

	test("oneself and the owner of the machine are text with the reason", async () => {
		open("#/settings/members");
		const me = await rowOf("Ada");
		expect(within(me).getByText("You")).toBeTruthy();
		expect(within(me).getByText("Others change your role")).toBeTruthy();
		expect(within(me).queryByRole("combobox")).toBeNull();
		const local = await rowOf("Lou");
		expect(within(local).getByText("Owner of the machine")).toBeTruthy();
		expect(within(local).getByText("No password")).toBeTruthy();
		expect(within(local).queryByRole("button", { name: /Turn/ })).toBeNull();
	});

	test("what the engine refuses stays as it was and says why", async () => {
		const { engine, user } = open("#/settings/members");
		const role = await screen.findByLabelText("Role of Cy");
		engine.change("cy", { isLocalOwner: true });
		await user.selectOptions(role, "viewer");
		expect(
			(
				await screen.findAllByText(
					"The role of Cy was not changed. The tenant must keep an owner.",
				)
			).length,
		).toBeGreaterThan(0);
		expect(engine.find("cy").role).toBe("engineer");
	});

	test.each(["engineer", "viewer"] as const)(
		"%s reads them, and is told who changes them",
		async (role) => {
			open("#/settings/members", new FakeTenant(people(role), "me"));
			const bea = await rowOf("Bea");
			expect(within(bea).getByText("Admin")).toBeTruthy();
			expect(
				screen.getByText(
					`You are ${role === "viewer" ? "a viewer" : "an engineer"}; this needs the role admin or more.`,
				),
			).toBeTruthy();
			expect(screen.queryByRole("combobox")).toBeNull();
			for (const name of [/^Turn /, /^Set the password/, "Add a person"]) {
				expect(screen.queryByRole("button", { name })).toBeNull();
			}
		},
	);

	test("an admin gives no owner's role, and leaves owners alone", async () => {
		open("#/settings/members", new FakeTenant(people("admin"), "me"));
		const role = await screen.findByLabelText("Role of Cy");
		expect(
			within(role)
				.getAllByRole("option")
				.map(({ textContent }) => textContent),
		).toEqual(["Admin", "Engineer", "Viewer"]);
		expect(
			within(await rowOf("Lou")).getByText("Above your role"),
		).toBeTruthy();
	});

	test("somebody is added by keyboard alone; a taken address says so and keeps what was typed", async () => {
		const { engine, user } = open("#/settings/members");
		(await screen.findByRole("button", { name: "Add a person" })).focus();
		await user.keyboard("{Enter}");
		const dialog = await screen.findByRole("dialog", { name: "Add a person" });
		await waitFor(() =>
			expect(document.activeElement).toBe(
				within(dialog).getByLabelText("Name"),
			),
		);
		await user.keyboard("Eve{Tab}bea@example.com{Enter}");
		expect(
			await within(dialog).findByText("Use 8 characters or more."),
		).toBeTruthy();
		await user.click(
			within(dialog).getByRole("button", { name: "Make one up" }),
		);
		expect(
			(within(dialog).getByLabelText("Password") as HTMLInputElement).value,
		).toMatch(/^\w{4}-/);
		await user.click(within(dialog).getByRole("button", { name: "Add" }));
		expect(
			await within(dialog).findByText(/That address is already registered/),
		).toBeTruthy();
		const email = within(dialog).getByLabelText("Email");
		await user.clear(email);
		await user.type(email, "eve@example.com{Enter}");
		expect(await rowOf("Eve")).toBeTruthy();
		expect(engine.asked.at(-1)).toMatchObject({
			name: "Eve",
			email: "eve@example.com",
			role: "engineer",
		});
	});

	test("another person gets a new password", async () => {
		const { engine, user } = open("#/settings/members");
		await user.click(
			await screen.findByRole("button", { name: "Set the password of Cy" }),
		);
		const dialog = await screen.findByRole("dialog", {
			name: "New password for Cy",
		});
		await user.type(within(dialog).getByLabelText("Password"), "short{Enter}");
		expect(
			await within(dialog).findByText("Use 8 characters or more."),
		).toBeTruthy();
		await user.type(
			within(dialog).getByLabelText("Password"),
			" and longer{Enter}",
		);
		await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
		expect(engine.passwords.get("cy")).toBe("short and longer");
	});

	test("shows at once what another window changed, also of one's own role", async () => {
		const { engine } = open("#/settings/members");
		await screen.findByLabelText("Role of Cy");
		engine.change("cy", { name: "Cyrus" });
		expect(await screen.findByLabelText("Role of Cyrus")).toBeTruthy();
		engine.change("me", { role: "viewer" });
		expect(
			await screen.findByText(
				"You are a viewer; this needs the role admin or more.",
			),
		).toBeTruthy();
		expect(screen.queryByRole("combobox")).toBeNull();
	});

	test("says that the list could not be had, and tries again", async () => {
		const engine = new FakeTenant(people(), "me");
		engine.fault = "broken";
		const { user } = open("#/settings/members", engine);
		expect(
			await screen.findByText(/The people could not be listed/),
		).toBeTruthy();
		engine.fault = null;
		await user.click(screen.getByRole("button", { name: "Try again" }));
		expect(await rowOf("Bea")).toBeTruthy();
	});
});

describe("approvals", () => {
	test("are chosen, explained and taken back", async () => {
		const { engine, user } = open("#/settings/approvals");
		expect(
			await screen.findByText(/^Asked for now, because there are 3/),
		).toBeTruthy();
		await user.click(screen.getByRole("radio", { name: "Never" }));
		expect(await screen.findByText(/^Not asked for\./)).toBeTruthy();
		expect(engine.fourEyes).toBe("off");
		await user.click(await screen.findByRole("button", { name: "Undo" }));
		await waitFor(() => expect(engine.fourEyes).toBe("auto"));
	});

	test("follow the people: with one approver left they say so", async () => {
		const { engine } = open("#/settings/approvals");
		await screen.findByText(/^Asked for now/);
		engine.change("bea", { isActive: false });
		engine.change("local", { isActive: false });
		expect(
			await screen.findByText(/^Not asked for now, because there is only one/),
		).toBeTruthy();
	});

	test("are text for a viewer", async () => {
		open("#/settings/approvals", new FakeTenant(people("viewer"), "me"));
		expect(await screen.findByText("Automatic")).toBeTruthy();
		expect(
			screen.getByText("You are a viewer; this needs the role admin or more."),
		).toBeTruthy();
		expect(screen.queryByRole("radio")).toBeNull();
	});
});

describe("you", () => {
	test("a new password needs the current one, twice the same new one", async () => {
		const engine = new FakeTenant(people(), "me");
		engine.passwords.set("me", "the old one");
		const { user } = open("#/settings/you", engine);
		await user.type(
			await screen.findByLabelText("Current password"),
			"a guess",
		);
		await user.type(screen.getByLabelText("New password"), "the new one");
		await user.type(screen.getByLabelText("Once more"), "the old one{Enter}");
		expect(await screen.findByText("The two passwords differ.")).toBeTruthy();
		await user.clear(screen.getByLabelText("Once more"));
		await user.type(screen.getByLabelText("Once more"), "the new one{Enter}");
		expect(
			await screen.findByText(
				"Your password was not changed. The current password is wrong.",
			),
		).toBeTruthy();
		await user.clear(screen.getByLabelText("Current password"));
		await user.type(
			screen.getByLabelText("Current password"),
			"the old one{Enter}",
		);
		expect(await screen.findByText("Changed.")).toBeTruthy();
		expect(engine.passwords.get("me")).toBe("the new one");
	});

	test("the owner of the machine sets a first one without any", async () => {
		const engine = new FakeTenant(people(), "local");
		const { user } = open("#/settings/you", engine);
		await screen.findByText(/With a password you can also sign in/);
		expect(screen.queryByLabelText("Current password")).toBeNull();
		await user.type(screen.getByLabelText("New password"), "the first one");
		await user.type(screen.getByLabelText("Once more"), "the first one{Enter}");
		expect(
			await screen.findByRole("button", { name: "Change the password" }),
		).toBeTruthy();
		expect(engine.passwords.get("local")).toBe("the first one");
	});
});

describe("limits", () => {
	test("are listed as they are, and as none when nothing listens", async () => {
		const engine = new FakeTenant(people(), "me");
		engine.limits = [
			{
				api: "Incident Platform",
				what: "Signing in",
				requests: 10,
				windowSeconds: 60,
				per: "address",
			},
			{
				api: "Interventions",
				what: "Everything",
				requests: 0,
				windowSeconds: 3_600,
				per: "address",
			},
		];
		open("#/settings/limits", engine);
		const rows = await screen.findAllByRole("row");
		expect(rows.slice(1).map((row) => row.textContent)).toEqual([
			"Incident PlatformSigning in1060 sAddress",
			"InterventionsEverythingNo limit1 hAddress",
		]);
	});

	test("none without listeners", async () => {
		open("#/settings/limits");
		expect(
			await screen.findByText(/does not listen for HTTP now/),
		).toBeTruthy();
	});
});

test("a viewer sees the keys, and neither makes nor revokes any", async () => {
	const engine = new FakeTenant(people("viewer"), "me");
	engine.keys.push({
		id: "k1",
		name: "scoring",
		prefix: "sk_live_Ab3d",
		createdAt: Date.now(),
		lastUsedAt: null,
		madeBy: "Bea",
		mayRevoke: false,
	});
	open("#/settings/keys", engine);
	expect(await rowOf("scoring")).toBeTruthy();
	expect(
		await screen.findByText(
			"You are a viewer; this needs the role engineer or more.",
		),
	).toBeTruthy();
	expect(screen.queryByRole("button", { name: /Make|Revoke/ })).toBeNull();
});
