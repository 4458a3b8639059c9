// A newcomer's first two minutes: the first command's address is opened, the demo loaded,
// the drifting model looked at and its incident acknowledged, by what the screen offers.
import type { Page, TestInfo } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import { incidentRow } from "./war-room.ts";

const twoMinutes = 120_000;

test("from the first page to an acknowledged incident", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(twoMinutes);
	const started = Date.now();
	const picture = pictures(page, info);

	await page.goto(engine.ui);
	await expect(
		page.getByRole("heading", { name: "Load the demo" }),
	).toBeVisible();
	await picture("1 first page");

	await page.getByRole("button", { name: "Load the demo" }).click();
	const row = incidentRow(page, "card-fraud");
	await expect(row).toBeVisible({ timeout: 60_000 });
	await expect(row).toContainText("Critical");
	await expect(row).toContainText("Detected");
	await picture("2 demo loaded");

	await row.click();
	await expect(
		page.getByRole("heading", { level: 2, name: /drift in card-fraud/ }),
	).toBeVisible();
	await picture("3 incident opened");

	await page
		.getByRole("link", { name: /card-fraud/ })
		.first()
		.click();
	await expect(
		page.getByRole("heading", { level: 1, name: "card-fraud-v3" }),
	).toBeVisible();
	await expect(page.getByText("amount").first()).toBeVisible();
	await picture("4 drifting model");

	await page.goBack();
	await expect(row).toBeVisible();
	await page.keyboard.press("a");
	await expect(row).toContainText("Acknowledged");
	await picture("5 acknowledged");
	expect(Date.now() - started).toBeLessThan(twoMinutes);
});

test("the same without a mouse", async ({ engine, page }) => {
	test.setTimeout(twoMinutes);
	const started = Date.now();
	await page.goto(engine.ui);
	const load = page.getByRole("button", { name: "Load the demo" });
	await expect(load).toBeVisible();
	for (let presses = 0; presses < 30; presses++) {
		await page.keyboard.press("Tab");
		if (await load.evaluate((each) => each === document.activeElement)) break;
	}
	await expect(load).toBeFocused();
	await page.keyboard.press("Enter");
	const row = incidentRow(page, "card-fraud");
	await expect(row).toBeVisible({ timeout: 60_000 });

	await page.keyboard.press("3");
	const model = page.locator('a[data-row="card-fraud-v3"]');
	await expect(model).toContainText("Critical");
	await page.keyboard.press("j");
	await page.keyboard.press("Enter");
	await expect(
		page.getByRole("heading", { level: 1, name: "card-fraud-v3" }),
	).toBeVisible();

	await page.keyboard.press("1");
	await expect(row).toBeVisible();
	await page.keyboard.press("j");
	await page.keyboard.press("a");
	await expect(row).toContainText("Acknowledged");
	expect(Date.now() - started).toBeLessThan(twoMinutes);
});

function pictures(page: Page, info: TestInfo) {
	return async (name: string): Promise<void> => {
		const path = info.outputPath(`${name}.png`);
		await page.screenshot({ path });
		await info.attach(name, { path, contentType: "image/png" });
	};
}
