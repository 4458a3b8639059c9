// A playbook of a person's own runs a real program from the screen, by keyboard alone: dry run,
// approval, output as it is printed, the proof, the way back. What a crash leaves is settled by hand.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./engine-fixture.ts";
import type { RunningEngine } from "./engine-process.ts";
import { checkAccessibility } from "./look-at.ts";
import { addFlagPlaybook } from "./own-playbooks.ts";
import { incidentRow, openIncidents, signIn, visit } from "./war-room.ts";

test("from an incident to a proven rollback without a pointer", async ({
	engine,
	page,
}) => {
	const work = await addFlagPlaybook(engine);
	await openIncidents(await engine.client(), ["Ada"]);
	await signIn(page, engine);
	await expect(incidentRow(page, "Ada")).toBeVisible();
	await page.keyboard.press("j");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "Ada" })).toBeVisible();
	await page.keyboard.press("p");
	await expect(
		page.getByRole("textbox", { name: "Find a playbook" }),
	).toBeFocused();
	await page.keyboard.type("flag");
	await expect(
		page.getByRole("link", { name: /Raise the flag/ }),
	).toBeVisible();
	await page.keyboard.press("Enter");
	await page.keyboard.press("Enter");
	await expect(
		page.getByRole("heading", { name: "Raise the flag" }),
	).toBeVisible();
	const name = page.getByRole("textbox", { name: /Name of the flag/ });
	await tabTo(page, "Name of the flag");
	await page.keyboard.type("Blue!");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/^Must /)).toBeVisible();
	await expect(name).toBeFocused();
	await page.keyboard.press("Control+a");
	await page.keyboard.type("blue");
	await page.keyboard.press("Enter");
	const preview = page.getByRole("region", { name: "Dry run" });
	await expect(preview).toBeFocused();
	await expect(preview).toContainText("node raise.cjs blue 3 0");
	await expect(preview).toContainText("The flag blue is raised");
	expect(existsSync(join(work, "blue.flag"))).toBe(false);

	await page.keyboard.press("r");
	const question = page.getByRole("dialog", { name: /^Execute/ });
	await expect(question).toContainText("High risk");
	await page.keyboard.press("Control+Enter");
	const run = page.getByRole("article", { name: /^Run #/ });
	await expect(run.getByText("Succeeded").first()).toBeVisible();
	const log = run.getByRole("log");
	await expect(
		log.getByText("raising <b>blue</b>", { exact: true }),
	).toBeVisible();
	await expect(log.getByText("the wind is strong")).toBeVisible();
	await expect(log.locator("[data-stream=stderr]")).toContainText("err");
	expect(existsSync(join(work, "blue.flag"))).toBe(true);

	await page.keyboard.press("b");
	await expect(page.getByRole("dialog", { name: /^Roll back/ })).toContainText(
		"Lower blue",
	);
	await page.keyboard.press("Control+Enter");
	const rollback = page.getByRole("article", { name: /^Rollback #/ });
	await expect(rollback.getByText("Succeeded").first()).toBeVisible();
	expect(existsSync(join(work, "blue.flag"))).toBe(false);

	await page.keyboard.press("Escape");
	const history = page.getByRole("region", { name: "History" });
	await expect(history.getByRole("link")).toHaveCount(3);
	await expect(history).toContainText("then rolled back");
	await page.keyboard.press("Alt+1");
	await page
		.getByRole("list", { name: "Timeline" })
		.getByRole("link", { name: "Open the action" })
		.first()
		.press("Enter");
	await expect(page.getByRole("article")).toContainText("Raise the flag");
});

test("what needs an approval waits for it, is counted, and runs once it has it", async ({
	engine,
	page,
}) => {
	await addFlagPlaybook(engine);
	const client = await engine.client();
	const [incidentId = ""] = await openIncidents(client, ["Ada"]);
	await signIn(page, engine);
	await visit(page, "#/playbooks/approvals");
	await expect(page.getByText("Nothing waits for you")).toBeVisible();
	const dryRun = await client.playbooks.dryRun({
		incidentId,
		playbookId: "raise_flag",
		params: { name: "red", loud: true },
	});
	await client.playbooks.requestApproval({ actionId: dryRun.id });
	await expect(
		page.getByRole("button", { name: /1 approval waits/ }),
	).toBeVisible();
	await page.keyboard.press("j");
	await page.keyboard.press("Enter");
	const action = page.getByRole("article", { name: /^Dry run/ });
	await expect(action.getByRole("button", { name: /^Execute/ })).toBeDisabled();
	await page.keyboard.press("y");
	await expect(action.getByText(/^Approved by/)).toBeVisible();
	await expect(
		page.getByRole("button", { name: /0 approvals wait/ }),
	).toBeVisible();
	await page.keyboard.press("r");
	await expect(page.getByRole("dialog")).toBeVisible();
	await page.keyboard.press("Control+Enter");
	await expect(
		page
			.getByRole("article", { name: /^Run #/ })
			.getByText("Succeeded")
			.first(),
	).toBeVisible();
	expect(page.url()).toContain("#/playbooks/runs/");
});

test("a long output is a few elements, follows its end, and lets a person read", async ({
	engine,
	page,
}) => {
	await addFlagPlaybook(engine);
	const action = await begin(engine, {
		name: "green",
		lines: 5000,
		seconds: 2,
	});
	await signIn(page, engine);
	await visit(page, `#/incident/${action.incidentId}/action/${action.id}`);
	const log = page.getByRole("log");
	await expect(log.getByText("line 5000 of 5000")).toBeVisible();
	expect(await log.locator("[data-index]").count()).toBeLessThan(100);
	await log.focus();
	await page.keyboard.press("Home");
	await expect(log.getByText("line 1 of 5000", { exact: true })).toBeVisible();
	await expect(
		page.getByRole("article").getByText("Succeeded").first(),
	).toBeVisible();
	await expect(log.getByText("line 1 of 5000", { exact: true })).toBeVisible();
	await page.keyboard.press("l");
	await expect(log.getByText("up", { exact: true })).toBeVisible();
});

test("a run is cancelled with everything that it started", async ({
	engine,
	page,
}) => {
	await addFlagPlaybook(engine);
	const action = await begin(engine, { name: "grey", seconds: 500 });
	await signIn(page, engine);
	await visit(page, `#/incident/${action.incidentId}/action/${action.id}`);
	await expect(page.getByRole("log").getByText("line 3 of 3")).toBeVisible();
	await page.keyboard.press("c");
	await expect(page.getByRole("dialog", { name: /^Cancel/ })).toBeVisible();
	await page.keyboard.press("Control+Enter");
	await expect(
		page.getByRole("article").getByText("Cancelled").first(),
	).toBeVisible();
});

test("what a crash leaves is explained and settled", async ({
	engine,
	page,
}) => {
	await addFlagPlaybook(engine);
	const action = await begin(engine, { name: "black", seconds: 500 });
	await signIn(page, engine);
	await visit(page, `#/incident/${action.incidentId}/action/${action.id}`);
	await expect(page.getByRole("log").getByText("line 3 of 3")).toBeVisible();
	await engine.kill();
	await expect(page.getByText(/Offline since/)).toBeVisible();
	await engine.restart();
	const block = page.getByRole("region", {
		name: "What became of it is unknown",
	});
	await expect(block).toContainText("Nobody can say whether it took effect", {
		timeout: 30_000,
	});
	const survivor = block.getByRole("button", { name: /^End process/ });
	if (await survivor.isVisible()) await survivor.press("Enter");
	await expect(survivor).toBeHidden();
	await checkAccessibility(page, "an unknown outcome");
	await block.getByRole("radio", { name: "It took effect" }).press("Space");
	await block.getByRole("textbox").fill("The flag is up.");
	await page.keyboard.press("Control+Enter");
	await expect(
		page.getByRole("article").getByText("Succeeded").first(),
	).toBeVisible();
});

test("breaks no rule of axe, empty or full, light or dark", async ({
	engine,
	page,
}) => {
	test.setTimeout(180_000);
	const client = await engine.client();
	await signIn(page, engine);
	for (const [hash, words] of [
		["#/playbooks/approvals", "Nothing waits for you"],
		["#/playbooks/runs", "Nothing has run yet"],
	] as const) {
		await visit(page, hash);
		await expect(page.getByText(words)).toBeVisible();
		await checkAccessibility(page, hash);
	}
	await addFlagPlaybook(engine);
	await writeFile(
		join(engine.dataDirectory, "playbooks", "broken.yaml"),
		"id: broken\n",
	);
	await client.playbooks.reload();
	const run = await begin(engine, { name: "white" });
	const loud = await client.playbooks.dryRun({
		incidentId: run.incidentId,
		playbookId: "raise_flag",
		params: { name: "red", loud: true },
	});
	await client.playbooks.requestApproval({ actionId: loud.id });
	await page.reload();
	const incident = `#/incident/${run.incidentId}`;
	for (const [hash, words] of [
		[`${incident}/playbooks`, "Suggested"],
		[`${incident}/playbooks/rerun_dbt`, "Needs an approval when"],
		[`${incident}/playbooks/pause_agent`, "0 of 6 done."],
		[`${incident}/action/${run.id}`, "What was run"],
		[`${incident}/action/${loud.id}`, "Waiting for an approval"],
		[`#/playbooks/approvals/${loud.id}`, "Waiting for an approval"],
		[`#/playbooks/runs/${run.id}`, "What was run"],
		["#/playbooks/catalogue", "Files that cannot be used"],
		["#/playbooks/catalogue/rerun_dbt", "Parameters"],
	] as const) {
		await visit(page, hash);
		await expect(page.getByText(words).first()).toBeVisible();
		await checkAccessibility(page, hash);
	}
	await visit(page, `${incident}/playbooks/raise_flag`);
	await page.getByRole("textbox", { name: /Name/ }).fill("blue");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("region", { name: "Dry run" })).toBeVisible();
	await checkAccessibility(page, "a dry run");
	await page.getByRole("textbox", { name: /Name/ }).fill("bluer");
	await expect(page.getByText(/parameters have changed/)).toBeVisible();
	await checkAccessibility(page, "a stale dry run");
	await page.getByRole("textbox", { name: /Name/ }).fill("blue");
	await page.getByRole("region", { name: "Dry run" }).focus();
	await page.keyboard.press("r");
	await expect(page.getByRole("dialog")).toBeVisible();
	await checkAccessibility(page, "the question before a high risk");
});

/** A run of the flag on an incident of its own, begun behind the page's back. */
async function begin(
	engine: RunningEngine,
	params: { name: string; lines?: number; seconds?: number },
) {
	const client = await engine.client();
	const [incidentId = ""] = await openIncidents(client, ["Ada"]);
	const dryRun = await client.playbooks.dryRun({
		incidentId,
		playbookId: "raise_flag",
		params,
	});
	return client.playbooks.execute({ dryRunId: dryRun.id });
}

/** Presses Tab until the field with this label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
	const field = page.getByLabel(label);
	for (let presses = 0; presses < 60; presses++) {
		await page.keyboard.press("Tab");
		if (await field.evaluate((each) => each === document.activeElement)) return;
	}
	throw new Error(`Tab does not reach ${label}.`);
}
