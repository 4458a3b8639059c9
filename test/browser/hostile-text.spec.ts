// Text from outside is text, wherever it is shown: it runs nothing, loads nothing, leads nowhere.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import type { RunningEngine } from "./engine-process.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { signIn, visit } from "./war-room.ts";
import { connect, send } from "./webhook-sender.ts";

const day = 86_400_000;

test("runs no script and asks nobody for anything, on every screen", async ({
	engine,
	page,
}) => {
	test.setTimeout(180_000);
	expect(hostileTexts.length).toBeGreaterThanOrEqual(60);
	const watched = await watch(page, engine);
	const { incidentId, modelId } = await fill(engine);
	await signIn(page, engine);

	// Scrolled through, so that every row was in the page once.
	await visit(page, "#/triage?state=all");
	await expect(page.getByRole("row").nth(3)).toBeVisible();
	await page.getByRole("grid", { name: "Incidents" }).focus();
	for (let pages = 0; pages < 8; pages++) {
		await page.keyboard.press("PageDown");
		await settle(page);
	}
	await page.keyboard.press("Control+k");
	await page.getByPlaceholder(/Go to, do, or find/).fill("ran()");
	await settle(page);
	await page.keyboard.press("Escape");
	await visit(page, `#/incident/${incidentId}?state=all`);
	await expect(page.getByRole("list", { name: "Timeline" })).toContainText(
		hostileTexts[0] ?? "",
	);
	for (const tab of [2, 3, 4, 5, 6, 7, 1]) {
		await page.keyboard.press(`Alt+${tab}`);
		await settle(page);
	}
	await page.keyboard.press("n");
	await page.keyboard.press("Escape");

	for (const tab of ["overview", "evidence", "performance", "monitor"]) {
		await visit(
			page,
			`#/drift/${encodeURIComponent(modelId)}?${new URLSearchParams({ tab })}`,
		);
		await settle(page);
		const toggles = page.getByRole("button", { name: /^Show as table/ });
		// A pressed one is called otherwise.
		while ((await toggles.count()) > 0) {
			await toggles.first().click();
			await settle(page);
		}
		await hoverCharts(page);
	}
	for (const column of hostileTexts.slice(0, 6)) {
		await visit(
			page,
			`#/drift/${encodeURIComponent(modelId)}?${new URLSearchParams({ column })}`,
		);
		await settle(page);
		await hoverCharts(page);
	}
	for (const text of hostileTexts) {
		// An address is text from outside too.
		await visit(page, `#/drift/${text}`);
		await visit(page, `#/incident/${text}?q=${text}`);
	}
	await visit(page, "#/settings");
	await expect(page.getByText("API keys").first()).toBeVisible();
	await settle(page);
	expect(await watched()).toEqual({
		ran: 0,
		dialogs: 0,
		violations: [],
		elsewhere: [],
		planted: 0,
	});
});

test("what alerts, integrations, rules and mutes say is text too", async ({
	engine,
	page,
}) => {
	test.setTimeout(120_000);
	const watched = await watch(page, engine);
	const client = await engine.client();
	const [project] = await client.projects.list();
	const projectId = project?.id ?? "";
	const webhook = await connect(engine, hostileTexts[13] ?? "");
	const link = hostileTexts.find((each) => /^javascript:/i.test(each));
	for (const text of hostileTexts.slice(0, 40)) {
		await client.alertRules.create({
			projectId,
			name: text.trim() === "" ? "blank" : text.slice(0, 200),
			isEnabled: false,
			matchers: [{ on: "label", name: "team", operator: "=", value: text }],
		});
		await client.alertRules.addMute({
			projectId,
			matchers: [
				{ on: "label", name: "team", operator: "=", value: `no ${text}` },
			],
			reason: `Because of ${text}`,
			endsAt: null,
		});
	}
	await send(
		webhook,
		hostileTexts.map((text, index) => ({
			name: `Alert ${index} ${text}`,
			status: "firing",
			severity: text.slice(0, 50),
			service: text,
			summary: text,
			description: hostileTexts.join("\n"),
			labels: { text },
			link,
		})),
	);
	const { items } = await client.alerts.list({ projectId });
	expect(items.length).toBeGreaterThan(50);
	const incidentId = items.find((each) => each.incidentId !== null)?.incidentId;
	await signIn(page, engine);
	await visit(page, "#/alerts?view=all");
	await expect(page.getByRole("row").nth(3)).toBeVisible();
	await page.getByRole("grid", { name: "Alerts" }).focus();
	for (let pages = 0; pages < 4; pages++) {
		await page.keyboard.press("PageDown");
		await settle(page);
	}
	await page.keyboard.press("m");
	await settle(page);
	await page.keyboard.press("Escape");
	for (const { id } of items.slice(0, 20)) {
		await visit(page, `#/alerts/${id}?view=all`);
		await settle(page);
	}
	await expect(
		page.getByRole("region", { name: "Alert", exact: true }),
	).toBeVisible();
	for (const hash of [
		`#/incident/${incidentId}/alerts`,
		`#/incident/${incidentId}/hypotheses`,
		"#/settings/integrations",
		"#/settings/alert-rules",
		"#/analytics",
	]) {
		await visit(page, hash);
		await settle(page);
	}
	await visit(page, "#/settings/alert-rules");
	await page
		.getByRole("table", { name: "Alert rules" })
		.getByRole("button")
		.first()
		.click();
	await expect(page.getByRole("dialog")).toContainText("It takes");
	for (const text of hostileTexts) {
		await visit(page, `#/alerts/${text}?q=${text}&view=${text}`);
		await visit(page, `#/settings/integrations/${text}?add=${text}`);
	}
	expect(await watched()).toEqual({
		ran: 0,
		dialogs: 0,
		violations: [],
		elsewhere: [],
		planted: 0,
	});
});

