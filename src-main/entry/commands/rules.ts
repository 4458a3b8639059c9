import { Command, InvalidArgumentError } from "commander";
import type { AlertRule } from "../../../src-shared/contract/index.ts";
import {
	chosenProject,
	type ProjectOptions,
	withProjectOption,
} from "./chosen-project.ts";
import { withEngine } from "./engine-session.ts";
import { CommandFailure, exitCodes } from "./failure.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine, shortTime, table } from "./output.ts";
import { type RuleFault, readRuleFile } from "./rule-file.ts";

interface PreviewOptions extends ProjectOptions {
	readonly hours: number;
}

export function rulesCommand(): Command {
	const list = new Command("list").description(
		"the alert rules of a project, in the order in which they are asked",
	);
	const lint = new Command("lint")
		.description("check files of alert rules, without any engine")
		.argument(
			"<files...>",
			"YAML or JSON files with a rule, or a list of them",
		);
	const preview = new Command("preview")
		.description(
			"what rules would have made of the alerts that came; nothing is changed",
		)
		.argument("<file>", "a YAML or JSON file with a rule, or a list of them")
		.option("--hours <count>", "how far to look back, up to 720", hours, 24);
	return new Command("rules")
		.description("what becomes of alerts")
		.addCommand(withCommonOptions(withProjectOption(list)).action(listRules))
		.addCommand(withCommonOptions(lint).action(lintRules))
		.addCommand(
			withCommonOptions(withProjectOption(preview)).action(previewRules),
		);
}

async function listRules(options: ProjectOptions): Promise<void> {
	const rules = await withEngine(options, async ({ client }) => {
		const { id: projectId } = await chosenProject(client, options);
		return await client.alertRules.list({ projectId });
	});
	if (options.json) {
		printJson({ rules });
		return;
	}
	printLine(
		table(
			["rule", "takes", "groups by", "incident from", "resolves"],
			rules.map((rule) => [
				rule.isEnabled ? rule.name : `${rule.name} (off)`,
				conditions(rule),
				rule.groupBy.join(", ") || "-",
				rule.opensIncident ? `severity ${rule.opensFrom}` : "never",
				rule.autoResolve ? `after ${rule.resolveAfterSeconds} s` : "never",
			]),
		),
	);
}

function conditions({ matchers, isDefault }: AlertRule): string {
	if (matchers.length === 0) return isDefault ? "what is left" : "all";
	return matchers
		.map(({ name, operator, value }) => `${name}${operator}"${value}"`)
		.join(", ");
}

/** `file: place: what is wrong`, and exit code 1 when anything is. */
function lintRules(files: readonly string[], options: CommonOptions): void {
	const faults = files.flatMap((file) => readRuleFile(file).faults);
	if (options.json) printJson({ faults });
	else for (const fault of faults) printLine(words(fault));
	if (faults.length > 0) process.exitCode = exitCodes.failed;
	else if (!options.json) printLine("Nothing is wrong.");
}

async function previewRules(
	file: string,
	options: PreviewOptions,
): Promise<void> {
	const { rules, faults } = readRuleFile(file);
	const [fault] = faults;
	if (fault !== undefined) throw new CommandFailure("INVALID", words(fault));
	const previews = await withEngine(options, async ({ client }) => {
		const { id: projectId } = await chosenProject(client, options);
		const each = [];
		for (const rule of rules) {
			const { hours: back } = options;
			const found = await client.alertRules.preview({
				projectId,
				rule,
				hours: back,
			});
			each.push({ rule: rule.name, ...found });
		}
		return each;
	});
	if (options.json) {
		printJson({ previews });
		return;
	}
	for (const { rule, alerts, matched, incidents, ...more } of previews) {
		printLine(
			`${rule}: takes ${matched} of ${alerts} alerts, opens ${incidents.length} incidents, leaves ${more.withoutIncident} without one.${more.isCut ? " Only the newest 5,000 alerts were looked at." : ""}`,
		);
		if (incidents.length === 0) continue;
		printLine(
			table(
				["first", "last", "severity", "alerts", "incident"],
				incidents.map((incident) => [
					shortTime(incident.firstAt),
					shortTime(incident.lastAt),
					String(incident.severity),
					String(incident.alerts),
					incident.isStorm ? `${incident.title} (a storm)` : incident.title,
				]),
			),
		);
	}
}

function words({ file, path, message }: RuleFault): string {
	return `${file}: ${path === null ? "" : `${path}: `}${message}`;
}

function hours(text: string): number {
	const count = Number(text);
	if (!/^\d{1,3}$/.test(text) || count < 1 || count > 720) {
		throw new InvalidArgumentError("Give a number from 1 to 720.");
	}
	return count;
}
