import { oc } from "@orpc/contract";
import { z } from "zod";
import { identifier } from "./shapes.ts";

export const dateFormat = z.enum([
	"iso",
	"epoch_s",
	"epoch_ms",
	"ymd",
	"dmy",
	"mdy",
]);

/** Which column of a file is what. Everything named in `features` is a feature. */
export const columnMapping = z.object({
	model: z.union([
		z.object({ column: z.string() }),
		z.object({ constant: identifier }),
	]),
	score: z.string(),
	/** Null: rows have no time; the file is then a window of its own. */
	eventTime: z.string().nullable(),
	prediction: z.string().nullable(),
	label: z.string().nullable(),
	eventId: z.string().nullable(),
	entityId: z.string().nullable(),
	modelVersion: z.string().nullable(),
	features: z.array(z.string()).max(2_000),
	dateFormat: dateFormat.nullable(),
});
export type ColumnMapping = z.infer<typeof columnMapping>;

/** Labels that arrive later join predictions by event id; without a model, of whatever model has the id. */
export const labelMapping = z.object({
	model: z.object({ constant: identifier }).nullable(),
	eventId: z.string(),
	label: z.string(),
});
export type LabelMapping = z.infer<typeof labelMapping>;

export const fileColumn = z.object({
	name: z.string(),
	type: z.enum(["number", "string", "boolean", "timestamp", "mixed", "empty"]),
	examples: z.array(z.string()),
	missingShare: z.number(),
	dateFormat: z.union([dateFormat, z.literal("ambiguous")]).nullable(),
});

export const fileInspection = z.object({
	name: z.string(),
	format: z.enum(["csv", "ndjson", "json", "parquet"]),
	sizeBytes: z.number(),
	delimiter: z.string().nullable(),
	hasHeader: z.boolean(),
	columns: z.array(fileColumn),
	sampleRows: z.array(z.array(z.string())),
	/** Exact for Parquet, an estimate from the sample otherwise. */
	estimatedRows: z.number(),
});
export type FileInspection = z.infer<typeof fileInspection>;

export const inspectionAnswer = z.object({
	inspection: fileInspection,
	/** Null when no score column could be told. */
	mapping: columnMapping.nullable(),
	labelMapping: labelMapping.nullable(),
	/** Why each column was guessed as it was, by mapping field. */
	reasons: z.record(z.string(), z.string()),
	/** What a person has to decide before the file can be imported. */
	problems: z.array(
		z.object({ field: z.string(), code: z.string(), message: z.string() }),
	),
	/** The same content was imported before. */
	alreadyImported: z.object({ jobId: z.string(), at: z.number() }).nullable(),
});
export type InspectionAnswer = z.infer<typeof inspectionAnswer>;

export const rejectedRow = z.object({
	line: z.number().int(),
	code: z.string(),
	message: z.string(),
});

export const job = z.object({
	jobId: z.string(),
	kind: z.enum(["import", "labels", "assess", "demo"]),
	title: z.string(),
	state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
	/** 0 to 1; null while the size is not known. */
	progress: z.number().nullable(),
	step: z.string(),
	startedAt: z.number(),
	finishedAt: z.number().nullable(),
	error: z.string().nullable(),
	import: z
		.object({
			file: z.string(),
			accepted: z.number().int(),
			/** Rows that were already there, by event id or by file and line. */
			duplicates: z.number().int(),
			rejected: z.number().int(),
			errors: z.array(rejectedRow).max(100),
			rejectedFile: z.string().nullable(),
			modelIds: z.array(z.string()),
		})
		.nullable(),
});
export type Job = z.infer<typeof job>;

/** A file named by its path (the desktop, the command line) or by an upload's id (a browser). */
export const fileSource = z.union([
	z.object({ path: z.string() }),
	z.object({ uploadId: z.string() }),
]);
export type FileSource = z.infer<typeof fileSource>;

const unreadable = {
	UNREADABLE: {
		message: "The file cannot be read.",
		data: z.object({ code: z.string() }),
	},
};

export const importsContract = {
	inspect: oc
		.errors(unreadable)
		.input(
			z.object({
				source: fileSource,
				modelId: identifier.optional(),
			}),
		)
		.output(inspectionAnswer),
	start: oc
		.errors({
			...unreadable,
			INVALID: {
				message: "The mapping does not fit the file.",
				data: z.object({
					problems: z.array(
						z.object({
							field: z.string(),
							code: z.string(),
							message: z.string(),
						}),
					),
				}),
			},
		})
		.input(
			z.object({
				source: fileSource,
				mapping: columnMapping.optional(),
				/** Import labels for rows that are already there. */
				labels: labelMapping.optional(),
				modelId: identifier.optional(),
				/** Name this file's rows as a reference set (the baseline of a `reference` monitor). */
				referenceSet: identifier.optional(),
				assess: z.boolean().default(true),
			}),
		)
		.output(z.object({ jobId: z.string() })),
};

export const jobsContract = {
	list: oc.output(z.array(job)),
	get: oc
		.errors({ NOT_FOUND: { message: "No such job." } })
		.input(z.object({ jobId: z.string() }))
		.output(job),
	cancel: oc
		.errors({ NOT_FOUND: { message: "No such job." } })
		.input(z.object({ jobId: z.string() }))
		.output(job),
};

export const demoContract = {
	/** Loads the generated fraud-model history; a second call adds nothing. */
	load: oc.output(z.object({ jobId: z.string() })),
};