test("a file's name, columns and values are text too", async ({
	engine,
	page,
}) => {
	test.setTimeout(90_000);
	const watched = await watch(page, engine);
	await signIn(page, engine);
	await visit(page, "#/import");
	for (const name of hostileTexts
		.filter((each) => each.includes("<img"))
		.slice(0, 4)) {
		const quoted = hostileTexts.slice(0, 40).map(cell);
		await page.locator("input[type=file]").setInputFiles({
			name: `${name.replaceAll("/", "∕")}.csv`,
			mimeType: "text/csv",
			buffer: Buffer.from(
				`model,score,${quoted.join(",")}\nm,0.5,${quoted.join(",")}\nm,${cell(name)},${quoted.join(",")}\n`,
			),
		});
		await expect(page.getByText(/\d columns/).first()).toBeVisible();
		await settle(page);
		await page.getByRole("button", { name: /^Import .*rows?/ }).click();
		await expect(
			page.getByRole("table", { name: "Rejected rows" }),
		).toBeVisible();
		await settle(page);
		await page
			.getByRole("button", { name: "Import another file" })
			.first()
			.click();
	}
	expect(await watched()).toEqual({
		ran: 0,
		dialogs: 0,
		violations: [],
		elsewhere: [],
		planted: 0,
	});
});

test("what a playbook says of itself, and what its programs print, is text too", async ({
	engine,
	page,
}) => {
	test.setTimeout(90_000);
	const watched = await watch(page, engine);
	const client = await engine.client();
	const folder = join(engine.dataDirectory, "playbooks");
	await mkdir(join(folder, "work"), { recursive: true });
	const text = (at: number) =>
		JSON.stringify(hostileTexts[at % hostileTexts.length]);
	await writeFile(
		join(folder, "hostile.yaml"),
		`id: hostile
name: ${text(13)}
description: ${text(21)}
parameters:
  type: object
  properties:
    a: { type: string, title: ${text(24)}, description: ${text(36)}, default: ${text(0)} }
    b: { enum: [${text(40)}, ${text(41)}], title: ${text(42)} }
risk: { level: low, affected_systems: [${text(45)}] }
estimate: { duration_seconds: 1, cost_usd: 0 }
idempotent: true
offline_safe: true
changes: [${text(46)}]
steps:
  - id: print
    title: ${text(47)}
    command: { program: node, args: [print.cjs] }
`,
	);
	await writeFile(
		join(folder, "work", "print.cjs"),
		`for (const text of ${JSON.stringify(hostileTexts)}) { console.log(text); console.error("\u001b]8;;http://evil.test\u0007" + text); }`,
	);
	await writeFile(join(folder, "odd.yaml"), `id: odd\n${text(13)}: 1\n`);
	await client.playbooks.reload();
	const { id: incidentId } = await client.incidents.create({
		title: "Ada",
		severity: 3,
	});
	const dryRun = await client.playbooks.dryRun({
		incidentId,
		playbookId: "hostile",
		params: {},
	});
	const run = await client.playbooks.execute({ dryRunId: dryRun.id });
	await signIn(page, engine);
	await visit(page, `#/incident/${incidentId}/action/${run.id}`);
	await expect(
		page.getByRole("article").getByText("Succeeded", { exact: true }),
	).toBeVisible();
	await expect(page.getByRole("log")).toContainText("ran()");
	await page.getByRole("log").focus();
	await page.keyboard.press("Home");
	for (const hash of [
		`#/incident/${incidentId}/playbooks`,
		`#/incident/${incidentId}/playbooks/hostile`,
		`#/incident/${incidentId}/action/${dryRun.id}`,
		`#/incident/${incidentId}`,
		`#/playbooks/runs/${run.id}`,
		"#/playbooks/catalogue",
		"#/playbooks/catalogue/hostile",
	]) {
		await visit(page, hash);
		await settle(page);
	}
	for (const each of hostileTexts) {
		await visit(page, `#/playbooks/catalogue/${each}`);
		await visit(page, `#/incident/${incidentId}/playbooks/${each}`);
	}
	expect(await watched()).toEqual({
		ran: 0,
		dialogs: 0,
		violations: [],
		elsewhere: [],
		planted: 0,
	});
});

