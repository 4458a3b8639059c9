// No screen, empty or full, light or dark, breaks a rule that axe calls serious or critical;
// dialogs hold the keyboard and give it back; nothing moves for those who asked for stillness.
import type { Page } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import type { RunningEngine } from "./engine-process.ts";
import { checkAccessibility } from "./look-at.ts";
import { incidentRow, openIncidents, signIn, visit } from "./war-room.ts";

test("empty screens", async ({ engine, page }) => {
	test.setTimeout(180_000);
	await signIn(page, engine);
	for (const [hash, words] of [
		["#/triage", "Watch your first model"],
		["#/drift", "No models yet"],
		["#/import", "Drop a file of predictions or labels"],
		["#/settings/you", "Set a password"],
		["#/settings/members", "owner@localhost"],
		["#/settings/approvals", "What it means now"],
		["#/settings/keys", "No key yet"],
		["#/settings/limits", "Signing in with a password"],
		["#/settings/machine", "Data folder"],
		["#/alerts", "Connect a system that alerts"],
		["#/analytics", "Analytics"],
		["#/settings/integrations", "An integration is a monitoring"],
		["#/settings/alert-rules", "Add a rule"],
		["#/nowhere", "Tocsin"],
	] as const) {
		await visit(page, hash);
		await expect(page.getByText(words).first()).toBeAttached();
		await checkAccessibility(page, hash);
	}
});

test("full screens", async ({ demo, page }) => {
	test.setTimeout(180_000);
	await signIn(page, demo);
	const client = await demo.client();
	const [first] = (await client.incidents.list({ limit: 1 })).items;
	await client.keys.create({ name: "Scoring service" });
	await client.users.add({
		email: "ann@example.org",
		name: "Ann",
		password: "a password of hers",
		role: "admin",
	});
	for (const [hash, words] of [
		["#/triage?state=all", "Feature store lags"],
		[`#/incident/${first?.id}?state=all`, "Add note"],
		["#/drift/card-fraud-v3", "PSI over time"],
		["#/drift/card-fraud-v3?tab=evidence", "compared"],
		["#/drift/card-fraud-v3?tab=performance", "Performance"],
		["#/drift/card-fraud-v3?tab=monitor", "Warn from PSI"],
		["#/settings", "API keys"],
		["#/settings/keys", "Scoring service"],
		["#/settings/members", "Turn off"],
		["#/analytics", "Analytics"],
		[`#/incident/${first?.id}/hypotheses?state=all`, "Hypotheses"],
		[`#/incident/${first?.id}/alerts?state=all`, "Alerts"],
	] as const) {
		await visit(page, hash);
		await expect(page.getByText(words).first()).toBeVisible();
		await checkAccessibility(page, hash);
	}
});

test("dialogs, menus and toasts", async ({ demo, page }) => {
	test.setTimeout(120_000);
	await signIn(page, demo);
	await expect(incidentRow(page, "card-fraud")).toBeVisible();
	await page.keyboard.press("j");
	for (const key of ["s", "o", "n", "?", "Control+k"]) {
		await page.keyboard.press(key);
		const dialog = page.getByRole("dialog");
		await expect(dialog).toBeVisible();
		await checkAccessibility(page, `the dialog of ${key}`);
		await page.keyboard.press("Escape");
		await expect(dialog).toBeHidden();
	}
	await page.getByRole("button", { name: "Filter", exact: true }).click();
	await checkAccessibility(page, "the filter menu");
	await page.keyboard.press("Escape");
	await page.keyboard.press("a");
	await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
	await checkAccessibility(page, "the undo toast");
	await visit(page, "#/settings/members");
	await page.getByRole("button", { name: "Add a person" }).click();
	await page.getByRole("button", { name: "Add", exact: true }).click();
	await expect(page.getByText("Enter a name.")).toBeVisible();
	await checkAccessibility(page, "the dialog of a new person");
});

