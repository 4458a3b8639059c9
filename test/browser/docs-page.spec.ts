// The documentation page renders every operation from this machine alone: no request leaves
// it, nothing breaks its policy, nobody needs to sign in, and an operation can be tried.
import { expect, test } from "./engine-fixture.ts";

test("lists the operations of every API and asks no other machine", async ({
	engine,
	page,
}) => {
	const outside: string[] = [];
	const faults: string[] = [];
	page.on("request", (request) => {
		const { protocol, origin } = new URL(request.url());
		if (protocol !== "data:" && origin !== engine.api) {
			outside.push(request.url());
		}
	});
	page.on("console", (message) => {
		if (message.type() === "error") faults.push(message.text());
	});
	page.on("pageerror", (error) => faults.push(error.message));
	await page.goto(`${engine.api}/docs`);
	await expect(page).toHaveTitle("Tocsin APIs");
	const document = await (
		await page.request.get(`${engine.api}/openapi.json`)
	).json();
	const operations = Object.values<object>(document.paths).flatMap((path) =>
		Object.keys(path),
	);
	await expect(page.locator(".opblock")).toHaveCount(operations.length);
	for (const { name } of document.tags) {
		await expect(page.getByRole("heading", { name })).toBeVisible();
	}

	await page.locator(".opblock", { hasText: "/api/v1/auth/token" }).click();
	await page.getByRole("button", { name: "Try it out" }).click();
	await page.getByRole("button", { name: "Execute", exact: true }).click();
	await expect(page.locator(".live-responses-table")).toContainText("401");
	expect(outside).toEqual([]);
	expect(faults.filter((fault) => !fault.includes("401"))).toEqual([]);
});
