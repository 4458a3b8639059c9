import type { TaskContext } from "../compute-tasks.ts";
import {
	type ColumnMapping,
	checkMapping,
	type DateFormat,
	type FileInspection,
	guessLabelMapping,
	guessMapping,
	hashFile,
	inspectFile,
	type LabelBatch,
	type LabelMapping,
	readLabels,
} from "./files/index.ts";
import type { InspectedFile } from "./import-answers.ts";

export interface InspectInput {
	readonly path: string;
	readonly modelId: string | undefined;
	readonly dateFormat: DateFormat | undefined;
}

/** Looks at a file and guesses its mapping. Reads only; throws FileError. */
export async function inspectForImport(
	input: InspectInput,
	context: TaskContext,
): Promise<InspectedFile> {
	const inspection = await inspectFile(input.path, { signal: context.signal });
	const labels = guessLabelMapping(inspection);
	return {
		inspection,
		guess: guessMapping(inspection, {
			modelId: input.modelId,
			dateFormat: input.dateFormat,
		}),
		labels: { eventId: labels.eventId, label: labels.label },
		sha256: await hashFile(input.path, { signal: context.signal }),
	};
}

export interface LabelsInput {
	readonly path: string;
	readonly inspection: FileInspection;
	readonly mapping: LabelMapping;
}

/** Reads a file of labels, batch by batch, one ahead of whoever stores them. */
export async function readLabelFile(
	input: LabelsInput,
	context: TaskContext<LabelBatch>,
): Promise<void> {
	let sent: Promise<void> = Promise.resolve();
	const batches: AsyncGenerator<LabelBatch> = readLabels(
		input.path,
		input.inspection,
		input.mapping,
		{ signal: context.signal },
	);
	for await (const batch of batches) {
		await sent;
		sent = context.emit(batch);
	}
	await sent;
}

/** Throws FileError where a mapping does not fit the file. */
export function checkFileMapping(
	inspection: FileInspection,
	mapping: ColumnMapping,
): void {
	checkMapping(inspection, mapping);
}
