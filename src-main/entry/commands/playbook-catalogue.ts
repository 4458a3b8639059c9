import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Playbook } from "../../../src-shared/contract/index.ts";
import {
	connectionsExample,
	lintFiles,
	openCatalogue,
} from "../../engine/playbooks/index.ts";
import { dataDirectory } from "../data-directory.ts";
import { playbooksFolder } from "../playbooks-folder.ts";
import { withEngine } from "./engine-session.ts";
import { CommandFailure, exitCodes } from "./failure.ts";
import type { CommonOptions } from "./options.ts";
import { printJson, printLine, printNotice, table } from "./output.ts";
import { asMap, requirePlaybook } from "./playbook-parameters.ts";

/** `tocsin playbook lint`: `file:line: what is wrong`, and exit code 1 when anything is. */
export function lintPlaybooks(
	files: readonly string[],
	options: CommonOptions,
): void {
	const faults =
		files.length > 0
			? lintFiles(files)
			: openCatalogue({
					builtInDirectory: playbooksFolder(),
					dataDirectory: dataDirectory(options.dataDir),
					log: { debug() {}, info() {}, warn() {}, error() {} },
				}).faults();
	if (options.json) printJson({ faults });
	for (const { file, line, message } of options.json ? [] : faults) {
		printLine(`${file}${line === null ? "" : `:${line}`}: ${message}`);
	}
	if (faults.length > 0) process.exitCode = exitCodes.failed;
	else if (!options.json) printLine("Nothing is wrong.");
}

/** `tocsin playbook list`. Files that cannot be used are told on stderr. */
export async function listPlaybooks(options: CommonOptions): Promise<void> {
	const { playbooks, faults } = await withEngine(options, ({ client }) =>
		client.playbooks.catalogue(),
	);
	if (options.json) {
		printJson({ playbooks, faults });
		return;
	}
	printLine(
		table(
			["id", "name", "kind", "risk", "approval when", "rollback", "origin"],
			playbooks.map((playbook) => [
				playbook.id,
				playbook.name,
				playbook.kind,
				playbook.kind === "checklist" ? "-" : playbook.risk.level,
				shortened(playbook.approvalRule ?? "-"),
				playbook.hasRollback ? "yes" : "-",
				playbook.origin === "user" ? "yours" : "built in",
			]),
		),
	);
	for (const { file, line, message } of faults) {
		printNotice(`${file}${line === null ? "" : `:${line}`}: ${message}`);
	}
}

function shortened(rule: string): string {
	return rule.length <= 40 ? rule : `${rule.slice(0, 39)}…`;
}

/** `tocsin playbook show ID`. */
export async function showPlaybook(
	id: string,
	options: CommonOptions,
): Promise<void> {
	const playbook = await withEngine(options, async ({ client }) =>
		requirePlaybook(id, await client.playbooks.catalogue()),
	);
	if (options.json) printJson(playbook);
	else printLine(describe(playbook));
}

function describe(playbook: Playbook): string {
	const { risk, estimate } = playbook;
	const lines = [`${playbook.name} (${playbook.id})`, playbook.description, ""];
	if (playbook.kind === "checklist") {
		return [
			...lines,
			...playbook.checklist.map((text, index) => `${index + 1}. ${text}`),
		].join("\n");
	}
	const basis =
		estimate.runs === 0
			? "by its author"
			: `of ${estimate.runs} run${estimate.runs === 1 ? "" : "s"} here`;
	const facts = [
		["risk", `${risk.level}; ${risk.affectedSystems.join(", ") || "-"}`],
		["approval when", playbook.approvalRule ?? "never"],
		["rollback", playbook.hasRollback ? "yes" : "no"],
		["can be repeated", playbook.isIdempotent ? "yes" : "no"],
		["offline", playbook.isOfflineSafe ? "yes" : "no"],
		[
			"estimate",
			`${estimate.durationSeconds} s, $${estimate.costUsd} (${basis})`,
		],
	];
	const parameters = parameterRows(playbook.parameters);
	const steps = playbook.steps.map(({ id, kind, title }) => [id, kind, title]);
	return [
		...lines,
		table(["", ""], facts).replace(/^\s*\n/, ""),
		"",
		...(parameters.length === 0
			? ["No parameters."]
			: [table(["parameter", "type", "default", ""], parameters)]),
		"",
		table(["step", "kind", ""], steps),
	].join("\n");
}

function parameterRows(schema: Playbook["parameters"]): string[][] {
	const required = Array.isArray(schema.required) ? schema.required : [];
	return Object.entries(asMap(schema.properties)).map(([name, property]) => {
		const part = asMap(property);
		const items = asMap(part.items);
		const type = [part.type ?? "one of"].flat().join(" or ");
		const choices = [part.enum ?? items.enum ?? []].flat().join(", ");
		const list = type === "array" ? `list of ${items.type ?? "any"}` : type;
		return [
			name,
			choices === "" ? list : `${list}: ${choices}`,
			required.includes(name)
				? "required"
				: part.default === undefined
					? "-"
					: JSON.stringify(part.default),
			String(part.description ?? part.title ?? ""),
		];
	});
}

/** `tocsin playbook connections`: the example on stdout, or in its place with `--write`. */
export function showConnections(
	options: CommonOptions & { readonly write?: true },
): void {
	const folder = join(dataDirectory(options.dataDir), "playbooks");
	const file = join(folder, "connections.yaml");
	if (options.write) {
		if (existsSync(file)) {
			throw new CommandFailure(
				"EXISTS",
				`${file} is there already and was left as it is.`,
			);
		}
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(file, connectionsExample, { mode: 0o600, flag: "wx" });
	}
	if (options.json) {
		printJson({
			file,
			example: connectionsExample,
			written: options.write === true,
		});
	} else if (options.write) printLine(file);
	else {
		process.stdout.write(connectionsExample);
		printNotice(`It belongs in ${file}; --write puts it there.`);
	}
}
