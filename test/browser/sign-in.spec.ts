// The address that `tocsin serve` prints signs in once, and the page it opens asks nobody
// but the engine for anything and breaks none of its own rules.
import { expect, test } from "./engine-fixture.ts";

test("the printed address signs in, once", async ({
	engine,
	page,
	browser,
}) => {
	await page.goto(engine.ui);
	await expect(
		page.getByRole("heading", { name: "Watch your first model" }),
	).toBeVisible();
	expect(page.url()).not.toContain("ticket");
	await page.reload();
	await expect(
		page.getByRole("heading", { name: "Watch your first model" }),
	).toBeVisible();

	const stranger = await (await browser.newContext()).newPage();
	await stranger.goto(engine.ui);
	await expect(
		stranger.getByRole("heading", { name: "Watch your first model" }),
	).toBeHidden();
	await stranger.context().close();
});

test("nothing is fetched from elsewhere and nothing is complained of", async ({
	engine,
	page,
}) => {
	const complaints: string[] = [];
	const hosts = new Set<string>();
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("request", (request) => {
		const { protocol, host } = new URL(request.url());
		if (protocol.startsWith("http")) hosts.add(host);
	});
	await page.goto(engine.ui);
	await engine.tocsin("demo");
	await expect(
		page.getByRole("row").filter({ hasText: "drift" }),
	).toBeVisible();
	await page.getByText("Drift", { exact: true }).first().click();
	await expect(page.getByText("card-fraud-v3").first()).toBeVisible();
	expect(complaints).toEqual([]);
	expect([...hosts]).toEqual([new URL(engine.api).host]);
});
