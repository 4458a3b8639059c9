import { Command, InvalidArgumentError, Option } from "commander";
import {
	type AlertStatus,
	type AlertTriage,
	alertStatus,
	alertTriage,
} from "../../../src-shared/contract/index.ts";
import {
	chosenProject,
	type ProjectOptions,
	withProjectOption,
} from "./chosen-project.ts";
import { withEngine } from "./engine-session.ts";
import { withCommonOptions } from "./options.ts";
import {
	printJson,
	printLine,
	printNotice,
	shortTime,
	table,
} from "./output.ts";

interface ListOptions extends ProjectOptions {
	readonly status?: AlertStatus;
	readonly triage?: AlertTriage;
	readonly text?: string;
	readonly limit: number;
}

export function alertsCommand(): Command {
	const list = new Command("list")
		.description("the alerts of a project, newest first")
		.addOption(
			new Option("--status <status>", "only those").choices(
				alertStatus.options,
			),
		)
		.addOption(
			new Option("--triage <decision>", "only those").choices(
				alertTriage.options,
			),
		)
		.option("--text <words>", "words that all stand somewhere in the alert")
		.option("--limit <count>", "how many at most, up to 500", upTo500, 50);
	return new Command("alerts")
		.description("what monitoring systems told of")
		.addCommand(withCommonOptions(withProjectOption(list)).action(listAlerts));
}

async function listAlerts(options: ListOptions): Promise<void> {
	const { status, triage, text, limit } = options;
	const { items, total } = await withEngine(options, async ({ client }) => {
		const { id: projectId } = await chosenProject(client, options);
		return await client.alerts.list({
			projectId,
			limit,
			...(status === undefined ? {} : { status }),
			...(triage === undefined ? {} : { triage }),
			...(text === undefined ? {} : { text }),
		});
	});
	if (options.json) {
		printJson({ alerts: items, total });
		return;
	}
	printLine(
		table(
			["began", "severity", "status", "decision", "alert", "service", "source"],
			items.map((alert) => [
				shortTime(alert.startsAt),
				String(alert.severity),
				alert.suppressedBy === null ? alert.status : `${alert.status}, quiet`,
				alert.triage,
				alert.name,
				alert.service ?? "-",
				alert.integrationName,
			]),
		),
	);
	if (total > items.length) printNotice(`${items.length} of ${total}.`);
}

function upTo500(text: string): number {
	const count = Number(text);
	if (!/^\d{1,3}$/.test(text) || count < 1 || count > 500) {
		throw new InvalidArgumentError("Give a number from 1 to 500.");
	}
	return count;
}
