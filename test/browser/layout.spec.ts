// From a small laptop to 4K, and with names that no form expected, everything stays in its
// place: nothing scrolls sideways, nothing lies over something else. Leaves a picture of every
// screen in both colour schemes for people to look at.
import type { Page, TestInfo } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import type { RunningEngine } from "./engine-process.ts";
import { openIncidents, signIn, visit } from "./war-room.ts";
import { connect, send } from "./webhook-sender.ts";

const sizes = [
	{ width: 1024, height: 700 },
	{ width: 1440, height: 900 },
	{ width: 3840, height: 2160 },
];

/** Identifiers as people and programs really make them, each up to 200 characters long. */
const names = [
	"W".repeat(200),
	"fraud-model-".repeat(16),
	"نموذج كشف الاحتيال في بطاقات الائتمان ".repeat(5).trim(),
	"👩‍👩‍👧‍👦🏳️‍🌈".repeat(16),
	"模型".repeat(100),
	"Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢".repeat(4),
	"two words and\u00a0a\u200bfew\u2028breaks",
];

test("demo screens at every size, light and dark", async ({
	demo,
	page,
}, info) => {
	test.setTimeout(180_000);
	await signIn(page, demo);
	const { items } = await (await demo.client()).incidents.list({ limit: 500 });
	const open = items.find((each) => !each.isHistory);
	for (const [name, hash, words] of [
		["triage", "#/triage?state=all&history=1", "Feature store lags"],
		["incident", `#/incident/${open?.id}?state=all&history=1`, "Add note"],
		["drift", "#/drift/card-fraud-v3", "PSI over time"],
		["evidence", "#/drift/card-fraud-v3?column=amount", "compared"],
		["performance", "#/drift/card-fraud-v3?tab=performance", "Performance"],
		["monitor", "#/drift/card-fraud-v3?tab=monitor", "Warn from PSI"],
		["import", "#/import", "Drop a file"],
		["playbooks-empty", "#/playbooks/approvals", "Nothing waits for you"],
		["catalogue", "#/playbooks/catalogue/rerun_dbt", "Parameters"],
		["panel", `#/incident/${open?.id}/playbooks`, "Rollback Planner"],
		["form", `#/incident/${open?.id}/playbooks/rerun_dbt`, "Threads"],
		["settings-you", "#/settings/you", "Password"],
		["settings-members", "#/settings/members", "owner@localhost"],
		["settings-approvals", "#/settings/approvals", "What it means now"],
		["settings-limits", "#/settings/limits", "Signing in with a password"],
		["settings-machine", "#/settings/machine", "Data folder"],
		["alerts", "#/alerts", "Connect a system that alerts"],
		["analytics", "#/analytics", "Analytics"],
		["integrations", "#/settings/integrations", "Add an integration"],
		["alert-rules", "#/settings/alert-rules", "Add a rule"],
		["hypotheses", `#/incident/${open?.id}/hypotheses`, "Hypotheses"],
	] as const) {
		await visit(page, hash);
		await expect(page.getByText(words).first()).toBeVisible();
		await checkLayout(page, info, name);
	}
});

test("the first screen at every size, light and dark", async ({
	engine,
	page,
}, info) => {
	await signIn(page, engine);
	await expect(page.getByText("Watch your first model")).toBeVisible();
	await checkLayout(page, info, "first-run");
});

test("long, right-to-left and odd names stay in their cells", async ({
	engine,
	page,
}, info) => {
	test.setTimeout(180_000);
	const { incidentId, modelId } = await fill(engine);
	const alertId = await alertOf(engine);
	await signIn(page, engine);
	const model = encodeURIComponent(modelId);
	for (const [name, hash] of [
		["names-triage", "#/triage"],
		["names-incident", `#/incident/${incidentId}`],
		["names-drift", `#/drift/${model}`],
		["names-evidence", `#/drift/${model}?tab=evidence`],
		["names-keys", "#/settings/keys"],
		["names-members", "#/settings/members"],
		["names-alerts", "#/alerts"],
		["names-alert", `#/alerts/${alertId}?view=all`],
		["names-integrations", "#/settings/integrations"],
		["names-alert-rules", "#/settings/alert-rules"],
		["names-analytics", "#/analytics"],
	] as const) {
		await visit(page, hash);
		await checkLayout(page, info, name);
	}
});

async function checkLayout(
	page: Page,
	info: TestInfo,
	name: string,
): Promise<void> {
	for (const size of sizes) {
		await page.setViewportSize(size);
		await drawn(page);
		expect
			.soft(await page.evaluate(faults), `${name} at ${size.width}`)
			.toEqual([]);
		if (size.width === 3840) continue;
		for (const colorScheme of ["light", "dark"] as const) {
			await page.emulateMedia({ colorScheme });
			await drawn(page);
			const path = info.outputPath(`${name}-${size.width}-${colorScheme}.png`);
			await page.screenshot({ path });
		}
	}
}

async function drawn(page: Page): Promise<void> {
	await page.evaluate(
		() =>
			new Promise((done) =>
				requestAnimationFrame(() => requestAnimationFrame(done)),
			),
	);
}

