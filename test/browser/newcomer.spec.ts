// A newcomer's first two minutes: the first command's address is opened, the demo loaded,
// the drifting model looked at and its incident acknowledged, by what the screen offers.
import { expect, test } from "./engine-fixture.ts";

test("from the first page to an acknowledged incident", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	async function picture(name: string) {
		const body = await page.screenshot();
		await info.attach(name, { body, contentType: "image/png" });
	}

	await page.goto(engine.ui);
	await expect(
		page.getByRole("heading", { name: "Load the demo" }),
	).toBeVisible();
	await picture("1 first page");

	await page.getByRole("button", { name: /demo/i }).click();
	const row = page.getByRole("row").filter({ hasText: "card-fraud" });
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
	await expect(page.getByText("amount").first()).toBeVisible();
	await picture("4 drifting model");

	await page.goBack();
	await page.keyboard.press("a");
	await expect(row).toContainText("Acknowledged");
	await picture("5 acknowledged");
});
