import { resolve } from "node:path";
import { Command } from "commander";
import type { ColumnComparison, ComparisonReport } from "./compare-files.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import {
	printJson,
	printLine,
	printNotice,
	shortNumber,
	table,
} from "./output.ts";

interface CompareOptions extends CommonOptions {
	readonly columns?: readonly string[];
}

export function compareCommand(): Command {
	const command = new Command("compare")
		.description("compare the columns of two files, without any engine")
		.argument("<baseline>", "CSV, NDJSON, JSON or Parquet")
		.argument("<current>", "the file to compare with it")
		.option(
			"--columns <names>",
			"only these, separated by commas (default: all that both files have, but times and identifiers)",
			(text: string) => text.split(",").filter((name) => name !== ""),
		);
	return withCommonOptions(command).action(compare);
}

async function compare(
	baseline: string,
	current: string,
	options: CompareOptions,
): Promise<void> {
	const { compareFiles } = await import("./compare-files.ts");
	const report = await compareFiles(
		resolve(baseline),
		resolve(current),
		options.columns,
	);
	for (const [column, reason] of Object.entries(report.skipped)) {
		printNotice(`"${column}" is left out: ${reason}`);
	}
	for (const note of report.notes) printNotice(note);
	if (options.json) printJson(report);
	else printReport(report);
}

function printReport(report: ComparisonReport): void {
	printLine(
		`${report.baseline.file} (${report.baseline.rows} rows) and ${report.current.file} (${report.current.rows} rows)`,
	);
	printLine(
		table(
			[
				"column",
				"type",
				"n base",
				"n cur",
				"PSI",
				"PSI p",
				"KS",
				"KS p",
				"chi2 p",
				"W/sd",
				"JS",
				"missing",
				"verdict",
			],
			Object.entries(report.columns).map(row),
		),
	);
}

function row([name, column]: [string, ColumnComparison]): string[] {
	return [
		name,
		column.type,
		String(column.n_baseline),
		String(column.n_current),
		shortNumber(column.psi.value),
		shortNumber(column.psi.p_value),
		shortNumber(column.ks?.statistic ?? null),
		shortNumber(column.ks?.p_value_ties ?? null),
		shortNumber(column.chi_square?.p_value ?? null),
		shortNumber(column.wasserstein?.normalized ?? null),
		shortNumber(column.jensen_shannon),
		shortNumber(column.quality.current.missing_share),
		column.verdict,
	];
}
