import { spawn } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout, copied, findFile, timesIn } from "./find-file.ts";
import type { PlantedFault } from "./planted-fault.ts";

/** What the tests of a copy said. */
export type Answer =
	/** Every test passed: nothing was noticed. */
	| "passed"
	/** A test failed: it was noticed. */
	| "failed"
	/** No test ran to its end: the fault is none that a program could have. */
	| "did not load"
	| "hung"
	/** The text to be replaced is not there, or not once. */
	| "no such text";

/** What a test file may take, on a machine that is busy with something else. */
const longestFile = 90_000;
/** What a test may take here: a fault that hangs one is noticed soon. */
const longestTest = 40_000;

/** A copy of the checkout in which faults are planted, so that none can be left in the checkout itself. */
export class TreeCopy {
	readonly #folder: string;
	/** Of vitest, while it runs: the leader of a group with all its workers. */
	#running: number | undefined;

	constructor() {
		this.#folder = mkdtempSync(join(tmpdir(), "tocsin-planted-"));
		for (const name of copied) {
			cpSync(join(checkout, name), join(this.#folder, name), {
				recursive: true,
			});
		}
		symlinkSync(
			join(checkout, "node_modules"),
			join(this.#folder, "node_modules"),
		);
	}

	/** Plants a fault, runs its tests, and takes it out again. */
	async try({ file, from, to, tests }: PlantedFault): Promise<Answer> {
		const path = join(this.#folder, findFile(file));
		const sound = readFileSync(path, "utf8");
		if (timesIn(sound, from) !== 1) return "no such text";
		writeFileSync(
			path,
			sound.replace(from, () => to),
		);
		try {
			return await this.run(tests);
		} finally {
			writeFileSync(path, sound);
		}
	}

	/** Runs test files, named by the ends of their paths. */
	async run(tests: readonly string[]): Promise<Answer> {
		const report = join(this.#folder, "report.json");
		rmSync(report, { force: true });
		const files = tests.map((end) => findFile(end));
		const isEnded = await this.#vitest(
			[
				...files,
				"--reporter=json",
				`--outputFile=${report}`,
				`--testTimeout=${longestTest}`,
				"--bail=1",
			],
			files.length * longestFile,
		);
		if (!isEnded) return "hung";
		if (!existsSync(report)) return "did not load";
		const { success, numFailedTests } = JSON.parse(
			readFileSync(report, "utf8"),
		) as { success: boolean; numFailedTests: number };
		if (success) return "passed";
		return numFailedTests > 0 ? "failed" : "did not load";
	}

	/** Ends what runs in it, and takes it away. */
	remove(): void {
		if (this.#running !== undefined) process.kill(-this.#running, "SIGKILL");
		rmSync(this.#folder, { recursive: true, force: true });
	}

	/** Answers whether it came to its end in time; its workers are ended with it otherwise. */
	#vitest(parameters: readonly string[], millis: number): Promise<boolean> {
		const child = spawn(
			process.execPath,
			[
				join(this.#folder, "node_modules/vitest/vitest.mjs"),
				"run",
				"--config=test/vitest.config.ts",
				...parameters,
			],
			{ cwd: this.#folder, detached: true, stdio: "ignore" },
		);
		const { pid } = child;
		this.#running = pid;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				if (pid !== undefined) process.kill(-pid, "SIGKILL");
				resolve(false);
			}, millis);
			child.once("error", reject);
			child.once("exit", () => {
				this.#running = undefined;
				clearTimeout(timer);
				resolve(true);
			});
		});
	}
}
