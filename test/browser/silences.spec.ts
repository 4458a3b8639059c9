// From an incident, its alerts are silenced at the Alertmanager that sends them: after a look at
// what that would match, with a reason, listed, and ended. Where the Alertmanager does not answer,
// that is said, and nothing looks silenced.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { alertmanagerAnswers } from "../engine/monitoring/polling/alertmanager-answers.ts";
import { expect, test } from "./engine-fixture.ts";
import type { RunningEngine } from "./engine-process.ts";
import { lookAt } from "./look-at.ts";
import { incidentRow, signIn } from "./war-room.ts";

const labels = {
	alertname: "HighLatency",
	severity: "critical",
	service: "checkout",
	cluster: "west",
};

/** Signs in and opens the alerts of the incident that a polled Alertmanager sets off. */
async function openAlerts(engine: RunningEngine, page: Page, url: string) {
	const client = await engine.client();
	const [project] = await client.projects.list();
	await client.integrations.create({
		projectId: project?.id ?? "",
		type: "alertmanager",
		name: "Production",
		url,
		config: { pollIntervalSeconds: 1 },
	});
	await signIn(page, engine);
	await expect(incidentRow(page, "HighLatency")).toBeVisible({
		timeout: 15_000,
	});
	await incidentRow(page, "HighLatency").click();
	await page.getByRole("tab", { name: /^Alerts/ }).click();
	await expect(
		page.getByRole("region", { name: "Firing alerts" }),
	).toContainText("HighLatency");
}

test("a silence is looked at, asked for, listed and ended", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	await using alertmanager = await startAlertmanager();
	const startsAt = new Date(Date.now() - 60_000).toISOString();
	alertmanager.state.alerts = [
		{ labels, startsAt },
		{ labels: { ...labels, cluster: "east", severity: "info" }, startsAt },
	];
	await openAlerts(engine, page, alertmanager.url);
	await page.getByRole("button", { name: "Silence at the source…" }).click();
	const dialog = page.getByRole("dialog", { name: "Silence at the source" });
	await expect(dialog.getByRole("status")).toContainText("it would match");
	const what = dialog.getByRole("textbox", { name: "What it silences" });
	await what.fill('alertname="HighLatency"\ncluster="west"');
	await expect(dialog.getByRole("status")).toContainText(
		"it would match 1 alert",
	);
	const silence = dialog.getByRole("button", { name: "Silence", exact: true });
	await expect(silence).toBeDisabled();
	await dialog.getByRole("textbox", { name: "Why" }).fill("Being rolled back");
	await lookAt(page, info, "silence-dialog");
	await silence.click();
	await expect(dialog).toBeHidden();
	const list = page.getByRole("region", { name: "Silences at the source" });
	await expect(list).toContainText("In force");
	await expect(list).toContainText("Being rolled back");
	expect(alertmanager.state.silences).toMatchObject([
		{
			state: "active",
			matchers: [
				{ name: "alertname", value: "HighLatency", isRegex: false },
				{ name: "cluster", value: "west", isRegex: false },
			],
		},
	]);
	await lookAt(page, info, "silence");
	await list.getByRole("button", { name: "End it now" }).click();
	await expect(list).toContainText("Over");
	expect(alertmanager.state.silences[0]?.state).toBe("expired");
});

test("an Alertmanager that is down is said to be, and nothing is silenced", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(120_000);
	await using alertmanager = await startAlertmanager();
	alertmanager.state.alerts = [
		{ labels, startsAt: new Date(Date.now() - 60_000).toISOString() },
	];
	await openAlerts(engine, page, alertmanager.url);
	await page.getByRole("button", { name: "Silence at the source…" }).click();
	const dialog = page.getByRole("dialog", { name: "Silence at the source" });
	await expect(dialog.getByRole("status")).toContainText("it would match");
	await dialog.getByRole("textbox", { name: "Why" }).fill("Being rolled back");
	alertmanager.state.instead = () => ({ status: 503, text: "starting" });
	await dialog.getByRole("button", { name: "Silence", exact: true }).click();
	await expect(dialog.getByRole("alert")).toContainText("answered 503");
	await expect(dialog.getByRole("alert")).toContainText("It is not known");
	await lookAt(page, info, "silence-refused");
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Silence at the source…" }).click();
	await expect(dialog.getByRole("alert")).toContainText("answered 503");
	await expect(
		dialog.getByRole("button", { name: "Silence", exact: true }),
	).toBeDisabled();
	expect(alertmanager.state.silences).toEqual([]);
	await expect(page.getByText("In force", { exact: true })).toHaveCount(0);
});

/** A server of the test's own that answers as Alertmanager does. */
async function startAlertmanager() {
	const { answer, state } = alertmanagerAnswers();
	const server = createServer(async (incoming, response) => {
		let text = "";
		for await (const chunk of incoming) text += chunk;
		const url = new URL(incoming.url ?? "/", "http://here");
		const given = answer({
			method: incoming.method ?? "",
			path: url.pathname,
			query: url.searchParams,
			headers: incoming.headers,
			body: text === "" ? null : JSON.parse(text),
		});
		if (given === "hang-up") {
			incoming.socket.destroy();
			return;
		}
		response.writeHead(given.status ?? 200, {
			"content-type": "application/json",
		});
		response.end(given.text ?? JSON.stringify(given.json ?? null));
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const { port } = server.address() as AddressInfo;
	return {
		state,
		url: `http://127.0.0.1:${port}`,
		[Symbol.asyncDispose]: () =>
			new Promise<void>((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
}
