// Every verb of the triage has one key, every verb can be taken back, and none needs a mouse.
import { expect, test } from "./engine-fixture.ts";
import { incidentRow, openIncidents, shownTitles, signIn } from "./war-room.ts";

const titles = ["Ada", "Bea", "Cleo", "Dora"] as const;

test("moves, opens and goes through the states", async ({ engine, page }) => {
	await openIncidents(await engine.client(), titles);
	await signIn(page, engine);
	await expect(incidentRow(page, "Dora")).toBeVisible();
	expect(await shownTitles(page)).toEqual(["Dora", "Cleo", "Bea", "Ada"]);

	await page.keyboard.press("j");
	await page.keyboard.press("j");
	await page.keyboard.press("k");
	await page.keyboard.press("Enter");
	const opened = page.getByRole("heading", { level: 2, name: "Dora" });
	await expect(opened).toBeVisible();
	expect(page.url()).toContain("#/incident/");

	const row = incidentRow(page, "Dora");
	for (const [key, state] of [
		["a", "Acknowledged"],
		["i", "Investigating"],
		["m", "Mitigated"],
		["e", "Resolved"],
	] as const) {
		await page.keyboard.press(key);
		const pane = page.getByRole("region", { name: "Incident", exact: true });
		await expect(pane.getByRole("banner").or(pane)).toContainText(state);
	}
	await page.keyboard.press("Escape");
	await expect(opened).toBeHidden();
	// A resolved incident leaves the open ones.
	await expect(row).toBeHidden();
	await page.keyboard.press("Control+z");
	await expect(row).toContainText("Mitigated");
});

test("a verb moves the cursor on, and undo is a new event, not an erasure", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	const [ada] = await openIncidents(client, ["Ada", "Bea"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Bea")).toBeVisible();
	await page.keyboard.press("j");
	await page.keyboard.press("a");
	await page.keyboard.press("a");
	await expect(incidentRow(page, "Ada")).toContainText("Acknowledged");
	await expect(incidentRow(page, "Bea")).toContainText("Acknowledged");
	await page
		.getByRole("alert")
		.filter({ hasText: "#1 acknowledged" })
		.getByRole("button", { name: "Undo" })
		.click();
	await expect(
		page.getByText("Undone: #1 acknowledged").first(),
	).toBeAttached();
	await expect(incidentRow(page, "Ada")).toContainText("Detected");
	await expect(incidentRow(page, "Bea")).toContainText("Acknowledged");
	const { timeline } = await client.incidents.get({ id: ada ?? "" });
	expect(timeline.map((event) => event.kind)).toEqual([
		"opened",
		"state_changed",
		"undone",
	]);
});

test("selects with x, shift and Control A, and acts on all of it", async ({
	engine,
	page,
}) => {
	await openIncidents(await engine.client(), titles);
	await signIn(page, engine);
	await expect(incidentRow(page, "Dora")).toBeVisible();
	await page.keyboard.press("j");
	await page.keyboard.press("x");
	await page.keyboard.press("Shift+J");
	await page.keyboard.press("Shift+J");
	await expect(page.getByText("3 selected")).toBeVisible();
	await page.keyboard.press("s");
	const picker = page.getByRole("dialog", { name: /Severity of 3 incidents/ });
	await expect(picker).toBeVisible();
	await page.keyboard.press("1");
	await expect(picker).toBeHidden();
	for (const title of ["Bea", "Cleo", "Dora"]) {
		await expect(incidentRow(page, title)).toContainText("Critical");
	}
	await expect(incidentRow(page, "Ada")).not.toContainText("Critical");

	await page.keyboard.press("Escape");
	await page.keyboard.press("Control+a");
	await expect(page.getByText("4 selected")).toBeVisible();
	await page.keyboard.press("o");
	await expect(
		page.getByRole("dialog", { name: /Owner of 4 incidents/ }),
	).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(page.getByText(/^4 incidents given to [^.]*$/)).toBeVisible();
});

test("writes a note with two keys, and one about an earlier moment", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	const [id] = await openIncidents(client, ["Ada"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	await page.keyboard.press("j");
	await page.keyboard.press("n");
	const dialog = page.getByRole("dialog", { name: "Note on #1" });
	await expect(dialog.getByRole("textbox", { name: "Note" })).toBeFocused();
	await page.keyboard.type("Keys: j, a and ? are letters here.");
	await page.keyboard.press("Control+Enter");
	await expect(dialog).toBeHidden();

	await page.keyboard.press("Enter");
	await expect(
		page.getByText("Keys: j, a and ? are letters here."),
	).toBeVisible();
	await page.keyboard.press("n");
	await expect(page.locator("#incident-note")).toBeFocused();
	await page.keyboard.type("Second");
	await page.keyboard.press("Control+Enter");
	await expect(
		page.getByRole("list", { name: "Timeline" }).getByText("Second"),
	).toBeVisible();
	const { timeline, state } = await client.incidents.get({ id: id ?? "" });
	expect(state).toBe("detected");
	expect(timeline.filter((event) => event.kind === "note")).toHaveLength(2);
});

test("the palette finds incidents, models, pages and verbs", async ({
	demo,
	page,
}) => {
	await signIn(page, demo);
	await page.keyboard.press("Control+k");
	const search = page.getByPlaceholder(/Go to, do, or find/);
	await expect(search).toBeFocused();
	await search.fill("feature store");
	await expect(
		page.getByRole("dialog").getByText(/Feature store lags/),
	).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(
		page.getByRole("heading", { level: 2, name: /Feature store lags/ }),
	).toBeVisible();

	await page.keyboard.press("Control+k");
	await search.fill("chargeback-risk-v1");
	await page.getByRole("dialog").getByText("chargeback-risk-v1").last().click();
	await expect(
		page.getByRole("heading", { level: 1, name: "chargeback-risk-v1" }),
	).toBeVisible();

	await page.keyboard.press("Control+k");
	await search.fill("settings");
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(/#\/settings/);
	await page.keyboard.press("Control+k");
	await page.keyboard.press("Escape");
	await expect(search).toBeHidden();
});

test("? lists every key there is", async ({ demo, page }) => {
	await signIn(page, demo);
	await page.keyboard.press("?");
	const help = page.getByRole("dialog", { name: "Keys" });
	for (const words of [
		"Next incident",
		"Acknowledge",
		"Resolve",
		"Set severity",
		"Set owner",
		"Write a note",
		"Undo",
		"Freeze the list",
		"Go to Drift",
	]) {
		await expect(help.getByText(words, { exact: true })).toBeVisible();
	}
	await page.keyboard.press("Escape");
	await expect(help).toBeHidden();
});
