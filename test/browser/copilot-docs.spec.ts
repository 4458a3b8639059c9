// The pages that document the SRE Copilot, in a browser: Swagger UI at /docs, ReDoc at /redoc,
// and the four services' own pages, all render every operation they are for from this machine
// alone. No request leaves the page's own listener, and nothing breaks its policy.
import type { Page } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import { startEngine } from "./engine-process.ts";

/** Notes requests to elsewhere, and faults. */
function watch(page: Page, origin: string): string[] {
	const faults: string[] = [];
	page.on("request", (request) => {
		const url = new URL(request.url());
		// ReDoc and Swagger UI draw with pictures and workers made on the page itself.
		if (["data:", "blob:"].includes(url.protocol)) return;
		if (url.origin !== origin) faults.push(`asked ${request.url()}`);
	});
	page.on("websocket", (socket) => faults.push(`opened ${socket.url()}`));
	page.on("console", (message) => {
		if (message.type() === "error") faults.push(message.text());
	});
	page.on("pageerror", (error) => faults.push(error.message));
	return faults;
}

async function operationsAt(page: Page, origin: string): Promise<string[]> {
	const document = await (
		await page.request.get(`${origin}/openapi.json`)
	).json();
	return Object.values<Record<string, { summary?: string }>>(
		document.paths,
	).flatMap((path) => Object.values(path).map(({ summary = "" }) => summary));
}

test("/docs lists every operation, and one can be tried", async ({
	engine,
	page,
}) => {
	const faults = watch(page, engine.copilot);
	await page.goto(`${engine.copilot}/docs`);
	const operations = await operationsAt(page, engine.copilot);
	await expect(page.locator(".opblock")).toHaveCount(operations.length);
	await page
		.locator(".opblock", { hasText: "/api/v1/auth/me" })
		.first()
		.click();
	await page.getByRole("button", { name: "Try it out" }).click();
	await page.getByRole("button", { name: "Execute", exact: true }).click();
	await expect(page.locator(".live-responses-table")).toContainText("401");
	expect(faults.filter((fault) => !fault.includes("401"))).toEqual([]);
});

test("/redoc lists every operation", async ({ engine, page }) => {
	const faults = watch(page, engine.copilot);
	await page.goto(`${engine.copilot}/redoc`);
	await expect(page).toHaveTitle("Tocsin: SRE Copilot");
	const operations = await operationsAt(page, engine.copilot);
	const headings = page.locator("h2", {
		has: page.locator('a[href*="/operation/"]'),
	});
	// All of it is drawn at once, which takes a slow machine its time.
	await expect(headings).toHaveCount(operations.length, { timeout: 30_000 });
	for (const summary of operations) {
		await expect(headings.filter({ hasText: summary }).first()).toBeAttached();
	}
	expect(faults).toEqual([]);
});

test("the services' own pages list their parts, and send nothing", async ({
	page,
}) => {
	const engine = await startEngine(null, ["--service-docs=0,0,0,0"]);
	try {
		expect(engine.serviceDocs).toHaveLength(4);
		for (const address of engine.serviceDocs ?? []) {
			const { origin } = new URL(address);
			const own = await page.context().newPage();
			const faults = watch(own, origin);
			await own.goto(address);
			const operations = await operationsAt(own, origin);
			await expect(own.locator(".opblock")).toHaveCount(operations.length);
			await own.locator(".opblock").first().click();
			await expect(own.getByRole("button", { name: "Try it out" })).toHaveCount(
				0,
			);
			expect(faults).toEqual([]);
			await own.close();
		}
	} finally {
		await engine.stop();
	}
});
