import { join } from "node:path";
import type { Job } from "../../../src-shared/contract/index.ts";
import type { JobContext } from "../jobs/index.ts";
import type { Clock, Compute } from "../ports.ts";
import { reportedErrors } from "./bulk-ingest.ts";
import { EventImporter, type RepeatedRows } from "./event-importer.ts";
import {
	type ColumnMapping,
	categoryAt,
	type FileInspection,
	type LabelBatch,
	type LabelMapping,
	RejectedRowsWriter,
	unpackTexts,
} from "./files/index.ts";
import type { PredictionsService } from "./predictions-service.ts";

type ImportReport = NonNullable<Job["import"]>;

/** A file on this machine and the name a person knows it by. */
export interface ImportFile {
	readonly path: string;
	readonly name: string;
	readonly sha256: string;
	readonly inspection: FileInspection;
	/** Where the report of rejected rows goes when it cannot lie beside the file, or must not. */
	readonly reportFolder: string | null;
}

/** Keeps the running totals of an import and shows them on its job. */
class Tally {
	readonly modelIds = new Set<string>();
	readonly #context: JobContext;
	readonly #file: ImportFile;
	readonly #writer: RejectedRowsWriter;
	#report: ImportReport;

	constructor(context: JobContext, file: ImportFile) {
		this.#context = context;
		this.#file = file;
		const stem =
			file.reportFolder === null
				? file.path
				: join(file.reportFolder, `${context.jobId}-${safeName(file.name)}`);
		this.#writer = new RejectedRowsWriter(stem);
		this.#report = {
			file: file.name,
			accepted: 0,
			duplicates: 0,
			rejected: 0,
			errors: [],
			rejectedFile: null,
			modelIds: [],
		};
	}

	get accepted(): number {
		return this.#report.accepted;
	}

	async add(
		stored: { accepted: number; duplicates: number },
		rejected: readonly {
			line: number;
			code: string;
			message: string;
			raw: string;
		}[],
		bytesRead: number,
	): Promise<void> {
		await this.#writer.write(
			rejected as Parameters<RejectedRowsWriter["write"]>[0],
		);
		const room = reportedErrors - this.#report.errors.length;
		this.#report = {
			...this.#report,
			accepted: this.#report.accepted + stored.accepted,
			duplicates: this.#report.duplicates + stored.duplicates,
			rejected: this.#report.rejected + rejected.length,
			errors: [
				...this.#report.errors,
				...rejected
					.slice(0, room)
					.map(({ line, code, message }) => ({ line, code, message })),
			],
			modelIds: [...this.modelIds],
		};
		const rows =
			this.#report.accepted + this.#report.duplicates + this.#report.rejected;
		this.#context.update({
			progress: Math.min(
				1,
				bytesRead / Math.max(1, this.#file.inspection.sizeBytes),
			),
			step: `${rows.toLocaleString("en")} rows read`,
			import: this.#report,
		});
	}

	/** Puts the report of rejected rows in its place. */
	async close(): Promise<ImportReport> {
		this.#report = {
			...this.#report,
			rejectedFile: await this.#writer.close(),
		};
		this.#context.update({ import: this.#report });
		return this.#report;
	}

	/** Leaves no half-written report behind. */
	async abandon(): Promise<void> {
		await this.#writer.discard();
	}
}

/** Imports the rows of a file; batches that were stored stay stored when it is cancelled. */
export async function importRows(
	ports: { predictions: PredictionsService; compute: Compute; clock: Clock },
	tenantKey: number,
	file: ImportFile,
	mapping: ColumnMapping,
	context: JobContext,
): Promise<{
	report: ImportReport;
	/** By model: rows of the file that an earlier import stored. */
	repeated: ReadonlyMap<string, RepeatedRows>;
}> {
	const { predictions, compute, clock } = ports;
	const importer = new EventImporter(tenantKey, {
		store: predictions.store,
		models: predictions.models,
		writer: predictions.writer,
		ids: predictions.importedIds,
		clock,
	});
	const tally = new Tally(context, file);
	try {
		await compute.run(
			"files.pack",
			{
				path: file.path,
				inspection: file.inspection,
				mapping,
				sha256: file.sha256,
				now: clock.now(),
			},
			{
				signal: context.signal,
				onMessage: async (rows) => {
					const stored = importer.add(rows);
					predictions.committed(stored.models);
					for (const { modelId } of stored.models) tally.modelIds.add(modelId);
					await tally.add(
						stored,
						[
							...rows.rejected,
							...stored.conflicts.map((row) => ({ ...row, code: "conflict" })),
						],
						rows.bytesRead,
					);
				},
			},
		);
		return { report: await tally.close(), repeated: importer.repeated };
	} catch (error) {
		await tally.abandon();
		throw error;
	} finally {
		await importer.end();
	}
}

/** Joins the labels of a file to the events that are there. */
export async function importLabels(
	ports: { predictions: PredictionsService; compute: Compute },
	tenantKey: number,
	file: ImportFile,
	mapping: LabelMapping,
	modelId: string | null,
	context: JobContext,
): Promise<ImportReport> {
	const ingest = ports.predictions.labels(tenantKey);
	const tally = new Tally(context, file);
	try {
		await ports.compute.run(
			"files.labels",
			{ path: file.path, inspection: file.inspection, mapping },
			{
				signal: context.signal,
				onMessage: async (batch) => {
					const before = { ...ingest.report };
					const refused = ingest.add(labelItems(batch, modelId));
					for (const id of ingest.report.modelIds) tally.modelIds.add(id);
					const duplicates = ingest.report.duplicates - before.duplicates;
					await tally.add(
						{
							accepted: ingest.report.accepted - before.accepted - duplicates,
							duplicates,
						},
						[
							...batch.rejected,
							...refused.map((error) => ({ ...error, raw: "" })),
						],
						batch.bytesRead,
					);
				},
			},
		);
		return await tally.close();
	} catch (error) {
		await tally.abandon();
		throw error;
	}
}

function labelItems(
	batch: LabelBatch,
	modelId: string | null,
): { line: number; value: unknown }[] {
	const ids = unpackTexts(batch.eventId);
	return ids.map((eventId, row) => ({
		line: batch.lines[row] ?? 0,
		value: {
			event_id: eventId,
			label: categoryAt(batch.label, row),
			model_id: modelId,
		},
	}));
}

/** A file's name that cannot leave its folder. */
function safeName(name: string): string {
	return name.replaceAll(/[^\w.-]/g, "_").slice(-100);
}
