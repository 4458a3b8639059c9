import { countSkip, emptyTally, writeTally } from "./tally.mjs";

/** Hands Playwright's results to `npm test`, reasons of skips included. */
export default class PlaywrightTally {
	#root = null;
	#errors = 0;

	onBegin(_config, root) {
		this.#root = root;
	}

	onError() {
		this.#errors++;
	}

	onEnd() {
		const tally = emptyTally();
		tally.failed += this.#errors;
		for (const test of this.#root?.allTests() ?? []) {
			const name = test.titlePath().filter(Boolean).join(" > ");
			const outcome = test.outcome();
			if (outcome === "expected") tally.passed++;
			else if (outcome === "skipped") {
				const noted = test.annotations.find(({ type }) => type === "skip");
				const reason =
					noted === undefined
						? "an earlier step of its series failed"
						: noted.description;
				countSkip(tally, name, reason);
			} else tally.failed++;
		}
		writeTally(tally);
	}

	printsToStdio() {
		return false;
	}
}
