// A monitoring system is connected by a person in the settings, and from then on what it sends
// appears in the inbox while one looks, to be decided by key and taken back. All of it on a real
// engine, in both colour schemes, without anything scrolling sideways.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import { lookAt } from "./look-at.ts";
import { signIn, visit } from "./war-room.ts";
import { connect, send } from "./webhook-sender.ts";

const firing = (name: string) => ({
	name,
	status: "firing",
	severity: "warning",
	service: "checkout",
	summary: `${name} on the checkout`,
});

function alertRow(page: Page, name: string): Locator {
	return page.getByRole("row").filter({ hasText: name });
}

test("alerts appear as they come, and are decided by key and taken back", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	await signIn(page, engine);
	await page.keyboard.press("2");
	await expect(page.getByText("Connect a system that alerts")).toBeVisible();
	await lookAt(page, info, "alerts-empty");

	const webhook = await connect(engine, "Jobs");
	await expect(page.getByText("No alert yet")).toBeVisible();
	await send(webhook, firing("BackupFailed"));
	await expect(alertRow(page, "BackupFailed")).toBeVisible({ timeout: 2_000 });
	await send(webhook, firing("DiskFull"));
	await expect(alertRow(page, "DiskFull")).toBeVisible();

	await page.keyboard.press("j");
	await send(webhook, [firing("QueueTooLong"), firing("CertExpires")]);
	await expect(page.getByText("2 new alerts")).toBeVisible();
	await expect(alertRow(page, "QueueTooLong")).toHaveCount(0);
	await page.keyboard.press("a");
	await expect(alertRow(page, "DiskFull")).toHaveCount(0);
	await page.keyboard.press("Control+z");
	await expect(alertRow(page, "DiskFull")).toBeVisible();
	await page.keyboard.press(".");
	await expect(alertRow(page, "CertExpires")).toBeVisible();
	await lookAt(page, info, "alerts");

	await page.keyboard.press("Escape");
	await page.keyboard.press("j");
	const first = page.locator("tr[data-cursor]");
	const name = await first.locator("bdi").first().textContent();
	await page.keyboard.press("h");
	await expect(page.getByRole("dialog")).toContainText("Snooze");
	await lookAt(page, info, "alerts-snooze");
	await page.keyboard.press("6");
	await expect(page.getByRole("dialog")).toContainText("Snooze until");
	await page.keyboard.press("Escape");
	await page.keyboard.press("h");
	await page.keyboard.press("3");
	await expect(alertRow(page, name ?? "?")).toHaveCount(0);
	await page
		.getByRole("radiogroup", { name: "What was decided" })
		.getByText("Snoozed")
		.click();
	await expect(alertRow(page, name ?? "?")).toBeVisible();

	await visit(page, "#/alerts?view=all&q=backup");
	await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
	await alertRow(page, "BackupFailed").click();
	await expect(
		page.getByRole("heading", { name: "BackupFailed" }),
	).toBeVisible();
	await expect(page.getByText("Began to fire")).toBeVisible();
	await lookAt(page, info, "alert");
	await page.keyboard.press("d");
	await expect(
		page.getByRole("region", { name: "Alert", exact: true }),
	).toContainText("Declined by");
});

test("an integration is added, and what is sent with its secret appears", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	await signIn(page, engine);
	await visit(page, "#/settings/integrations");
	await page.getByRole("button", { name: "Add an integration" }).click();
	const dialog = page.getByRole("dialog");
	await dialog
		.getByRole("textbox", { name: "Name", exact: true })
		.fill("Production");
	await dialog
		.getByRole("textbox", { name: "Address" })
		.fill("http://127.0.0.1:1");
	await dialog.getByRole("button", { name: "Test the connection" }).click();
	await expect(dialog.getByRole("status")).toContainText("Nobody listens");
	await lookAt(page, info, "integration-form");
	await dialog.getByRole("button", { name: "Add", exact: true }).click();
	await expect(dialog).toContainText("Connect it");
	const secret = await dialog.locator("[data-secret]").textContent();
	const config = await dialog
		.getByRole("region", { name: "alertmanager.yml" })
		.textContent();
	expect(config).toContain(`credentials: ${secret}`);
	await lookAt(page, info, "integration-secret");
	await dialog.getByRole("button", { name: "I have kept it" }).click();
	await expect(page.getByRole("heading", { name: "Production" })).toBeVisible();
	await expect(page.getByText(secret ?? "?")).toHaveCount(0);

	const url = /url: (\S+)/.exec(config ?? "")?.[1] ?? "";
	const answer = await fetch(url, {
		method: "POST",
		headers: {
			"content-type": "application/json",
			authorization: `Bearer ${secret}`,
		},
		body: JSON.stringify({
			version: "4",
			status: "firing",
			receiver: "tocsin",
			groupKey: "{}",
			groupLabels: {},
			commonLabels: {},
			commonAnnotations: {},
			alerts: [
				{
					status: "firing",
					labels: { alertname: "HighLatency", severity: "critical" },
					annotations: {},
					startsAt: new Date().toISOString(),
					endsAt: "0001-01-01T00:00:00Z",
					fingerprint: "0123456789abcdef",
				},
			],
		}),
	});
	expect(answer.status).toBe(202);
	await expect(page.getByText("None so far")).toHaveCount(0);
	await lookAt(page, info, "integration");
	await page.keyboard.press("2");
	await expect(alertRow(page, "HighLatency")).toBeVisible();

	await visit(page, "#/settings/integrations");
	await page.getByRole("link", { name: "Production" }).click();
	await page.getByRole("button", { name: "Turn off" }).click();
	await expect(page.getByRole("button", { name: "Turn on" })).toBeVisible();
	await page.getByRole("button", { name: "Remove…" }).click();
	await page.getByRole("button", { name: "Remove the integration" }).click();
	await expect(page.getByText("An integration is a monitoring")).toBeVisible();
});
