import { ambiguousDates, type ColumnMapping } from "./column-mapping.ts";
import type { ColumnProfile } from "./column-profile.ts";
import {
	type DateFormat,
	type DetectedDateFormat,
	epochFormatOf,
} from "./date-format.ts";
import type { FileInspection } from "./inspect-file.ts";

/** The parts of a prediction that a column can be. */
export type MappedField =
	| "model"
	| "score"
	| "eventTime"
	| "prediction"
	| "label"
	| "eventId"
	| "entityId"
	| "modelVersion";

/** Why a guess cannot be used as it is. */
export interface MappingProblem {
	readonly code:
		| "no_score"
		| "no_model"
		| "no_event_time"
		| "ambiguous_dates"
		| "unreadable_times"
		| "no_event_id"
		| "no_label";
	readonly message: string;
}

/** A mapping as far as it can be read from names and types. */
export interface MappingGuess {
	/** Null while a problem of the kind no_score, no_model, ambiguous_dates or unreadable_times stands. */
	readonly mapping: ColumnMapping | null;
	/** What was found, complete or not, to be shown and changed. */
	readonly fields: Partial<Readonly<Record<MappedField, string>>>;
	readonly features: readonly string[];
	/** 1 when every field was found by its usual name, less for looser matches, 0 without a mapping. */
	readonly confidence: number;
	/** One sentence per decision, for a person. */
	readonly explanations: readonly string[];
	readonly problems: readonly MappingProblem[];
}

/** Usual names, best first. Names are compared without case, spaces, dots and hyphens. */
const SYNONYMS: Readonly<Record<MappedField, readonly string[]>> = {
	score: [
		"score",
		"y_pred_proba",
		"probability",
		"proba",
		"prob",
		"prediction_score",
		"y_score",
		"p",
	],
	prediction: ["y_pred", "prediction", "predicted", "predicted_label"],
	label: [
		"y_true",
		"label",
		"target",
		"clf_target",
		"actual",
		"ground_truth",
		"outcome",
	],
	eventTime: [
		"timestamp",
		"event_time",
		"event_timestamp",
		"time",
		"datetime",
		"date",
		"ts",
	],
	eventId: ["event_id", "prediction_id", "id", "uuid"],
	model: ["model_id", "model", "model_name"],
	entityId: ["entity_id", "entity", "user_id", "customer_id"],
	modelVersion: ["model_version", "version"],
};

/**
 * Guesses the mapping from names and types; what is left over are features, but for times,
 * nested values and empty columns. Nothing is guessed between day first and month first:
 * that is a problem to be answered.
 */
export function guessMapping(
	inspection: FileInspection,
	options: {
		readonly modelId?: string | undefined;
		readonly dateFormat?: DateFormat | undefined;
	} = {},
): MappingGuess {
	const explanations: string[] = [];
	const problems: MappingProblem[] = [];
	const fields: Partial<Record<MappedField, string>> = {};
	const taken = new Set<string>();
	let certainty = 1;
	for (const field of Object.keys(SYNONYMS) as MappedField[]) {
		if (field === "model" && options.modelId !== undefined) continue;
		const found = findColumn(inspection.columns, field, taken);
		if (found === null) continue;
		fields[field] = found.column.name;
		taken.add(found.column.name);
		certainty *= found.rank === 0 ? 1 : 0.95;
		explanations.push(
			`"${found.column.name}" is the ${FIELD_WORDS[field]}, by its name.`,
		);
	}
	const dateFormat = decideDateFormat(
		inspection,
		fields.eventTime,
		options.dateFormat,
		explanations,
		problems,
	);
	const features = chooseFeatures(inspection.columns, taken, explanations);
	const { score, model } = fields;
	if (score === undefined) problems.push(NO_SCORE);
	if (options.modelId === undefined && model === undefined) {
		problems.push(NO_MODEL);
	}
	const { eventTime } = fields;
	if (eventTime === undefined) problems.push(NO_EVENT_TIME);
	const blocked = problems.some(({ code }) => code !== "no_event_time");
	const modelMapping =
		options.modelId !== undefined
			? { constant: options.modelId }
			: { column: model ?? "" };
	const mapping: ColumnMapping | null =
		score === undefined || blocked
			? null
			: {
					model: modelMapping,
					score,
					eventTime: eventTime ?? null,
					prediction: fields.prediction,
					label: fields.label,
					eventId: fields.eventId,
					entityId: fields.entityId,
					modelVersion: fields.modelVersion,
					features,
					dateFormat: dateFormat ?? undefined,
				};
	return {
		mapping,
		fields,
		features,
		confidence: mapping === null ? 0 : certainty,
		explanations,
		problems,
	};
}

