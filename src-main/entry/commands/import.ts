import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { z } from "zod";
import type { dateFormat, Job } from "../../../src-shared/contract/index.ts";
import { type EngineSession, withEngine } from "./engine-session.ts";
import { CommandFailure, describeFailure, exitCodes } from "./failure.ts";
import { followJob } from "./follow-job.ts";
import { chooseLabelMapping, chooseMapping } from "./import-mapping.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine, printNotice } from "./output.ts";

export type DateFormat = z.infer<typeof dateFormat>;

export interface ImportOptions extends CommonOptions {
	readonly model?: string;
	readonly map: readonly string[];
	readonly dateFormat?: DateFormat;
	readonly labels?: true;
	readonly reference?: string;
	readonly assess: boolean;
	readonly yes?: true;
}

interface FileResult {
	readonly file: string;
	readonly accepted: number;
	readonly duplicates: number;
	readonly rejected: number;
	readonly rejected_file: string | null;
	readonly models: readonly string[];
	readonly errors: readonly { line: number; code: string; message: string }[];
}

export function importCommand(): Command {
	const command = new Command("import")
		.description("add predictions, or labels that came later, from files")
		.argument("<files...>", "CSV, NDJSON, JSON or Parquet")
		.option("--model <name>", "the model, when no column names it")
		.option(
			"--map <field=column,...>",
			"which column is what: model, score, eventTime, prediction, label, eventId, entityId, modelVersion, features",
			(text: string, others: readonly string[]) => [...others, text],
			[],
		)
		.addOption(
			new Option("--date-format <format>", "how times are written").choices([
				"iso",
				"epoch_s",
				"epoch_ms",
				"ymd",
				"dmy",
				"mdy",
			]),
		)
		.option("--labels", "the files hold labels for rows that are already there")
		.option(
			"--reference <name>",
			"name these rows as a reference set, the baseline of a monitor",
		)
		.option("--no-assess", "do not look for drift afterwards")
		.option("--yes", "take the guessed columns without asking");
	return withCommonOptions(command).action(runImport);
}

async function runImport(
	files: readonly string[],
	options: ImportOptions,
): Promise<void> {
	const results: FileResult[] = [];
	const failures: { file: string; code: string; message: string }[] = [];
	await withEngine(options, async (session) => {
		for (const file of files) {
			try {
				const result = await importFile(session, resolve(file), options);
				results.push(result);
				if (!options.json) printResult(result);
			} catch (error) {
				if (session.signal.aborted || files.length === 1) throw error;
				const { code, message } = describeFailure(error);
				failures.push({ file: resolve(file), code, message });
				printNotice(`tocsin: ${file}: ${message}`);
			}
		}
	});
	if (options.json) {
		printJson({
			files: results,
			...(failures.length > 0 ? { failures } : {}),
		});
	}
	if (failures.length > 0) process.exitCode = exitCodes.failed;
}

async function importFile(
	session: EngineSession,
	path: string,
	options: ImportOptions,
): Promise<FileResult> {
	const { client } = session;
	const source = { path };
	const modelId = options.model === undefined ? {} : { modelId: options.model };
	const answer = await client.imports.inspect({ source, ...modelId });
	if (answer.alreadyImported !== null) {
		printNotice(
			`${answer.inspection.name} was imported before; rows that are there already are not added again.`,
		);
	}
	const chosen = options.labels
		? { labels: await chooseLabelMapping(answer, options) }
		: { mapping: await chooseMapping(path, answer, options) };
	const { jobId } = await client.imports.start({
		source,
		...modelId,
		...chosen,
		assess: options.assess,
		...(options.reference === undefined
			? {}
			: { referenceSet: options.reference }),
	});
	return resultOf(path, await followJob(session, jobId));
}

function resultOf(path: string, job: Job): FileResult {
	if (job.import === null) {
		throw new CommandFailure("JOB_FAILED", `${job.title} has no result.`);
	}
	const { accepted, duplicates, rejected, rejectedFile, modelIds, errors } =
		job.import;
	return {
		file: path,
		accepted,
		duplicates,
		rejected,
		rejected_file: rejectedFile,
		models: modelIds,
		errors,
	};
}

function printResult(result: FileResult): void {
	const { accepted, duplicates, rejected, rejected_file, models } = result;
	printLine(
		`${result.file}: ${accepted} added, ${duplicates} there already, ${rejected} rejected${models.length > 0 ? ` (${models.slice(0, 5).join(", ")}${models.length > 5 ? ", ..." : ""})` : ""}`,
	);
	for (const { line, message } of result.errors.slice(0, 3)) {
		printLine(`  line ${line}: ${message}`);
	}
	if (rejected_file !== null) {
		printLine(`  every rejected row and its reason: ${rejected_file}`);
	}
}
