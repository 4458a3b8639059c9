import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openCatalogue } from "../../../../src-main/engine/playbooks/catalogue/index.ts";
import { readPlaybook } from "../../../../src-main/engine/playbooks/catalogue/reading/read-playbook.ts";
import type {
	LoadedPlaybook,
	PlaybookCatalogue,
} from "../../../../src-main/engine/playbooks/definition.ts";
import { checkout } from "../../../architecture/source-file.ts";

export const builtInDirectory = join(checkout, "resources", "playbooks");

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A data folder with these files under `playbooks/`, removed after the test. */
export function dataFolder(files: Readonly<Record<string, string>>): string {
	const folder = mkdtempSync(join(tmpdir(), "tocsin-playbooks-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	mkdirSync(join(folder, "playbooks"), { mode: 0o700 });
	for (const [name, text] of Object.entries(files)) {
		writeFileSync(join(folder, "playbooks", name), text, { mode: 0o600 });
	}
	return folder;
}

/** The catalogue of a data folder with these files; without the built-in ones unless asked. */
export function catalogueOf(
	files: Readonly<Record<string, string>>,
	{ withBuiltIn = false } = {},
): PlaybookCatalogue {
	return openCatalogue({
		builtInDirectory: withBuiltIn ? builtInDirectory : null,
		dataDirectory: dataFolder(files),
		log: silent,
	});
}

/** The only playbook of a file, which must be right. */
export function playbookOf(text: string, connections?: string): LoadedPlaybook {
	const catalogue = catalogueOf({
		"playbook.yaml": text,
		...(connections === undefined ? {} : { "connections.yaml": connections }),
	});
	const [playbook] = catalogue.list();
	if (playbook === undefined) {
		throw new Error(JSON.stringify(catalogue.faults()));
	}
	return playbook;
}

/** A playbook of one command with these arguments and parameters, both in YAML's flow form. */
export function commandPlaybook(args: string, properties: string): string {
	return `
id: sample
name: Sample
description: A sample
parameters: { type: object, properties: ${properties} }
risk: { level: low }
steps:
  - id: run
    command: { program: sample, args: ${args} }
`;
}

/** The arguments that these parameters make, or the faults by path. */
export function argumentsOf(
	playbook: LoadedPlaybook,
	params: unknown,
): readonly string[] | Readonly<Record<string, string>> {
	const outcome = playbook.resolve(params);
	if (!outcome.ok) {
		return Object.fromEntries(
			outcome.faults.map(({ path, message }) => [path, message]),
		);
	}
	const [step] = outcome.resolved.steps;
	return step?.kind === "command" ? step.args : [];
}

/** `line: message` of everything that is wrong with a file. */
export function faultsOf(text: string): string[] {
	const read = readPlaybook(text);
	return "faults" in read
		? read.faults.map(({ line, message }) => `${line}: ${message}`)
		: [];
}
