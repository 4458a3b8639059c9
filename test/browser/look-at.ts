import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";

const schemes = ["light", "dark"] as const;
const sizes = [
	{ width: 1024, height: 700 },
	{ width: 1440, height: 900 },
];

/** Nothing that axe calls serious or critical, in both colour schemes, told from the window as the system would. */
export async function checkAccessibility(
	page: Page,
	what: string,
): Promise<void> {
	for (const scheme of schemes) await checkScheme(page, what, scheme);
}

/** Nothing serious for axe and nothing wider than the window; leaves pictures for people to look at. */
export async function lookAt(
	page: Page,
	info: TestInfo,
	name: string,
): Promise<void> {
	for (const scheme of schemes) {
		await checkScheme(page, name, scheme);
		for (const size of sizes) {
			await page.setViewportSize(size);
			// A layout that follows the window's width comes with one of the next frames.
			await expect.soft
				.poll(() => page.evaluate(wider), {
					message: `${name} at ${size.width}`,
				})
				.toEqual([]);
			await page.screenshot({
				path: info.outputPath(`${name}-${scheme}-${size.width}.png`),
			});
		}
	}
}

/** What makes the page wider than its window, the widest first; nothing when it is not. Runs in the page. */
function wider(): string[] {
	const { scrollWidth, clientWidth } = document.documentElement;
	if (scrollWidth <= clientWidth) return [];
	return [...document.querySelectorAll("body *")]
		.map((element) => [element.getBoundingClientRect().right, element] as const)
		.filter(([right]) => right > clientWidth)
		.sort(([a], [b]) => b - a)
		.slice(0, 5)
		.map(
			([right, { tagName, className }]) => `${tagName} ${className} ${right}`,
		)
		.concat(`${scrollWidth} of ${clientWidth} pixels`);
}

async function checkScheme(
	page: Page,
	what: string,
	colorScheme: (typeof schemes)[number],
): Promise<void> {
	await page.emulateMedia({ colorScheme });
	const { violations } = await new AxeBuilder({ page })
		// No frame is of another origin, and without a second page it takes half the time.
		.setLegacyMode(true)
		.analyze();
	const grave = violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.map(({ id, nodes }) => ({
			rule: id,
			nodes: nodes
				.slice(0, 3)
				.map(({ html, failureSummary }) => ({ html, failureSummary })),
		}));
	expect.soft(grave, `${what}, ${colorScheme}`).toEqual([]);
}
