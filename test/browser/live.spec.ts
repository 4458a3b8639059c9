// What happens in the engine is seen in every window without asking, and what a person reads
// does not move while they read it.
import { expect, test } from "./engine-fixture.ts";
import {
	incidentRow,
	openIncidents,
	shownTitles,
	signIn,
	visit,
} from "./war-room.ts";

test("a posted prediction appears among the models, and its count runs on", async ({
	engine,
	page,
}) => {
	await signIn(page, engine);
	await visit(page, "#/drift");
	await expect(page.getByText("No models yet")).toBeVisible();
	await engine.post("/v1/events/prediction", {
		model_id: "churn-v1",
		score: 0.5,
	});
	const row = page.locator('a[data-row="churn-v1"]');
	await expect(row).toContainText("1 event");
	for (let sent = 0; sent < 4; sent++) {
		await engine.post("/v1/events/prediction", {
			model_id: "churn-v1",
			score: 0.5,
		});
	}
	await expect(row).toContainText("5 events");
});

test("a new incident waits behind a pill while the list is read", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	await openIncidents(client, ["Ada", "Bea", "Cleo"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Cleo")).toBeVisible();
	await page.keyboard.press("j");
	const before = await incidentRow(page, "Bea").boundingBox();

	await openIncidents(client, ["Dora"], 1);
	const pill = page.getByRole("button", { name: "1 new" });
	await expect(pill).toBeVisible();
	expect(await shownTitles(page)).toEqual(["Cleo", "Bea", "Ada"]);
	expect(await incidentRow(page, "Bea").boundingBox()).toEqual(before);
	await expect(page.getByRole("alert").filter({ hasText: "Dora" })).toHaveText(
		/New critical incident: Dora/,
	);

	await openIncidents(client, ["Emma"]);
	await expect(page.getByRole("button", { name: "2 new" })).toBeVisible();
	await expect(
		page.getByRole("status").filter({ hasText: "Emma" }),
	).toHaveCount(1);
	await page.keyboard.press(".");
	expect(await shownTitles(page)).toEqual([
		"Dora",
		"Emma",
		"Cleo",
		"Bea",
		"Ada",
	]);
	await expect(page.getByRole("button", { name: /new$/ })).toBeHidden();
});

test("a frozen list stays still until it is let go", async ({
	engine,
	page,
}) => {
	const client = await engine.client();
	await openIncidents(client, ["Ada"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	await page.keyboard.press("Alt+Space");
	await expect(
		page.getByRole("button", { name: "Freeze the list" }),
	).toHaveAttribute("aria-pressed", "true");
	await openIncidents(client, ["Bea"]);
	await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
	await expect(incidentRow(page, "Bea")).toBeHidden();
	await page.keyboard.press("Alt+Space");
	await expect(incidentRow(page, "Bea")).toBeVisible();
});

test("two windows stay in step", async ({ engine, page, context }) => {
	const client = await engine.client();
	const [id] = await openIncidents(client, ["Ada"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	const second = await context.newPage();
	await second.goto(new URL(`/#/incident/${id}`, engine.api).href);
	await expect(
		second.getByRole("heading", { level: 2, name: "Ada" }),
	).toBeVisible();

	await page.keyboard.press("j");
	await page.keyboard.press("a");
	await expect(incidentRow(second, "Ada")).toContainText("Acknowledged");
	const timeline = second.getByRole("list", { name: "Timeline" });
	await expect(timeline).toContainText(/acknowledged/i);
	await second.locator("#incident-note").fill("Seen from the second window");
	await second.keyboard.press("Control+Enter");
	await page.keyboard.press("Enter");
	await expect(page.getByText("Seen from the second window")).toBeVisible();
	await second.locator("#incident-note").fill("And again, while it is open");
	await second.keyboard.press("Control+Enter");
	await expect(page.getByText("And again, while it is open")).toBeVisible();
	// Undo in the window that acted is seen in the other.
	await page.keyboard.press("Control+z");
	await expect(incidentRow(second, "Ada")).toContainText("Detected");
});

test("a killed engine is told of, changes are refused, and all is caught up when it is back", async ({
	engine,
	page,
}) => {
	const faults: Error[] = [];
	page.on("pageerror", (fault) => faults.push(fault));
	await openIncidents(await engine.client(), ["Ada"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	await engine.kill();
	const banner = page.getByText(/Offline since/);
	await expect(banner).toBeVisible();
	// What is known stays readable; what cannot be done is said and taken back.
	await page.keyboard.press("j");
	await page.keyboard.press("a");
	await expect(
		page.getByRole("alert").filter({ hasText: "The engine is not reachable" }),
	).not.toHaveCount(0);
	await expect(incidentRow(page, "Ada")).toContainText("Detected");

	await engine.restart();
	await openIncidents(await engine.client(), ["Bea"]);
	// The page may have come back by itself before the button could be pressed.
	await page
		.getByRole("button", { name: "Try now" })
		.click({ timeout: 3_000 })
		.catch(() => {});
	await expect(banner).toBeHidden({ timeout: 30_000 });
	await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
	await page.keyboard.press(".");
	await expect(incidentRow(page, "Bea")).toBeVisible();
	await page.keyboard.press("a");
	await expect(incidentRow(page, "Ada")).toContainText("Acknowledged");
	await engine.post("/v1/events/prediction", { model_id: "m", score: 0.1 });
	await page.keyboard.press("3");
	await expect(page.locator('a[data-row="m"]')).toContainText("1 event");
	expect(faults).toEqual([]);
});
