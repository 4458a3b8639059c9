import { readFileSync, writeFileSync } from "node:fs";

/**
 * What one suite came to. Every skip has a reason.
 * @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} Tally
 */

/** Names the file that a suite's reporter writes its tally to. */
export const tallyVariable = "TOCSIN_TEST_TALLY";

/** @returns {Tally} */
export function emptyTally() {
	return { passed: 0, failed: 0, skipped: [] };
}

/**
 * Counts a skipped test, and one without a reason as failed: nobody would miss it.
 * @param {Tally} tally
 * @param {string} name
 * @param {string | undefined} reason
 */
export function countSkip(tally, name, reason) {
	if (reason) {
		tally.skipped.push({ name, reason });
	} else {
		process.stderr.write(`Skipped without a reason: ${name}\n`);
		tally.failed++;
	}
}

/** @param {Tally} tally */
export function writeTally(tally) {
	const path = process.env[tallyVariable];
	if (path) writeFileSync(path, JSON.stringify(tally));
}

/** The tally of a suite that has ended; null when its runner did not come to write one. */
export function readTally(path) {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return null;
	}
}

/** The sum of all suites as the last line says it. */
export function summaryLine(tallies) {
	const sum = (count) => tallies.reduce((total, one) => total + count(one), 0);
	return [
		`${sum((one) => one.passed)} passed`,
		`${sum((one) => one.failed)} failed`,
		`${sum((one) => one.skipped.length)} skipped`,
	].join(", ");
}