/** What is out of place, in words. Runs in the page. */
function faults(): string[] {
	const found: string[] = [];
	const { clientWidth, clientHeight, scrollWidth, scrollHeight } =
		document.documentElement;
	if (scrollWidth > clientWidth) found.push("the page scrolls sideways");
	if (scrollHeight > clientHeight) found.push("the page scrolls down");
	const box = (element: Element) => element.getBoundingClientRect();
	const text = (element: Element) =>
		(element.getAttribute("aria-label") ?? element.textContent ?? "")
			.trim()
			.slice(0, 40);
	const isShown = (element: Element) =>
		element.checkVisibility({
			opacityProperty: true,
			visibilityProperty: true,
		}) &&
		box(element).width > 1 &&
		element.closest("[inert]") === null;
	for (const area of document.querySelectorAll(
		"main, header, nav, footer, section",
	)) {
		if (!isShown(area)) continue;
		const { left, right } = box(area);
		if (left < -1 || right > clientWidth + 1) {
			found.push(`${area.tagName} “${text(area)}” leaves the window`);
		}
	}
	// What can be pressed must not lie over another such thing; what sticks lies over what it
	// scrolls past.
	const sticks = (element: Element): boolean => {
		for (let at: Element | null = element; at !== null; at = at.parentElement) {
			if (getComputedStyle(at).position === "sticky") return true;
		}
		return false;
	};
	const buttons = [
		...document.querySelectorAll("button, a[href], input, select, textarea"),
	].filter(
		(each) =>
			isShown(each) && each.closest("canvas, tr") === null && !sticks(each),
	);
	for (const [at, one] of buttons.entries()) {
		const a = box(one);
		for (const other of buttons.slice(at + 1)) {
			if (one.contains(other) || other.contains(one)) continue;
			const field = one.closest(".mantine-Input-wrapper") ?? one.parentElement;
			if (field?.contains(other) && one.tagName === "INPUT") continue;
			const b = box(other);
			const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
			const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			if (across > 2 && down > 2) {
				found.push(`“${text(one)}” lies over “${text(other)}”`);
			}
		}
	}
	for (const line of document.querySelectorAll("tbody tr[aria-rowindex]")) {
		const cells = [...line.children].filter(isShown).map(box);
		for (const [at, cell] of cells.entries()) {
			const next = cells[at + 1];
			if (next !== undefined && cell.right > next.left + 1) {
				found.push(`cells of “${text(line)}” lie over each other`);
			}
		}
		const tallest =
			Number.parseFloat(
				getComputedStyle(line).getPropertyValue("--list-row"),
			) || 40;
		if (box(line).height > tallest)
			found.push(`“${text(line)}” is taller than a row`);
	}
	return found.slice(0, 8);
}

async function fill(
	engine: RunningEngine,
): Promise<{ incidentId: string; modelId: string }> {
	const client = await engine.client();
	const modelId = names[1] ?? "";
	const rows: unknown[] = names.map((model_id) => ({ model_id, score: 0.5 }));
	for (let row = 0; row < 400; row++) {
		const isNew = row % 2 === 0;
		rows.push({
			model_id: modelId,
			score: isNew ? 0.9 : 0.1,
			event_time: new Date(
				Date.now() - (isNew ? 20_000_000 : 300_000_000) - row,
			).toISOString(),
			features: {
				...Object.fromEntries(names.map((name) => [name, row + Number(isNew)])),
				country: names[row % names.length],
			},
		});
	}
	await engine.post("/v1/events/predictions", rows);
	await client.models.setMonitor({
		modelId,
		settings: { minSamples: 20, currentDays: 1, baselineDays: 7 },
	});
	await client.drift.assess({ modelId });
	const ids = await openIncidents(client, names);
	for (const modelId of names) {
		const { id } = await client.incidents.create({
			title: modelId,
			description: names.join(" "),
			severity: 2,
			modelId,
		});
		ids.push(id);
		const name = modelId.replace("\u2028", " ");
		await client.keys.create({ name });
		await client.users.add({
			email: `${"a".repeat(200)}${ids.length}@example.org`,
			name,
			password: "a password",
			role: "engineer",
		});
	}
	const incidentId = ids.at(-6) ?? "";
	for (const text of names) {
		await client.incidents.addNote({ id: incidentId, text: text.repeat(3) });
	}
	return { incidentId, modelId };
}

/** Alerts, rules and what keeps quiet with each name; answers the id of an alert. */
async function alertOf(engine: RunningEngine): Promise<string> {
	const client = await engine.client();
	const [project] = await client.projects.list();
	const projectId = project?.id ?? "";
	const matchers = names.map((value) => ({
		on: "label" as const,
		name: "team",
		operator: "=" as const,
		value,
	}));
	for (const name of names) {
		await client.alertRules.create({ projectId, name, matchers });
		await client.alertRules.addMute({
			projectId,
			matchers: matchers.slice(0, 2),
			reason: name,
			endsAt: null,
		});
	}
	for (const [index, name] of names.entries()) {
		const webhook = await connect(engine, name);
		await send(webhook, {
			name,
			status: "firing",
			service: names[(index + 1) % names.length],
			summary: names.join(" "),
			labels: { team: name, [`label${index}`]: name },
		});
	}
	const { items } = await client.alerts.list({ projectId });
	return items[0]?.id ?? "";
}
