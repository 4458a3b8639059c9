import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { dataDirectory } from "../data-directory.ts";
import { type EngineSession, withEngine } from "./engine-session.ts";
import { CommandFailure, exitCodes } from "./failure.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine } from "./output.ts";
import { ProgressBar } from "./progress-bar.ts";

interface FileReport {
	readonly file: string;
	readonly intact: boolean;
	readonly faults: readonly string[];
}

interface TimelineReport {
	readonly incidents: number;
	readonly events: number;
	readonly faults: readonly { incident_id: string; fault: string }[];
}

const pageSize = 500;

export function verifyCommand(): Command {
	const command = new Command("verify").description(
		"check the databases and the hash chain of every timeline",
	);
	return withCommonOptions(command).action(verify);
}

async function verify(options: CommonOptions): Promise<void> {
	const folder = dataDirectory(options.dataDir);
	if (!existsSync(join(folder, "command.db"))) {
		throw new CommandFailure(
			"NO_DATA",
			`There is no data in ${folder}. Name another folder with --data-dir.`,
		);
	}
	const databases = await checkFiles(folder);
	// An engine must not be started on a damaged file.
	const timelines = databases.every(({ intact }) => intact)
		? await withEngine(options, checkTimelines)
		: null;
	const intact = timelines !== null && timelines.faults.length === 0;
	if (options.json) printJson({ intact, databases, timelines });
	else printReport(databases, timelines);
	if (!intact) process.exitCode = exitCodes.failed;
}

async function checkFiles(folder: string): Promise<FileReport[]> {
	const { openForReading } = await import("../../engine/store/index.ts");
	const reports: FileReport[] = [];
	for (const file of ["command.db", "predictions.db"]) {
		const path = join(folder, file);
		if (!existsSync(path)) continue;
		let faults: string[];
		try {
			const connection = openForReading(path);
			try {
				const answer = connection
					.prepare("PRAGMA integrity_check(20)")
					.pluck()
					.all()
					.map(String);
				faults = answer.filter((line) => line !== "ok");
			} finally {
				connection.close();
			}
		} catch (error) {
			faults = [error instanceof Error ? error.message : String(error)];
		}
		reports.push({ file, intact: faults.length === 0, faults });
	}
	return reports;
}

async function checkTimelines(session: EngineSession): Promise<TimelineReport> {
	const { client, signal } = session;
	const bar = new ProgressBar();
	const faults: TimelineReport["faults"][number][] = [];
	let incidents = 0;
	let events = 0;
	let before: number | null = null;
	try {
		for (;;) {
			const page: Awaited<ReturnType<typeof client.incidents.list>> =
				await client.incidents.list({ before, limit: pageSize });
			for (const { id, number } of page.items) {
				if (signal.aborted) {
					throw new CommandFailure(
						"CANCELLED",
						"Stopped before every timeline was checked.",
						exitCodes.interrupted,
					);
				}
				const answer = await client.incidents.verify({ id });
				incidents++;
				events += answer.events;
				if (!answer.intact) {
					faults.push({ incident_id: id, fault: answer.fault ?? "altered" });
				}
				before = number;
				bar.show(incidents / Math.max(page.total, 1), "timelines");
			}
			if (page.items.length < pageSize) return { incidents, events, faults };
		}
	} finally {
		bar.clear();
	}
}

function printReport(
	databases: readonly FileReport[],
	timelines: TimelineReport | null,
): void {
	for (const { file, intact, faults } of databases) {
		printLine(`${file}: ${intact ? "intact" : "DAMAGED"}`);
		for (const fault of faults) printLine(`  ${fault}`);
	}
	if (timelines === null) {
		printLine(
			"The timelines were not checked. Put a copy from the folder backups/ in place of the damaged file.",
		);
		return;
	}
	printLine(
		`timelines: ${timelines.incidents} incidents, ${timelines.events} events, ${timelines.faults.length} faults`,
	);
	for (const { incident_id, fault } of timelines.faults) {
		printLine(`  ${incident_id}: ${fault}`);
	}
}
