import { expect, type Locator, type Page } from "@playwright/test";
import type { EngineClient, RunningEngine } from "./engine-process.ts";

/** Signs the page in and waits until the war room shows something of the engine. */
export async function signIn(page: Page, engine: RunningEngine): Promise<void> {
	await page.goto(engine.ui);
	await expect(page.getByText("Connected")).toBeVisible();
}

/** Goes to an address after `#`, as a link would. */
export async function visit(page: Page, hash: string): Promise<void> {
	await page.evaluate((to) => {
		location.hash = to;
	}, hash);
}

/** The line of an incident in the triage list. */
export function incidentRow(page: Page, title: string): Locator {
	return page.getByRole("row").filter({ hasText: title });
}

/** The titles of the list from top to bottom, as they are seen. */
export function shownTitles(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>("tbody tr[aria-rowindex]")]
			.sort(
				(a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
			)
			.map(
				(row) => row.querySelector("[data-column=title]")?.textContent ?? "",
			),
	);
}

/** Opens an incident for each title, in order; all are of severity 3 unless said. */
export async function openIncidents(
	client: EngineClient,
	titles: readonly string[],
	severity: 1 | 2 | 3 | 4 | 5 = 3,
): Promise<string[]> {
	const ids: string[] = [];
	for (const title of titles) {
		ids.push((await client.incidents.create({ title, severity })).id);
	}
	return ids;
}
