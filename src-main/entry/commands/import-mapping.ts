import type {
	ColumnMapping,
	InspectionAnswer,
	LabelMapping,
} from "../../../src-shared/contract/index.ts";
import { CommandFailure } from "./failure.ts";
import type { DateFormat, ImportOptions } from "./import.ts";
import {
	applyMapping,
	type MappedColumns,
	mappingFields,
	parseMapping,
} from "./mapping-flag.ts";
import { printNotice, table } from "./output.ts";
import { ask, canAsk } from "./question.ts";

type Problem = InspectionAnswer["problems"][number];

/**
 * The mapping to import by: the guess, with the flags put over it. What is still open is
 * asked of a person, and refused where nobody can be asked. Never guesses an ambiguous date.
 */
export async function chooseMapping(
	path: string,
	answer: InspectionAnswer,
	options: ImportOptions,
): Promise<ColumnMapping> {
	const columns = parseMapping(options.map);
	const asks = canAsk() && !options.yes;
	const guess =
		answer.mapping ?? (await completeGuess(path, options, columns, asks));
	let mapping = applyMapping(guess, columns);
	if (options.model !== undefined) {
		mapping = { ...mapping, model: { constant: options.model } };
	}
	if (options.dateFormat !== undefined) {
		mapping = { ...mapping, dateFormat: options.dateFormat };
	}
	if (isAmbiguous(answer, mapping)) {
		const problem = answer.problems.find(concernsDates);
		const message =
			problem?.message ??
			`The dates in "${mapping.eventTime}" can be read in two ways. Pass --date-format dmy or --date-format mdy.`;
		if (!asks) throw new CommandFailure("AMBIGUOUS_DATES", message);
		mapping = { ...mapping, dateFormat: await askDateOrder(message) };
	}
	showMapping(answer, mapping);
	if (asks && options.map.length === 0) await confirm();
	return mapping;
}

/** As `chooseMapping`, for a file of labels. */
export async function chooseLabelMapping(
	answer: InspectionAnswer,
	options: ImportOptions,
): Promise<LabelMapping> {
	const { eventId, label } = parseMapping(options.map);
	const guess = answer.labelMapping;
	const chosen = {
		// Without a name, the ids are looked for in every model.
		model: options.model === undefined ? null : { constant: options.model },
		eventId: eventId ?? guess?.eventId,
		label: label ?? guess?.label,
	};
	if (chosen.eventId === undefined || chosen.label === undefined) {
		throw new CommandFailure(
			"NO_LABEL",
			"The columns of the events' ids and of the labels could not be told. Name them with --map eventId=COLUMN,label=COLUMN.",
		);
	}
	printNotice(
		`${answer.inspection.name}: ids from "${chosen.eventId}", labels from "${chosen.label}"`,
	);
	return { model: chosen.model, eventId: chosen.eventId, label: chosen.label };
}

/** Where the guess was not whole: its parts, the flags, and what a person answers. */
async function completeGuess(
	path: string,
	options: ImportOptions,
	columns: MappedColumns,
	asks: boolean,
): Promise<ColumnMapping> {
	const { guessMapping, inspectFile } = await import(
		"../../engine/predictions/files/index.ts"
	);
	const inspection = await inspectFile(path);
	const { fields, features, problems } = guessMapping(inspection, {
		modelId: options.model,
		dateFormat: options.dateFormat,
	});
	const names = inspection.columnNames;
	const messageOf = (code: string, otherwise: string) =>
		problems.find((problem) => problem.code === code)?.message ?? otherwise;
	let score = columns.score ?? fields.score;
	if (score === undefined) {
		const message = messageOf("no_score", "No column looks like a score.");
		if (!asks) throw new CommandFailure("NO_SCORE", message);
		score = await ask(`${message}\nScore [${names.join(", ")}]:`, (text) =>
			names.includes(text) ? text : null,
		);
	}
	let model = modelFrom(options.model, columns.model ?? fields.model);
	if (model === null) {
		const message = messageOf("no_model", "Name the model with --model NAME.");
		if (!asks) throw new CommandFailure("NO_MODEL", message);
		const name = await ask(`${message}\nModel:`, (text) => text || null);
		model = { constant: name };
	}
	return {
		model,
		score,
		eventTime: fields.eventTime ?? null,
		prediction: fields.prediction ?? null,
		label: fields.label ?? null,
		eventId: fields.eventId ?? null,
		entityId: fields.entityId ?? null,
		modelVersion: fields.modelVersion ?? null,
		features: [...features],
		dateFormat: null,
	};
}

function modelFrom(
	name: string | undefined,
	column: string | null | undefined,
): ColumnMapping["model"] | null {
	if (name !== undefined) return { constant: name };
	return column == null ? null : { column };
}

function isAmbiguous(
	answer: InspectionAnswer,
	mapping: ColumnMapping,
): boolean {
	if (mapping.eventTime === null || mapping.dateFormat !== null) return false;
	const column = answer.inspection.columns.find(
		({ name }) => name === mapping.eventTime,
	);
	return column?.dateFormat === "ambiguous";
}

function concernsDates({ code }: Problem): boolean {
	return code === "ambiguous_dates";
}

function askDateOrder(message: string): Promise<DateFormat> {
	return ask(
		`${message}\nIs the day first (dmy) or the month first (mdy)?`,
		(text): DateFormat | null =>
			text === "dmy" || text === "mdy" ? text : null,
	);
}

async function confirm(): Promise<void> {
	const yes = await ask("Import with these columns? [Y/n]", (text) => {
		if (/^(y|yes)?$/i.test(text)) return "yes";
		return /^(n|no)$/i.test(text) ? "no" : null;
	});
	if (yes === "no") {
		throw new CommandFailure(
			"CANCELLED",
			"Nothing was imported. Name the columns with --map field=column,...",
		);
	}
}

function showMapping(answer: InspectionAnswer, mapping: ColumnMapping): void {
	const rows = mappingFields.flatMap((field) => {
		const value = shown(mapping, field);
		return value === null ? [] : [[field, value, answer.reasons[field] ?? ""]];
	});
	printNotice(`${answer.inspection.name}:`);
	printNotice(table(["field", "column", "why"], rows));
	const shownFields: ReadonlySet<string> = new Set(mappingFields);
	for (const [field, reason] of Object.entries(answer.reasons)) {
		if (!shownFields.has(field)) printNotice(reason);
	}
}

function shown(
	mapping: ColumnMapping,
	field: (typeof mappingFields)[number],
): string | null {
	if (field === "features") return mapping.features.join(", ") || null;
	if (field === "model") {
		return "column" in mapping.model
			? mapping.model.column
			: `always "${mapping.model.constant}"`;
	}
	const column = mapping[field];
	if (field !== "eventTime" || column === null || mapping.dateFormat === null) {
		return column;
	}
	return `${column} (${mapping.dateFormat})`;
}
