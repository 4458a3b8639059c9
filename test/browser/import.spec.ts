// A file becomes predictions: how it is understood is shown first, what is not clear is asked,
// and rows that do not fit are kept out and named.
import { expect, test } from "./engine-fixture.ts";
import { signIn, visit } from "./war-room.ts";

test("asks which comes first in ambiguous dates, and reports rejected rows", async ({
	engine,
	page,
}) => {
	const lines = ["event_id,timestamp,score,amount,country"];
	for (let row = 1; row <= 40; row++) {
		const day = String((row % 12) + 1).padStart(2, "0");
		lines.push(
			`e${row},0${(row % 9) + 1}/${day}/2025 10:00,0.${row},${row}.5,DE`,
		);
	}
	lines.push("e41,03/04/2025 10:00,high,1.5,DE");
	lines.push("e42,never,0.4,1.5,DE");
	await signIn(page, engine);
	await visit(page, "#/import");
	await page.locator("input[type=file]").setInputFiles({
		name: "card fraud.csv",
		mimeType: "text/csv",
		buffer: Buffer.from(`${lines.join("\n")}\n`),
	});
	await expect(
		page.getByRole("heading", { name: "card fraud.csv" }),
	).toBeVisible();
	const start = page.getByRole("button", { name: /^Import .*rows/ });
	await expect(start).toBeDisabled();
	await page.getByRole("radio", { name: "Day first" }).check();
	await page.getByRole("textbox", { name: "Model" }).fill("card-fraud");
	await expect(start).toBeEnabled();
	await start.click();

	await expect(page.getByText("accepted", { exact: true })).toBeVisible({
		timeout: 20_000,
	});
	const counts = page.locator("dl").first();
	await expect(counts).toContainText("accepted40");
	await expect(counts).toContainText("rejected2");
	const rejected = page.getByRole("table", { name: "Rejected rows" });
	await expect(rejected).toContainText("42");
	await expect(rejected).toContainText("43");
	await page.getByRole("link", { name: "card-fraud" }).click();
	await expect(
		page.getByRole("heading", { level: 1, name: "card-fraud" }),
	).toBeVisible();
	await expect(page.locator('a[data-row="card-fraud"]')).toContainText(
		"40 events",
	);
	const [model] = await (await engine.client()).models.list();
	// Day first, the newest row is of 9 December; month first it were of September.
	expect(new Date(model?.lastSeenAt ?? 0).toISOString()).toBe(
		"2025-12-09T10:00:00.000Z",
	);
});

test("the same file again adds nothing, and a file that is none is refused in words", async ({
	engine,
	page,
}) => {
	const file = {
		name: "scores.csv",
		mimeType: "text/csv",
		buffer: Buffer.from(
			"model,timestamp,score\nm,2026-01-02T00:00:00Z,0.5\nm,2026-01-03T00:00:00Z,0.6\n",
		),
	};
	await signIn(page, engine);
	await visit(page, "#/import");
	const chooser = page.locator("input[type=file]");
	const start = page.getByRole("button", { name: /^Import .*rows/ });
	await chooser.setInputFiles(file);
	await start.click();
	const counts = page.locator("dl").first();
	await expect(counts).toContainText("accepted2");
	await page
		.getByRole("button", { name: "Import another file" })
		.first()
		.click();
	await chooser.setInputFiles(file);
	await expect(page.getByText("This file was imported before")).toBeVisible();
	await start.click();
	await expect(counts).toContainText("accepted0");
	await expect(counts).toContainText("already there2");

	await page
		.getByRole("button", { name: "Import another file" })
		.first()
		.click();
	await chooser.setInputFiles({
		name: "broken.parquet",
		mimeType: "application/octet-stream",
		buffer: Buffer.from("PAR1 this is no Parquet file"),
	});
	await expect(
		page.getByRole("alert").filter({ hasText: "could not be read" }),
	).toBeVisible();
});
