// People are added, changed and turned off in the settings by keyboard alone, what is changed
// counts at once in every other window, and no section moves while its answer arrives.
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import type { RunningEngine } from "./engine-process.ts";
import { signIn, visit } from "./war-room.ts";

const password = "correct horse battery";

/** A window of its own in which a person signs in with a password. */
async function signInAs(
	browser: Browser,
	engine: RunningEngine,
	email: string,
	secret = password,
): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto(engine.api);
	await enter(page, email, secret);
	await expect(page.getByText("Connected")).toBeVisible();
	return page;
}

async function enter(page: Page, email: string, secret: string): Promise<void> {
	await page.getByLabel("Email").fill(email);
	await page.getByRole("textbox", { name: "Password" }).fill(secret);
	await page.keyboard.press("Enter");
}

test("a person is added by keyboard, promoted, and turned off, which ends their window", async ({
	engine,
	page,
	browser,
}) => {
	await signIn(page, engine);
	await visit(page, "#/settings/members");
	await page.getByRole("button", { name: "Add a person" }).focus();
	await page.keyboard.press("Enter");
	await expect(page.getByLabel("Name")).toBeFocused();
	await page.keyboard.type("Eve Arden");
	await page.keyboard.press("Tab");
	await page.keyboard.type("eve@example.org");
	await page.keyboard.press("Tab");
	await page.keyboard.type("v");
	await page.keyboard.press("Tab");
	await page.keyboard.type(password);
	await page.keyboard.press("Enter");
	const row = page.getByRole("row").filter({ hasText: "eve@example.org" });
	await expect(row).toBeVisible();
	await expect(
		page.getByRole("button", { name: "Add a person" }),
	).toBeFocused();

	const eve = await signInAs(browser, engine, "eve@example.org");
	await visit(eve, "#/settings/members");
	await expect(eve.getByText("you are a viewer")).toBeVisible();
	await expect(eve.getByRole("combobox")).toHaveCount(0);

	await page.getByLabel("Role of Eve Arden").selectOption("Admin");
	await expect(
		page.getByText("Eve Arden is an admin now").last(),
	).toBeVisible();
	await expect(eve.getByRole("button", { name: "Add a person" })).toBeVisible();

	await page.getByRole("button", { name: "Turn off Eve Arden" }).focus();
	await page.keyboard.press("Enter");
	await expect(row.getByText("Off", { exact: true })).toBeVisible();
	await expect(
		eve.getByRole("heading", { name: "Sign in to Tocsin" }),
	).toBeVisible({ timeout: 5_000 });
	await enter(eve, "eve@example.org", password);
	await expect(eve.getByText(/Address or password is wrong/)).toBeVisible();
	await eve.context().close();
});

test("a new password of one's own asks to sign in again with it", async ({
	engine,
	browser,
}) => {
	const client = await engine.client();
	await client.users.add({
		email: "ann@example.org",
		name: "Ann",
		password,
		role: "engineer",
	});
	const page = await signInAs(browser, engine, "ann@example.org");
	await visit(page, "#/settings/you");
	await page.getByLabel("Current password").fill(password);
	await page.getByLabel("New password").fill("another password");
	await page.getByLabel("Once more").fill("another password");
	await page.keyboard.press("Enter");
	await expect(
		page.getByRole("heading", { name: "Sign in to Tocsin" }),
	).toBeVisible({ timeout: 5_000 });
	await enter(page, "ann@example.org", "another password");
	await expect(page.getByText("Connected")).toBeVisible();
	await page.context().close();
});

test("nothing moves while a section's answer arrives", async ({
	engine,
	page,
}) => {
	await signIn(page, engine);
	await page.evaluate(() => {
		Object.assign(window, { shifts: [] });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				(window as unknown as { shifts: number[] }).shifts.push(
					(entry as unknown as { value: number }).value,
				);
			}
		}).observe({ type: "layout-shift" });
	});
	for (const [hash, words] of [
		["#/settings/members", "owner@localhost"],
		["#/settings/approvals", "What it means now"],
		["#/settings/keys", "No key yet"],
		["#/settings/limits", "Signing in with a password"],
		["#/settings/you", "Set a password"],
		["#/settings/machine", "Data folder"],
	] as const) {
		await visit(page, hash);
		await expect(page.getByText(words).first()).toBeVisible();
	}
	const shifts = await page.evaluate(
		() => (window as unknown as { shifts: number[] }).shifts,
	);
	expect(shifts.reduce((sum, each) => sum + each, 0)).toBeLessThan(0.02);
});
