import { Command } from "commander";
import { monitorSettings } from "../../../src-shared/contract/index.ts";
import { defaultMonitor } from "../../../src-shared/domain/monitor.ts";
import {
	camelCase,
	snakeCase,
	snakeCased,
} from "../../../src-shared/domain/name-case.ts";
import { withEngine } from "./engine-session.ts";
import { usageFailure } from "./failure.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine, table } from "./output.ts";

interface MonitorOptions extends CommonOptions {
	readonly set: readonly string[];
}

const defaults = snakeCased(defaultMonitor);
const names = Object.keys(defaults);

export function monitorCommand(): Command {
	const command = new Command("monitor")
		.description("show or change what a model's monitor looks at")
		.argument("<model>", "the model's name")
		.option(
			"--set <name=value>",
			`change a setting; may be repeated: ${names.join(", ")}`,
			(text: string, before: readonly string[]) => [...before, text],
			[],
		);
	return withCommonOptions(command).action(monitor);
}

async function monitor(model: string, options: MonitorOptions): Promise<void> {
	const change = settingsOf(options.set);
	const set = await withEngine(options, async ({ client }) => {
		if (options.set.length === 0) {
			return (await client.models.get({ modelId: model })).monitor;
		}
		return await client.models.setMonitor({
			modelId: model,
			settings: change,
		});
	});
	const settings = snakeCased(set);
	if (options.json) {
		printJson({ model_id: model, ...settings });
		return;
	}
	printLine(
		table(
			["setting", "value", "default"],
			Object.entries(settings).map(([name, value]) => [
				name,
				shown(value),
				shown(defaults[name as keyof typeof defaults]),
			]),
		),
	);
}

const settingsChange = monitorSettings.partial().strict();

/** The settings that `--set` names, checked. Throws a usage failure that names the setting. */
export function settingsOf(
	pairs: readonly string[],
): ReturnType<typeof settingsChange.parse> {
	const change: Record<string, unknown> = {};
	for (const pair of pairs) {
		const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
		if (name === undefined || value === undefined) {
			throw usageFailure(`--set ${pair} is not name=value.`);
		}
		change[camelCase(name)] = readValue(value);
	}
	const parsed = settingsChange.safeParse(change);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const field =
		issue?.code === "unrecognized_keys"
			? issue.keys.map(snakeCase).join(", ")
			: snakeCase(String(issue?.path[0]));
	throw usageFailure(
		`--set ${field}: ${issue?.message ?? "is wrong"}. Settings: ${names.join(", ")}.`,
	);
}

function readValue(text: string): unknown {
	if (text === "true" || text === "false") return text === "true";
	if (text === "null" || text === "") return null;
	return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function shown(value: unknown): string {
	return value === null ? "-" : String(value);
}
