// A rule that a person writes by keyboard decides about the next alert; a mute keeps alerts quiet
// until it is ended, and what still fires then opens its incident; an alert is moved out of an
// incident and back. All of it on a real engine, in both colour schemes and at two sizes.
import { expect, test } from "./engine-fixture.ts";
import { lookAt } from "./look-at.ts";
import { incidentRow, signIn, visit } from "./war-room.ts";
import { connect, send } from "./webhook-sender.ts";

const firing = (name: string) => ({
	name,
	status: "firing",
	severity: "page",
	labels: { team: "payments" },
	summary: `${name} of the payments`,
});

test("a rule written by keyboard says what becomes of the next alert", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	const webhook = await connect(engine, "Jobs");
	const loud = (name: string) => ({ ...firing(name), severity: "loud" });
	await send(webhook, { ...loud("Earlier"), labels: { team: "search" } });
	await signIn(page, engine);
	await visit(page, "#/settings/alert-rules");
	await expect(page.getByText("What is left", { exact: true })).toBeVisible();
	await lookAt(page, info, "rules-default");

	await page.getByRole("button", { name: "Add a rule" }).focus();
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: "Add a rule" });
	await expect(
		dialog.getByText("It takes 1 of 1 alert: 1 incident."),
	).toBeVisible();
	await page.keyboard.type("Payments");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.keyboard.type("team");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	await page.keyboard.type("payments");
	await expect(dialog.getByText("It takes 0 of 1 alert.")).toBeVisible();
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.keyboard.type("loud");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Space");
	await expect(page.getByRole("option", { name: "Critical" })).toBeVisible();
	// Where the arrows begin, Mantine looks up in a timer after it has opened the list.
	await page.evaluate(() => new Promise((done) => setTimeout(done, 20)));
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("Enter");
	await expect(
		dialog.getByRole("combobox", { name: "What loud means" }),
	).toHaveValue("Critical");
	await lookAt(page, info, "rule-dialog");
	await page.keyboard.press("Control+Enter");
	await expect(dialog).toBeHidden();
	const table = page.getByRole("table", { name: "Alert rules" });
	await expect(table.getByRole("row").nth(1)).toContainText('team="payments"');
	await lookAt(page, info, "rules");

	await send(webhook, loud("CardsDeclined"));
	await visit(page, "#/triage");
	await expect(incidentRow(page, "CardsDeclined")).toContainText("Critical");
	await expect(incidentRow(page, "Earlier")).not.toContainText("Critical");
});

test("a rule that cannot be is refused at its field", async ({
	engine,
	page,
}) => {
	await signIn(page, engine);
	await visit(page, "#/settings/alert-rules");
	await page.getByRole("button", { name: "Add a rule" }).click();
	const dialog = page.getByRole("dialog", { name: "Add a rule" });
	await dialog.getByRole("button", { name: "Add a condition" }).click();
	await page.keyboard.type("team");
	await dialog.getByRole("combobox", { name: "How it is compared" }).click();
	await page.getByRole("option", { name: "matches", exact: true }).click();
	await dialog.getByRole("textbox", { name: "Value" }).fill("(pay");
	await expect(
		dialog.getByText(/^Not a usable regular expression/),
	).toBeVisible();
	await dialog
		.getByRole("button", { name: "Add", exact: false })
		.last()
		.click();
	await expect(dialog.getByText(/^It was not saved/)).toBeVisible();
	await expect(dialog.getByText("Enter something here.")).toBeVisible();
});

test("a mute keeps quiet until it is ended, and a window opens by the clocks of a place", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	const webhook = await connect(engine, "Jobs");
	await signIn(page, engine);
	await visit(page, "#/settings/alert-rules");
	await page.getByRole("button", { name: "Add a mute" }).click();
	await page.keyboard.type('team="payments"');
	await page.getByRole("textbox", { name: "Why" }).fill("Migration");
	await lookAt(page, info, "mute-dialog");
	await page.getByRole("button", { name: "Mute", exact: true }).click();
	await expect(page.getByText("Migration")).toBeVisible();
	await send(webhook, firing("LedgerBehind"));
	const mute = page.getByRole("row").filter({ hasText: "Migration" });
	await expect(mute).toContainText("1");

	await page.getByRole("button", { name: "Add a window" }).click();
	const dialog = page.getByRole("dialog", { name: "Add a window" });
	await page.keyboard.type("Backups");
	await dialog.getByText("Every week").click();
	await dialog
		.getByRole("combobox", { name: "By the clocks of" })
		.fill("Berlin");
	await page.getByRole("option", { name: "Europe/Berlin" }).click();
	await expect(
		dialog.getByText("Sun 02:00 to 04:00, Europe/Berlin"),
	).toBeVisible();
	await dialog.getByRole("button", { name: "Add a condition" }).click();
	await page.keyboard.type("team");
	await dialog.getByRole("textbox", { name: "Value" }).fill("payments");
	await expect(
		dialog.getByText("1 alert that fires now matches"),
	).toBeVisible();
	await lookAt(page, info, "window-dialog");
	await dialog.getByRole("button", { name: "Add", exact: true }).click();
	const window = page.getByRole("row").filter({ hasText: "Backups" });
	await expect(window).toContainText("Next");
	await lookAt(page, info, "quiet");

	await visit(page, "#/alerts");
	await expect(
		page.getByRole("row").filter({ hasText: "LedgerBehind" }),
	).toContainText("Quiet");
	await visit(page, "#/settings/alert-rules");
	await mute.getByRole("button", { name: "End it" }).click();
	await expect(mute).toContainText("Over");
	await visit(page, "#/triage");
	await expect(incidentRow(page, "LedgerBehind")).toBeVisible();
});

test("an alert is moved out of an incident, back by undo, and to a new incident", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	const webhook = await connect(engine, "Jobs");
	await send(webhook, [
		{ ...firing("CardsDeclined"), severity: "critical" },
		{ ...firing("LedgerBehind"), severity: "critical" },
	]);
	await signIn(page, engine);
	await expect(page.getByRole("row")).not.toHaveCount(1);
	const client = await engine.client();
	const [project] = await client.projects.list();
	const found = await client.alerts.list({ projectId: project?.id ?? "" });
	const moved = found.items[0];
	await visit(page, `#/incident/${moved?.incidentId}/alerts`);
	const move = page.getByRole("button", { name: `Move ${moved?.name}…` });
	await move.click();
	await expect(page.getByRole("dialog")).toContainText("A new incident");
	await lookAt(page, info, "place-dialog");
	await page.keyboard.press("2");
	await expect(move).toHaveCount(0);
	await page.getByRole("button", { name: /^Undo/ }).click();
	await expect(move).toBeVisible();
	await lookAt(page, info, "incident-alerts");
	await visit(page, `#/alerts/${moved?.id}?view=all`);
	await expect(
		page.getByRole("heading", { name: moved?.name ?? "?" }),
	).toBeVisible();
	await page.keyboard.press("p");
	await expect(page.getByRole("dialog")).toContainText("No incident");
	await page.keyboard.press("1");
	await expect(page.getByText(/put to a new incident$/)).toBeVisible();
	const after = await client.alerts.get({
		projectId: project?.id ?? "",
		id: moved?.id ?? "",
	});
	expect(after.incidentId).not.toBe(moved?.incidentId);
	// What comes in while the list is looked at waits to be let in.
	await expect(page.getByRole("button", { name: /3 open/ })).toBeVisible();
	await visit(page, "#/triage");
	// The incident that it left keeps its name.
	await expect(incidentRow(page, moved?.name ?? "?")).toHaveCount(2);
});
