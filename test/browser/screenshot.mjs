// Makes the picture of the README from the real app: an engine on an empty data folder,
// the demo loaded, the triage screen as a person sees it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { buildWhenStale } from "../../resources/run/build-when-stale.mjs";
import { checkout } from "../../resources/run/checkout.mjs";
import { ensureBrowser } from "../runner/find-browser.mjs";
import { startEngine } from "./engine-process.ts";

const folder = join(checkout, "resources", "screenshots");
mkdirSync(folder, { recursive: true });
await buildWhenStale();
const executablePath = ensureBrowser();
if (executablePath === null) {
	process.stderr.write(
		"There is no Chromium, Chrome or Edge, and none could be installed. Name one with TOCSIN_BROWSER.\n",
	);
	process.exit(1);
}
const engine = await startEngine();
const browser = await chromium.launch({ executablePath });
try {
	await engine.tocsin("demo");
	const page = await browser.newPage({
		viewport: { width: 1440, height: 900 },
		colorScheme: "dark",
		locale: "en-GB",
		timezoneId: "UTC",
		reducedMotion: "reduce",
	});
	await page.goto(engine.ui);
	await page.getByText("All", { exact: true }).click();
	const incident = page
		.getByRole("row")
		.filter({ hasText: "Critical" })
		.first();
	await incident.click();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { level: 2 }).first().waitFor();
	await page.evaluate(() => document.fonts.ready);
	// Two frames: what the last answer changed has been painted.
	await page.evaluate(
		() =>
			new Promise((resolve) =>
				requestAnimationFrame(() => requestAnimationFrame(resolve)),
			),
	);
	const path = join(folder, "triage.png");
	await page.screenshot({ path });
	process.stdout.write(`${path}\n`);
} finally {
	await browser.close();
	await engine.stop();
}