test("the watch sees a text that got its way, and the page's rules stop it", async ({
	engine,
	page,
}) => {
	const watched = await watch(page, engine);
	await signIn(page, engine);
	await page.evaluate(() => {
		document.body.insertAdjacentHTML(
			"beforeend",
			"<img src=data:, onerror=ran()><img src=//evil.test/pixel.png>",
		);
	});
	await expect
		.poll(async () => (await watched()).violations)
		.toEqual(
			expect.arrayContaining([
				expect.stringContaining("script-src"),
				expect.stringContaining("img-src http://evil.test"),
			]),
		);
	expect(await watched()).toMatchObject({
		ran: 0,
		planted: 1,
		elsewhere: ["http://evil.test/pixel.png"],
	});
});

/** Notes everything that would mean that a text got its way. */
async function watch(page: Page, engine: RunningEngine) {
	let dialogs = 0;
	const elsewhere: string[] = [];
	const own = new URL(engine.api).host;
	page.on("dialog", (dialog) => {
		dialogs++;
		void dialog.dismiss();
	});
	page.on("request", (request) => {
		const { protocol, host } = new URL(request.url());
		if (["data:", "blob:"].includes(protocol)) return;
		if (host !== own) elsewhere.push(request.url());
	});
	page.on("popup", (popup) => elsewhere.push(popup.url()));
	await page.addInitScript(() => {
		const seen = { ran: 0, violations: [] as string[] };
		Object.assign(globalThis, {
			seen,
			ran: () => {
				seen.ran++;
			},
		});
		document.addEventListener("securitypolicyviolation", (event) => {
			seen.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
		});
	});
	return async () => ({
		...(await page.evaluate(() => ({
			...(Reflect.get(globalThis, "seen") as {
				ran: number;
				violations: string[];
			}),
			planted: document.querySelectorAll(
				"[onerror],[onload],[onfocus],[ontoggle],script:not([src]),iframe,object,embed,base,marquee,a[href^='javascript' i],a[href^='data' i]",
			).length,
		}))),
		dialogs,
		elsewhere,
	});
}

/** Puts every text into every place that keeps one. */
async function fill(
	engine: RunningEngine,
): Promise<{ incidentId: string; modelId: string }> {
	const client = await engine.client();
	const modelId = hostileTexts[13] ?? "";
	const now = Date.now();
	const rows: unknown[] = hostileTexts.map((text, index) => ({
		model_id: text,
		score: 0.5,
		entity_id: text,
		model_version: text.slice(0, 100),
		// The one name that a feature may not have.
		features: text === "__proto__" ? {} : { [text]: text },
		label: index % 2,
	}));
	for (let row = 0; row < 400; row++) {
		const isNew = row % 2 === 0;
		const features: Record<string, unknown> = {
			category: hostileTexts[(row * 7) % hostileTexts.length],
		};
		for (const [at, name] of hostileTexts.slice(0, 30).entries()) {
			features[name] = isNew ? row + at : row - 300;
		}
		rows.push({
			model_id: modelId,
			score: isNew ? 0.9 : 0.1,
			event_time: new Date(now - (isNew ? 0.3 : 4) * day - row).toISOString(),
			features,
		});
	}
	const report = await engine.post("/v1/events/predictions", rows);
	expect(report).toMatchObject({ rejected: 0 });
	await client.models.setMonitor({
		modelId,
		settings: { minSamples: 20, currentDays: 1, baselineDays: 7 },
	});
	await client.drift.assess({ modelId });
	let incidentId = "";
	for (const text of hostileTexts) {
		const { id } = await client.incidents.create({
			title: text,
			description: hostileTexts.join("\n"),
			severity: 2,
		});
		incidentId = id;
		// The names of keys may not hold control characters.
		if (!/\p{Cc}/u.test(text)) await client.keys.create({ name: text });
	}
	for (const text of hostileTexts) {
		await client.incidents.addNote({ id: incidentId, text });
	}
	return { incidentId, modelId };
}

/** Over charts a tooltip is drawn from names and values. */
async function hoverCharts(page: Page): Promise<void> {
	for (const chart of await page.locator("canvas, svg[role=img]").all()) {
		const box = await chart.boundingBox();
		if (box === null) continue;
		for (const share of [0.3, 0.9]) {
			await page.mouse.move(
				box.x + box.width * share,
				box.y + box.height * 0.5,
			);
			await settle(page);
		}
	}
}

/** Two frames: what came last is drawn. */
async function settle(page: Page): Promise<void> {
	await page.evaluate(
		() =>
			new Promise((done) =>
				requestAnimationFrame(() => requestAnimationFrame(done)),
			),
	);
}

function cell(text: string): string {
	return `"${text.replaceAll('"', '""')}"`;
}
