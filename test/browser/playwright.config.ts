import { join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "../runner/find-browser.mjs";

const checkout = resolve(import.meta.dirname, "../..");
const browser = findBrowser();
if (browser === null) {
	throw new Error(
		"There is no Chromium, Chrome or Edge. Run npm test, which installs one, or name one with TOCSIN_BROWSER.",
	);
}

export default defineConfig({
	testDir: ".",
	testMatch: "**/*.spec.ts",
	globalSetup: "../runner/quick-folder.ts",
	outputDir: join(checkout, "test-results"),
	// By itself it would take half the cores, which is one on a machine with two.
	workers: 2,
	forbidOnly: process.env.CI === "true",
	timeout: 60_000,
	use: {
		// Nobody presses two keys within a hundredth of a second, and a page may draw between them.
		launchOptions: { executablePath: browser, slowMo: 20 },
		locale: "en-GB",
		timezoneId: "UTC",
		viewport: { width: 1440, height: 900 },
	},
});
