import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";

const sizes = [
	{ width: 1024, height: 700 },
	{ width: 1440, height: 900 },
];

/** Nothing serious for axe, nothing wider than the window; leaves pictures for people to look at. */
export async function lookAt(
	page: Page,
	info: TestInfo,
	name: string,
): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme });
		const { violations } = await new AxeBuilder({ page }).analyze();
		const serious = violations.filter(
			({ impact }) => impact === "serious" || impact === "critical",
		);
		expect(
			serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
			`${name}, ${colorScheme}`,
		).toEqual([]);
		for (const size of sizes) {
			await page.setViewportSize(size);
			const isWide = await page.evaluate(
				() => document.documentElement.scrollWidth > innerWidth,
			);
			expect(isWide, `${name} at ${size.width}`).toBe(false);
			await page.screenshot({
				path: info.outputPath(`${name}-${colorScheme}-${size.width}.png`),
			});
		}
	}
}