test("signed out and offline", async ({ engine, page, browser }) => {
	await signIn(page, engine);
	await engine.kill();
	await expect(page.getByText(/Offline since/)).toBeVisible();
	await checkAccessibility(page, "offline");
	await engine.restart();
	const stranger = await (await browser.newContext()).newPage();
	await stranger.goto(engine.api);
	await expect(stranger.getByRole("button", { name: /Sign in/ })).toBeVisible();
	await checkAccessibility(stranger, "sign-in");
	await stranger.context().close();
});

test("a dialog holds the keyboard, closes on Escape and gives it back", async ({
	engine,
	page,
}) => {
	await withIncident(engine, page);
	const search = page.getByRole("textbox", { name: "Search incidents" });
	for (const [key, name] of [
		["n", /Note on/],
		["s", /Severity of/],
		["?", "Keys"],
	] as const) {
		await page.keyboard.press(key);
		const dialog = page.getByRole("dialog", { name });
		await expect(dialog).toBeVisible();
		for (let presses = 0; presses < 8; presses++) {
			await page.keyboard.press("Tab");
			await expect(dialog.locator(":focus")).toHaveCount(1);
		}
		await page.keyboard.press("Escape");
		await expect(dialog).toBeHidden();
		await expect(search).not.toBeFocused();
		// The list has the keyboard again.
		await page.keyboard.press("x");
		await expect(page.getByText("1 selected")).toBeVisible();
		await page.keyboard.press("x");
	}
});

test("Tab goes through the frame in reading order, and the first stop skips the rail", async ({
	engine,
	page,
}) => {
	await withIncident(engine, page);
	// A fresh page: whoever moves in the list has the keyboard there.
	await page.reload();
	await expect(incidentRow(page, "Ada")).toBeVisible();
	const stops: string[] = [];
	for (let presses = 0; presses < 9; presses++) {
		await page.keyboard.press("Tab");
		stops.push(
			await page.evaluate(() => {
				const { activeElement: at } = document;
				return (
					at?.getAttribute("aria-label") ??
					at?.textContent?.trim() ??
					at?.tagName ??
					""
				);
			}),
		);
	}
	expect(stops[0]).toBe("Skip to the page");
	expect(stops.slice(2, 9).map((stop) => stop.split(",")[0])).toEqual([
		"Triage",
		"Alerts",
		"Drift",
		"Playbooks",
		"Analytics",
		"Import",
		"Settings",
	]);
	await page.locator("body").click({ position: { x: 5, y: 5 } });
	await page.reload();
	await expect(page.getByText("Connected")).toBeVisible();
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await expect(page.locator("#page")).toBeFocused();
});

test("says aloud what a verb did, and what came in", async ({
	engine,
	page,
}) => {
	const client = await withIncident(engine, page);
	await page.keyboard.press("a");
	await expect(
		page.getByRole("status").filter({ hasText: "#1 acknowledged" }),
	).toHaveCount(1);
	await client.incidents.create({ title: "Everything is down", severity: 1 });
	await expect(
		page.locator('[aria-live="assertive"]').filter({
			hasText: "New critical incident: Everything is down",
		}),
	).toHaveCount(1);
	const grid = page.getByRole("grid", { name: "Incidents" });
	await expect(grid).toHaveAttribute("aria-activedescendant", /incident-/);
	await expect(grid).toHaveAttribute("aria-rowcount", "2");
});

test("nothing moves where motion is not wanted", async ({ demo, page }) => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	await signIn(page, demo);
	await visit(page, "#/drift/card-fraud-v3");
	await expect(page.getByText("PSI over time").first()).toBeVisible();
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog")).toBeVisible();
	expect(
		await page.evaluate(() =>
			document
				.getAnimations()
				.filter((each) => Number(each.effect?.getComputedTiming().duration) > 0)
				.map((each) => `${each.constructor.name} ${each.id}`),
		),
	).toEqual([]);
});

async function withIncident(engine: RunningEngine, page: Page) {
	const client = await engine.client();
	await openIncidents(client, ["Ada"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	await page.keyboard.press("j");
	return client;
}