/** Guesses which columns of a file of labels hold the event's id and its label. */
export function guessLabelMapping(inspection: FileInspection): {
	readonly eventId: string | null;
	readonly label: string | null;
	readonly problems: readonly MappingProblem[];
} {
	const taken = new Set<string>();
	const id = findColumn(inspection.columns, "eventId", taken);
	if (id) taken.add(id.column.name);
	const named = findColumn(inspection.columns, "label", taken);
	const others = inspection.columns.filter(({ name }) => !taken.has(name));
	const label = named?.column ?? (others.length === 1 ? others[0] : undefined);
	const problems: MappingProblem[] = [];
	if (id === null) {
		problems.push({
			code: "no_event_id",
			message:
				"No column looks like the events' id. Name it with --map event_id=COLUMN.",
		});
	}
	if (label === undefined) {
		problems.push({
			code: "no_label",
			message:
				"No column looks like the label. Name it with --map label=COLUMN.",
		});
	}
	return {
		eventId: id?.column.name ?? null,
		label: label?.name ?? null,
		problems,
	};
}

const FIELD_WORDS: Readonly<Record<MappedField, string>> = {
	model: "model's id",
	score: "score",
	eventTime: "time of the event",
	prediction: "predicted class",
	label: "true label",
	eventId: "event's id",
	entityId: "entity's id",
	modelVersion: "model's version",
};

const NO_SCORE: MappingProblem = {
	code: "no_score",
	message:
		"No column of numbers looks like a score. Name it with --map score=COLUMN.",
};
const NO_MODEL: MappingProblem = {
	code: "no_model",
	message:
		"The file does not say which model it is of. Name it with --model ID, or its column with --map model=COLUMN.",
};
const NO_EVENT_TIME: MappingProblem = {
	code: "no_event_time",
	message:
		"No column looks like the time of the event. Name it with --map time=COLUMN.",
};

function findColumn(
	columns: readonly ColumnProfile[],
	field: MappedField,
	taken: ReadonlySet<string>,
): { column: ColumnProfile; rank: number } | null {
	for (const [rank, synonym] of SYNONYMS[field].entries()) {
		const column = columns.find(
			(candidate) =>
				!taken.has(candidate.name) &&
				plainName(candidate.name) === plainName(synonym) &&
				fits(candidate, field),
		);
		if (column) return { column, rank };
	}
	return null;
}

function fits({ type }: ColumnProfile, field: MappedField): boolean {
	if (type === "nested") return false;
	if (field === "score") return type === "number" || type === "mixed";
	if (field === "eventTime") return type !== "boolean" && type !== "empty";
	return true;
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[\s._-]+/g, "");
}

function decideDateFormat(
	{ columns }: FileInspection,
	name: string | undefined,
	told: DateFormat | undefined,
	explanations: string[],
	problems: MappingProblem[],
): DateFormat | null {
	const column = columns.find((candidate) => candidate.name === name);
	if (column === undefined) return null;
	const found = told ?? foundDateFormat(column);
	if (found === "ambiguous") {
		const message = ambiguousDates(column.name, column.examples);
		problems.push({ code: "ambiguous_dates", message });
		return null;
	}
	if (found === null) {
		problems.push({
			code: "unreadable_times",
			message: `The times in the column "${column.name}" are in no known format (${column.examples.slice(0, 2).join(", ")}). Use RFC 3339, or name the format with --date-format.`,
		});
		return null;
	}
	explanations.push(
		`Times in "${column.name}" are read as ${found}; those without a zone are taken as UTC.`,
	);
	return found;
}

function foundDateFormat(column: ColumnProfile): DetectedDateFormat | null {
	if (column.dateFormat !== undefined) return column.dateFormat;
	if (column.type !== "number" || column.range === null) return null;
	return epochFormatOf(column.range.min, column.range.max);
}

function chooseFeatures(
	columns: readonly ColumnProfile[],
	taken: ReadonlySet<string>,
	explanations: string[],
): string[] {
	const features: string[] = [];
	for (const { name, type, allDifferent } of columns) {
		if (taken.has(name)) continue;
		const reason = LEFT_OUT[type];
		if (reason !== undefined) {
			explanations.push(`"${name}" is left out: ${reason}.`);
			continue;
		}
		features.push(name);
		if (type === "mixed") {
			explanations.push(
				`"${name}" holds numbers and text; it is taken as categories.`,
			);
		} else if (type === "string" && allDifferent) {
			explanations.push(
				`"${name}" has another text in every row; leave it out if it is an identifier.`,
			);
		}
	}
	return features;
}

const LEFT_OUT: Partial<Record<ColumnProfile["type"], string>> = {
	timestamp: "a second column of times is no feature",
	nested: "it holds lists or objects",
	empty: "it has no values",
};
