import type {
	ColumnMapping,
	InspectionAnswer,
	LabelMapping,
} from "../../../src-shared/contract/index.ts";
import { EngineError } from "../errors.ts";
import type {
	FileInspection,
	LabelMapping as FileLabelMapping,
	ColumnMapping as FileMapping,
	MappingGuess,
} from "./files/index.ts";

/** What looking at a file finds, as the `files.inspect` task answers it. */
export interface InspectedFile {
	readonly inspection: FileInspection;
	readonly guess: MappingGuess;
	readonly labels: {
		readonly eventId: string | null;
		readonly label: string | null;
	};
	readonly sha256: string;
}

const problemFields: Readonly<Record<string, string>> = {
	no_score: "score",
	no_model: "model",
	no_event_time: "eventTime",
	ambiguous_dates: "dateFormat",
	unreadable_times: "eventTime",
	no_event_id: "eventId",
	no_label: "label",
};

/** The contract's answer to looking at a file. */
export function inspectionAnswer(
	name: string,
	file: InspectedFile,
	modelId: string | undefined,
	alreadyImported: InspectionAnswer["alreadyImported"],
): InspectionAnswer {
	const { inspection, guess, labels } = file;
	const model =
		modelId !== undefined
			? { constant: modelId }
			: guess.fields.model === undefined
				? null
				: { column: guess.fields.model };
	return {
		inspection: {
			name,
			format: inspection.format,
			sizeBytes: inspection.sizeBytes,
			delimiter: inspection.format === "csv" ? inspection.delimiter : null,
			hasHeader: inspection.format !== "csv" || inspection.header,
			columns: inspection.columns.map((column) => ({
				name: column.name,
				type: column.type === "nested" ? "mixed" : column.type,
				examples: [...column.examples],
				missingShare: column.missingShare,
				dateFormat: column.dateFormat ?? null,
			})),
			sampleRows: inspection.firstRows.map((row) => [...row]),
			estimatedRows: inspection.estimatedRows ?? inspection.sampledRows,
		},
		mapping:
			guess.mapping === null
				? openMapping(guess, model)
				: toContract(guess.mapping),
		labelMapping:
			labels.eventId === null || labels.label === null
				? null
				: {
						model: modelId === undefined ? null : { constant: modelId },
						eventId: labels.eventId,
						label: labels.label,
					},
		reasons: reasonsByField(guess),
		problems: guess.problems.map(({ code, message }) => ({
			field: problemField(code),
			code,
			message,
		})),
		alreadyImported,
	};
}

/** Which part of a mapping a problem is about. */
export function problemField(code: string): string {
	return problemFields[code] ?? "file";
}

/** Why each field was mapped as it was; what is said of no single field stands under `features`. */
function reasonsByField({
	fields,
	explanations,
}: MappingGuess): Record<string, string> {
	const reasons: Record<string, string> = {};
	for (const text of explanations) {
		const field =
			Object.entries(fields).find(([, column]) =>
				text.startsWith(`"${column}" is the `),
			)?.[0] ?? (text.startsWith("Times in ") ? "dateFormat" : "features");
		const before = reasons[field];
		reasons[field] = before === undefined ? text : `${before} ${text}`;
	}
	return reasons;
}

/** What is known while the times are still open to a person; null without a score or a model. */
function openMapping(
	{ fields, features }: MappingGuess,
	model: ColumnMapping["model"] | null,
): ColumnMapping | null {
	if (fields.score === undefined || model === null) return null;
	return {
		model,
		score: fields.score,
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

export function toContract(mapping: FileMapping): ColumnMapping {
	return {
		model: mapping.model,
		score: mapping.score,
		eventTime: mapping.eventTime,
		prediction: mapping.prediction ?? null,
		label: mapping.label ?? null,
		eventId: mapping.eventId ?? null,
		entityId: mapping.entityId ?? null,
		modelVersion: mapping.modelVersion ?? null,
		features: [...mapping.features],
		dateFormat: mapping.dateFormat ?? null,
	};
}

export function toFileMapping(mapping: ColumnMapping): FileMapping {
	return {
		model: mapping.model,
		score: mapping.score,
		eventTime: mapping.eventTime,
		prediction: mapping.prediction ?? undefined,
		label: mapping.label ?? undefined,
		eventId: mapping.eventId ?? undefined,
		entityId: mapping.entityId ?? undefined,
		modelVersion: mapping.modelVersion ?? undefined,
		features: mapping.features,
		dateFormat: mapping.dateFormat ?? undefined,
	};
}

export function toFileLabels(mapping: LabelMapping): FileLabelMapping {
	return { eventId: mapping.eventId, label: mapping.label };
}

/** The coded form of a file that cannot be read as asked; other errors as they are. */
export function asFileRefusal(error: unknown): unknown {
	if (!(error instanceof Error) || error.name !== "FileError") return error;
	const code = "code" in error ? String(error.code) : "unreadable";
	return new EngineError("UNREADABLE", error.message, { code });
}
