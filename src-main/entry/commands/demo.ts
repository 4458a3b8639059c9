import { Command } from "commander";
import { withEngine } from "./engine-session.ts";
import { followJob } from "./follow-job.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import {
	printJson,
	printLine,
	shortNumber,
	shortTime,
	table,
} from "./output.ts";

export function demoCommand(): Command {
	const command = new Command("demo").description(
		"load 30 days of three generated fraud models, one of them drifting",
	);
	return withCommonOptions(command).action(loadDemo);
}

async function loadDemo(options: CommonOptions): Promise<void> {
	await withEngine(options, async (session) => {
		const { jobId } = await session.client.demo.load();
		await followJob(session, jobId);
		const models = await session.client.models.list();
		const { incidents } = await session.client.system.status();
		if (options.json) {
			printJson({
				models: models.map(({ modelId, eventCount, status, psi }) => ({
					model_id: modelId,
					event_count: eventCount,
					status,
					psi_score: psi,
				})),
				incidents,
			});
			return;
		}
		printLine(
			table(
				["model", "status", "PSI", "events", "last seen (UTC)"],
				models.map((model) => [
					model.modelId,
					model.status,
					shortNumber(model.psi),
					String(model.eventCount),
					shortTime(model.lastSeenAt),
				]),
			),
		);
		printLine();
		printLine(
			`${incidents.open} open incidents, ${incidents.critical} of them critical. See them with: npm start`,
		);
	});
}
