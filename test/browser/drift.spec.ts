// From a model's line to the numbers behind its verdict, and back to what the monitor is told.
import { alignedNumber } from "../../src-renderer/components/charts/number-words.ts";
import { expect, test } from "./engine-fixture.ts";
import { signIn, visit } from "./war-room.ts";

test("shows when the drift began, in which column, and the very bins of it", async ({
	demo,
	page,
}) => {
	await signIn(page, demo);
	await visit(page, "#/drift/card-fraud-v3");
	const story = page.getByRole("region", { name: "What happened" });
	await expect(story).toContainText(/amount/);
	await expect(page.locator("canvas, svg[role=img]").first()).toBeVisible();
	await story.getByRole("button", { name: "amount", exact: true }).click();
	await expect(page).toHaveURL(/column=amount/);
	await expect(page.getByText(/columns? compared/)).toBeVisible();

	const client = await demo.client();
	const history = await client.drift.history({ modelId: "card-fraud-v3" });
	const newest = history.at(-1);
	const evidence = await client.drift.evidence({
		driftId: newest?.driftId ?? "",
	});
	const amount = evidence.columns.find((each) => each.column === "amount");
	await expect(
		page.getByRole("row").filter({ hasText: "amount" }).first(),
	).toContainText(alignedNumber(amount?.psi.value ?? null));
	await page.keyboard.press("[");
	await expect(page).toHaveURL(/drift=/);
	await page.keyboard.press("]");
	await expect(page).not.toHaveURL(/drift=/);
	await page.keyboard.press("Alt+4");
	await expect(page).toHaveURL(/tab=monitor/);
});

test("assesses now, and says what came of it", async ({ demo, page }) => {
	await signIn(page, demo);
	await visit(page, "#/drift/chargeback-risk-v1");
	await page.getByRole("button", { name: "Assess now" }).click();
	await expect(
		page.getByRole("status").filter({ hasText: /Assessed: / }),
	).toHaveCount(1, { timeout: 20_000 });
	await expect(page.getByText("No assessment yet")).toBeHidden();
});

test("keeps new settings of a monitor, refuses contradictions, and takes them back", async ({
	demo,
	page,
}) => {
	const client = await demo.client();
	const monitor = async () =>
		(await client.models.get({ modelId: "card-fraud-v3" })).monitor;
	await signIn(page, demo);
	await visit(page, "#/drift/card-fraud-v3?tab=monitor");
	const warn = page.getByRole("textbox", { name: "Warn from PSI" });
	const save = page.getByRole("button", { name: "Save" });
	await expect(save).toBeDisabled();
	await warn.fill("0.9");
	await save.click();
	await expect(
		page.getByText(/Must be above the warn threshold/),
	).toBeVisible();
	expect((await monitor()).warnThreshold).toBe(0.1);

	await warn.fill("0.15");
	await save.click();
	await expect(
		page.getByText("The monitor's settings are saved").first(),
	).toBeVisible();
	expect((await monitor()).warnThreshold).toBe(0.15);
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(warn).toHaveValue("0.1");
	expect((await monitor()).warnThreshold).toBe(0.1);
});
