import type { FileInspection } from "../../../src-shared/contract/index.ts";
import { countWords } from "../../components/charts/number-words.ts";

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** `56 MB`, `1.2 kB`: powers of 1,000. */
export function sizeWords(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1_000;
		unit++;
	}
	const digits = value < 10 && unit > 0 ? 1 : 0;
	return `${Number(value.toFixed(digits))} ${units[unit]}`;
}

/** `about 1,000,000 rows`; Parquet says exactly. */
export function rowsWords(inspection: FileInspection): string {
	const rows = countWords(inspection.estimatedRows);
	return inspection.format === "parquet"
		? `${rows} rows`
		: `about ${rows} rows`;
}

/** What a file is, for a person: `CSV, separated by semicolons, without a header line`. */
export function formatWords(inspection: FileInspection): string {
	const names = {
		csv: "CSV",
		ndjson: "NDJSON, one object a line",
		json: "JSON array",
		parquet: "Parquet",
	};
	const parts: string[] = [names[inspection.format]];
	if (inspection.format === "csv") {
		const named: Readonly<Record<string, string>> = {
			",": "commas",
			";": "semicolons",
			"\t": "tabs",
			"|": "bars",
		};
		const mark = inspection.delimiter;
		if (mark !== null) parts.push(`separated by ${named[mark] ?? `“${mark}”`}`);
		if (!inspection.hasHeader) parts.push("without a header line");
	}
	return parts.join(", ");
}

/** A model's name out of a file's: its stem, as a suggestion. */
export function modelNameOfFile(fileName: string): string {
	const base = fileName.split(/[/\\]/u).at(-1) ?? fileName;
	const stem = base.replace(
		/(\.(csv|tsv|txt|ndjson|jsonl|json|parquet))?(\.gz)?$/iu,
		"",
	);
	return [...stem].slice(0, 200).join("");
}
