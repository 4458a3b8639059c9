import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildWhenStale } from "../resources/run/build-when-stale.mjs";
import {
	checkout,
	installFault,
	suitableNode,
} from "../resources/run/checkout.mjs";
import { runToEnd } from "../resources/run/run-to-end.mjs";
import { ensureBrowser } from "./runner/find-browser.mjs";
import {
	emptyTally,
	readTally,
	summaryLine,
	tallyVariable,
} from "./runner/tally.mjs";

const fault = installFault();
if (fault !== null) {
	process.stderr.write(`${fault}\n`);
	process.exit(1);
}
const node = suitableNode();
const filters = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "tocsin-test-"));
const tallies = [];
try {
	await buildWhenStale();
	tallies.push(await runVitest());
	tallies.push(await runPlaywright());
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	tallies.push({ ...emptyTally(), failed: 1 });
} finally {
	rmSync(folder, { recursive: true, force: true });
}
process.exitCode = tallies.some(({ failed }) => failed > 0) ? 1 : 0;
for (const { name, reason } of tallies.flatMap(({ skipped }) => skipped)) {
	process.stdout.write(`skipped: ${name}: ${reason}\n`);
}
process.stdout.write(`${summaryLine(tallies)}\n`);

function runVitest() {
	return runSuite("vitest", [
		join(checkout, "node_modules/vitest/vitest.mjs"),
		"run",
		"--config=test/vitest.config.ts",
		"--reporter=default",
		"--reporter=./test/runner/vitest-tally.mjs",
		...(filters.length > 0 ? ["--passWithNoTests", ...filters] : []),
	]);
}

async function runPlaywright() {
	const browser = ensureBrowser();
	if (browser === null) {
		const reason =
			"there is no Chromium, Chrome or Edge, and none could be installed; name one with TOCSIN_BROWSER";
		if (process.env.CI === "true") {
			process.stderr.write(`The browser tests were not run: ${reason}\n`);
			return { ...emptyTally(), failed: 1 };
		}
		return {
			...emptyTally(),
			skipped: [{ name: "all browser tests", reason }],
		};
	}
	process.stdout.write(`\nBrowser tests in ${browser}\n`);
	return runSuite(
		"playwright",
		[
			join(checkout, "node_modules/@playwright/test/cli.js"),
			"test",
			"--config=test/browser/playwright.config.ts",
			`--reporter=list,${join(checkout, "test/runner/playwright-tally.mjs")}`,
			...(filters.length > 0 ? ["--pass-with-no-tests", ...filters] : []),
		],
		{ TOCSIN_BROWSER: browser },
	);
}

/** Runs a suite and answers its tally. A runner that breaks counts as one failed test. */
async function runSuite(name, parameters, variables = {}) {
	const path = join(folder, `${name}.json`);
	const code = await runToEnd(node, parameters, {
		cwd: checkout,
		env: {
			...process.env,
			...variables,
			PATH: `${join(checkout, "node_modules/.bin")}${delimiter}${process.env.PATH ?? ""}`,
			[tallyVariable]: path,
		},
	});
	const tally = readTally(path) ?? emptyTally();
	if (code !== 0 && tally.failed === 0) {
		process.stderr.write(`${name} ended with code ${code}\n`);
		return { ...tally, failed: 1 };
	}
	return tally;
}
