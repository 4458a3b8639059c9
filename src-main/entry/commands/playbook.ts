import { Command, Option } from "commander";
import { withCommonOptions } from "./options.ts";

/** What belongs to playbooks; each part is loaded when it is asked for. */
export function playbookCommand(): Command {
	const lint = new Command("lint")
		.description(
			"check playbook files; without any, those of Tocsin and of the data folder",
		)
		.argument("[files...]", "YAML files");
	const list = new Command("list").description("every playbook there is");
	const show = new Command("show")
		.description("what a playbook takes and does")
		.argument("<id>", "the playbook's id");
	const connections = new Command("connections")
		.description("print a connections.yaml to fill in")
		.option("--write", "put it into the data folder, when there is none yet");
	const run = new Command("run")
		.description("dry-run a playbook on an incident, then execute it")
		.argument("<id>", "the playbook's id")
		.addOption(incidentOption())
		.option(
			"--param <name=value>",
			"a parameter; may be repeated, also for the values of a list",
			(text: string, before: readonly string[]) => [...before, text],
			[],
		)
		.option("--params <file>", "all parameters as one JSON object; - is stdin")
		.option("--dry-run", "only show what would be run");
	const execute = new Command("execute")
		.description("execute a dry run, such as one that was approved since")
		.argument("<number>", "the dry run's number");
	const rollback = new Command("rollback")
		.description("take an execution back")
		.argument("<number>", "the execution's number");
	const cancel = new Command("cancel")
		.description("stop an action that is running")
		.argument("<number>", "the action's number");
	for (const running of [run, execute, rollback]) {
		running
			.option("--yes", "do not ask before it is run")
			.option("--approve", "approve it too, as the owner of this machine");
	}
	const families = {
		catalogue: () => import("./playbook-catalogue.ts"),
		run: () => import("./playbook-run.ts"),
	};
	return new Command("playbook")
		.description("repairs that are dry-run, approved, executed and taken back")
		.addCommand(
			withCommonOptions(lint).action(async (files, options) =>
				(await families.catalogue()).lintPlaybooks(files, options),
			),
		)
		.addCommand(
			withCommonOptions(list).action(async (options) =>
				(await families.catalogue()).listPlaybooks(options),
			),
		)
		.addCommand(
			withCommonOptions(show).action(async (id, options) =>
				(await families.catalogue()).showPlaybook(id, options),
			),
		)
		.addCommand(
			withCommonOptions(connections).action(async (options) =>
				(await families.catalogue()).showConnections(options),
			),
		)
		.addCommand(
			withCommonOptions(run).action(async (id, options) =>
				(await families.run()).runPlaybook(id, options),
			),
		)
		.addCommand(
			withCommonOptions(execute).action(async (number, options) =>
				(await families.run()).executeDryRun(number, options),
			),
		)
		.addCommand(
			withCommonOptions(rollback).action(async (number, options) =>
				(await families.run()).rollBack(number, options),
			),
		)
		.addCommand(
			withCommonOptions(cancel).action(async (number, options) =>
				(await families.run()).cancelAction(number, options),
			),
		);
}

function incidentOption(): Option {
	return new Option(
		"--incident <number>",
		"the incident that it is run for",
	).makeOptionMandatory();
}
