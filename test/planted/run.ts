/*
 * Plants each fault of the table by itself in a copy of the checkout and runs the tests
 * that must notice it.
 *
 * npm run planted                all of them
 * npm run planted -- drift live  those with one of the words in their file or description
 */
import { faultyFiles } from "./faults/index.ts";
import { findFile } from "./find-file.ts";
import { eachFault, type PlantedFault } from "./planted-fault.ts";
import { type Answer, TreeCopy } from "./try-fault.ts";

const leastNoticed = 0.95;
const mostCopies = 2;
const faultsPerCopy = 12;

const words = process.argv.slice(2);
const chosen = eachFault(faultyFiles).filter(
	({ file, what }) =>
		words.length === 0 ||
		words.some((word) => `${file} ${what}`.includes(word)),
);
const copies = Array.from(
	{ length: Math.min(mostCopies, Math.ceil(chosen.length / faultsPerCopy)) },
	() => new TreeCopy(),
);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
	process.once(signal, () => {
		for (const copy of copies) copy.remove();
		process.exit(1);
	});
}
const answers = new Map<PlantedFault, Answer>();
try {
	await checkTests();
	const waiting = [...chosen];
	await Promise.all(
		copies.map(async (copy) => {
			for (;;) {
				const fault = waiting.shift();
				if (fault === undefined) return;
				const begun = performance.now();
				const answer = await copy.try(fault);
				answers.set(fault, answer);
				tell(fault, answer, performance.now() - begun);
			}
		}),
	);
	summarize();
} catch (error) {
	process.stderr.write(
		`${error instanceof Error ? error.message : String(error)}\n`,
	);
	process.exitCode = 1;
} finally {
	for (const copy of copies) copy.remove();
}

/** A test that fails without a fault notices nothing. */
async function checkTests(): Promise<void> {
	const tests = [...new Set(chosen.flatMap((fault) => fault.tests))];
	if (tests.length === 0) throw new Error("There is no such fault.");
	process.stdout.write(
		`${chosen.length} faults, ${tests.length} test files; first without any fault\n`,
	);
	const answer = await copies[0]?.run(tests);
	if (answer !== "passed") {
		throw new Error(`Without a fault the tests ${answer}; run them by hand.`);
	}
}

function tell(
	{ file, what }: PlantedFault,
	answer: Answer,
	millis: number,
): void {
	const said = answer === "failed" ? "noticed" : `NOT NOTICED (${answer})`;
	process.stdout.write(
		`${said.padEnd(10)} ${(millis / 1_000).toFixed(1).padStart(5)} s  ${file}: ${what}\n`,
	);
}

function summarize(): void {
	const areas = Map.groupBy(answers, ([{ file }]) => areaOf(file));
	for (const [area, inIt] of [...areas].sort()) {
		process.stdout.write(
			`${area.padEnd(24)} ${inIt.filter(isNoticed).length} of ${inIt.length}\n`,
		);
	}
	const noticed = [...answers].filter(isNoticed).length;
	const broken = [...answers.values()].filter(
		(answer) => answer === "no such text" || answer === "did not load",
	).length;
	const share = noticed / answers.size;
	process.stdout.write(
		`${noticed} of ${answers.size} noticed (${(share * 100).toFixed(1)} %)\n`,
	);
	for (const [{ file, what, reason }, answer] of answers) {
		if (answer === "failed") continue;
		process.stdout.write(
			`${file}: ${what}: ${answer}${reason === undefined ? "" : `; ${reason}`}\n`,
		);
	}
	if (share < leastNoticed || broken > 0) process.exitCode = 1;
}

/** Such as `engine/drift` or `renderer/state`. */
function areaOf(file: string): string {
	const [root = "", ...folders] = findFile(file).split("/").slice(0, -1);
	return [root.replace(/^src-(main\/)?/, ""), ...folders]
		.slice(root === "src-main" ? 1 : 0)
		.slice(0, 2)
		.join("/");
}

function isNoticed([, answer]: readonly [PlantedFault, Answer]): boolean {
	return answer === "failed";
}
