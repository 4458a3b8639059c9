// On a real engine: causes are judged by key and taken back, projects are made, switched and
// peopled by keyboard, and the figures of a project are its own. axe finds nothing serious.
import { expect, test } from "./engine-fixture.ts";
import { checkAccessibility } from "./look-at.ts";
import { incidentRow, openIncidents, signIn, visit } from "./war-room.ts";

test("a hypothesis is judged by key, opens its evidence, and the verdict is undone", async ({
	demo,
	page,
}) => {
	const client = await demo.client();
	const { items } = await client.incidents.list({ limit: 50 });
	const id = items.find(({ title }) => /led by amount/.test(title))?.id ?? "";
	await client.hypotheses.generate({ incidentId: id });
	await signIn(page, demo);
	await visit(page, `#/incident/${id}`);
	await expect(
		page.getByRole("heading", { level: 2, name: /led by amount/ }),
	).toBeVisible();
	await page.keyboard.press("w");
	const first = page.getByRole("button", { name: /^Rank 1/ });
	await expect(first).toHaveAttribute("aria-expanded", "true");
	await expect(
		page.getByRole("img", { name: /^Confidence \d+ %; nine of ten/ }),
	).not.toHaveCount(0);
	await checkAccessibility(page, "hypotheses");

	await page.keyboard.press("y");
	await expect(first).toContainText("accepted by you");
	await page.getByRole("button", { name: "Undo" }).last().click();
	await expect(first).not.toContainText("by you");
	const report = await client.hypotheses.forIncident({ incidentId: id });
	expect(report.items[0]?.feedback).toEqual([]);

	await page
		.getByRole("region", { name: "For it" })
		.getByRole("link")
		.first()
		.click();
	await expect(page).toHaveURL(/#\/(drift|incident|alerts|playbooks)/);
});

test("without evidence there is no hypothesis, and what would give some is said", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	const [id = ""] = await openIncidents(client, ["Ada"]);
	await client.hypotheses.generate({ incidentId: id });
	await signIn(page, engine);
	await visit(page, `#/incident/${id}/hypotheses`);
	await expect(page.getByText("No evidence, no hypothesis")).toBeVisible();
	await checkAccessibility(page, "no hypotheses");
});

test("a project is made and switched to by keyboard, remembered, and has its own incidents and people", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	await openIncidents(client, ["Ada"]);
	await client.users.add({
		email: "ann@example.org",
		name: "Ann Arden",
		password: "correct horse battery",
		role: "engineer",
	});
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	await page.keyboard.press("Shift+P");
	await page.keyboard.type("make");
	// Who may make one is known when the session is, a moment after the first rows.
	await expect(
		page.getByRole("option", { name: "Make a project" }),
	).toBeVisible();
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: "Make a project" });
	await expect(dialog.getByLabel("Name")).toBeFocused();
	await page.keyboard.type("Checkout");
	await page.keyboard.press("Enter");
	await expect(dialog).toBeHidden();
	const tile = page.getByRole("button", { name: "Project Checkout, switch" });
	await expect(tile).toBeVisible();
	await expect(incidentRow(page, "Ada")).toBeHidden();

	await visit(page, "#/settings/projects");
	await page.getByLabel("Add by address").fill("ann@example.org");
	await page.keyboard.press("Enter");
	const ann = page.getByRole("row").filter({ hasText: "Ann Arden" });
	await expect(ann).toBeVisible();
	await ann
		.getByLabel("Role of Ann Arden in the project")
		.selectOption("viewer");
	await expect(
		page.getByText("Ann Arden is a viewer of Checkout now", { exact: true }),
	).toBeVisible();
	await ann.getByRole("button", { name: /^Remove/ }).click();
	await expect(ann).toBeHidden();
	await page
		.getByRole("alert")
		.filter({ hasText: "Ann Arden is no longer in Checkout" })
		.getByRole("button", { name: "Undo" })
		.click();
	await expect(ann).toBeVisible();
	await checkAccessibility(page, "members");

	await page.reload();
	await expect(tile).toBeVisible();
	await page.keyboard.press("Control+k");
	await page
		.getByPlaceholder(/Go to, do, or find/)
		.fill("switch to project default");
	await page.keyboard.press("Enter");
	await expect(tile).toBeHidden();
	await visit(page, "#/triage");
	await expect(incidentRow(page, "Ada")).toBeVisible();
});

test("the figures are of the chosen days, with a table beside each chart", async ({
	demo,
	page,
}) => {
	const client = await demo.client();
	const { items } = await client.incidents.list({ limit: 50 });
	await signIn(page, demo);
	await visit(page, "#/analytics?days=90");
	const figures = page.getByRole("region", { name: "Figures" });
	await expect(
		figures.getByText("Incidents", { exact: true }).first(),
	).toBeVisible();
	await expect(figures.getByRole("definition").first()).toContainText(
		String(items.length),
	);
	await checkAccessibility(page, "analytics");
	await page
		.getByRole("figure", { name: "Incidents by day" })
		.getByRole("button")
		.first()
		.click();
	await expect(
		page.getByRole("table", { name: "Incidents by day" }),
	).toBeVisible();

	await visit(page, "#/analytics?from=2025-01-01&to=2025-01-21");
	await expect(
		page.getByText("No incidents in these days").first(),
	).toBeVisible();
	await checkAccessibility(page, "analytics of empty days");
});
