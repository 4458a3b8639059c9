import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../../engine/test-ports.ts";

/**
 * Playbooks that run a real program with a real effect: a line in a file.
 *
 * - `add_word`: adds a word; needs an approval when `risky`; can be rolled back.
 * - `fail`: exits with 3.
 * - `wait`: runs until the file named `go` is there, then adds the word `waited`.
 * - `absent`: its program is nowhere.
 * - `late`: would run until the file `go` is there, and may take one second.
 * - `undo_wait`, `undo_late`, `undo_fail`: add a word; their rollbacks do as their names say.
 */
export function testPlaybooks(
	onEnd: (end: () => void) => void = onTestFinished,
) {
	const folder = temporaryFolder(onEnd);
	const script = join(folder, "act.mjs");
	const words = join(folder, "words");
	const go = join(folder, "go");
	writeFileSync(script, program);
	const command = (args: string, seconds = 30) =>
		`{ program: ${JSON.stringify(process.execPath)}, args: [${[script, words, go].map((part) => JSON.stringify(part)).join(", ")}, ${args}], timeout_seconds: ${seconds} }`;
	const undo = (id: string, rollback: string) =>
		`${simple(id, command(`add, ${id}`))}rollback:\n  - { id: back, title: Back, command: ${rollback} }\n`;
	return {
		files: {
			"add-word.yaml": addWord(
				command("add, { value: params.word }"),
				command("remove, { value: params.word }"),
			),
			"fail.yaml": simple("fail", command("fail")),
			"wait.yaml": simple("wait", command("wait")),
			"absent.yaml": simple("absent", "{ program: no-such-program, args: [] }"),
			"late.yaml": simple("late", command("wait", 1)),
			"undo-wait.yaml": undo("undo_wait", command("wait")),
			"undo-late.yaml": undo("undo_late", command("wait", 1)),
			"undo-fail.yaml": undo("undo_fail", command("fail")),
		},
		/** What the runs have left behind. */
		words: () =>
			existsSync(words)
				? readFileSync(words, "utf8").split("\n").slice(0, -1)
				: [],
		/** Lets what waits go on. */
		go: () => writeFileSync(go, ""),
		/** Lets nothing more go on. */
		hold: () => rmSync(go),
	};
}

const program = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
const [words, go, verb, word] = process.argv.slice(2);
switch (verb) {
	case "add":
		appendFileSync(words, word + "\\n");
		console.log("added " + word);
		break;
	case "remove": {
		const kept = readFileSync(words, "utf8").split("\\n").slice(0, -1).filter((each) => each !== word);
		writeFileSync(words, kept.map((each) => each + "\\n").join(""));
		break;
	}
	case "fail":
		console.error("this went wrong");
		process.exit(3);
	case "wait":
		while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 10));
		appendFileSync(words, "waited\\n");
}
`;

function addWord(add: string, remove: string): string {
	return `
id: add_word
name: Add a word
description: Adds a word to a file
parameters:
  type: object
  required: [word]
  properties:
    word: { type: string, pattern: "^[a-z]+$", maxLength: 20 }
    risky: { type: boolean, default: false }
risk: { level: low, affected_systems: [words] }
approval: params.risky
estimate: { duration_seconds: 90, cost_usd: 0.004 }
idempotent: false
offline_safe: true
changes: ["Adds {{ params.word }}"]
outcome: { success: "Added {{ params.word }}", rolled_back: "Took {{ params.word }} away" }
steps:
  - { id: add, title: Add the word, command: ${add} }
rollback:
  - { id: remove, title: Take the word away, command: ${remove} }
`;
}

function simple(id: string, command: string): string {
	return `
id: ${id}
name: ${id}
description: For tests
parameters: { type: object, properties: {} }
risk: { level: low, affected_systems: [words] }
estimate: { duration_seconds: 1, cost_usd: 0 }
idempotent: false
offline_safe: true
changes: [Nothing]
outcome: { success: Done }
steps:
  - { id: run, title: Run it, command: ${command} }
`;
}
