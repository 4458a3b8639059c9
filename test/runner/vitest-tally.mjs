import { countSkip, emptyTally, writeTally } from "./tally.mjs";

/** Hands vitest's results to `npm test`, reasons of skips included. */
export default class VitestTally {
	onTestRunEnd(modules, unhandledErrors) {
		const tally = emptyTally();
		tally.failed += unhandledErrors.length;
		for (const module of modules) {
			tally.failed += module.errors().length;
			for (const test of module.children.allTests()) {
				const result = test.result();
				const name = `${module.relativeModuleId}: ${test.fullName}`;
				if (result.state === "passed") tally.passed++;
				else if (result.state === "skipped") {
					countSkip(tally, name, result.note);
				} else tally.failed++;
			}
		}
		writeTally(tally);
	}
}
