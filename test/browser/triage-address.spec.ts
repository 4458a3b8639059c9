// What the list is narrowed to, and what is open, stands in the address: it can be linked,
// reloaded and gone back to.
import { expect, test } from "./engine-fixture.ts";
import {
	incidentRow,
	openIncidents,
	shownTitles,
	signIn,
	visit,
} from "./war-room.ts";

test("search, state, severity and sort come back after a reload", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	await openIncidents(client, ["Latency of scoring", "Latency of labels"]);
	await openIncidents(client, ["Nulls in amount", "Latency of export"], 2);
	await signIn(page, engine);
	await expect(incidentRow(page, "Nulls in amount")).toBeVisible();
	await page.keyboard.press("/");
	await page.keyboard.type("latency");
	await expect(page).toHaveURL(/q=latency/);
	expect(await shownTitles(page)).toEqual([
		"Latency of export",
		"Latency of labels",
		"Latency of scoring",
	]);
	await page.getByRole("button", { name: "Title" }).click();
	await page.getByRole("button", { name: "Title" }).click();
	await expect(page).toHaveURL(/sort=-title/);
	await page.getByRole("button", { name: "Filter", exact: true }).click();
	await page.getByRole("combobox", { name: "Severity" }).focus();
	await page.keyboard.press("ArrowDown");
	await page.getByRole("option", { name: /Medium/ }).click();
	await page.keyboard.press("Escape");
	await expect(page).toHaveURL(/severity=3/);
	const expected = ["Latency of scoring", "Latency of labels"];
	expect(await shownTitles(page)).toEqual(expected);

	await page.reload();
	await expect(incidentRow(page, "Latency of labels")).toBeVisible();
	expect(await shownTitles(page)).toEqual(expected);
	await expect(page.getByRole("textbox", { name: /Search/ })).toHaveValue(
		"latency",
	);
	await page.getByRole("button", { name: "Clear", exact: true }).click();
	await expect(incidentRow(page, "Latency of export")).toBeVisible();
	await expect(page).not.toHaveURL(/severity/);
});

test("a link to an incident opens it beside the list, and an unknown one says so", async ({
	engine,
	page,
}) => {
	const [, id] = await openIncidents(await engine.client(), ["Ada", "Bea"]);
	await signIn(page, engine);
	await visit(page, `#/incident/${id}?sort=title`);
	await expect(
		page.getByRole("heading", { level: 2, name: "Bea" }),
	).toBeVisible();
	expect(await shownTitles(page)).toEqual(["Ada", "Bea"]);
	await page.keyboard.press("a");
	await expect(incidentRow(page, "Bea")).toContainText("Acknowledged");

	await visit(page, "#/incident/0198c0de-0000-7000-8000-00000000abcd");
	await expect(page.getByText("This incident cannot be shown")).toBeVisible();
	await page.getByRole("button", { name: "Back to the list" }).click();
	await expect(incidentRow(page, "Ada")).toBeVisible();
});

test("models whose names need escaping keep their links", async ({
	engine,
	page,
}) => {
	const names = ["a/b?c#d%2F", "모델 ✓ é", "..", "%"];
	for (const model_id of names) {
		await engine.post("/v1/events/prediction", { model_id, score: 0.5 });
	}
	await signIn(page, engine);
	await page.keyboard.press("3");
	for (const name of names) {
		await page.getByRole("link").filter({ hasText: name }).first().click();
		await expect(
			page.getByRole("heading", { level: 1, name, exact: true }),
		).toBeVisible();
		await page.reload();
		await expect(
			page.getByRole("heading", { level: 1, name, exact: true }),
		).toBeVisible();
	}
});
