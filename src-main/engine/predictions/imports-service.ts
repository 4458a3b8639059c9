import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type {
	ColumnMapping,
	FileSource,
	InspectionAnswer,
	LabelMapping,
} from "../../../src-shared/contract/index.ts";
import { EngineError } from "../errors.ts";
import type { Principal, TenantRef } from "../identity/access/index.ts";
import type { JobContext, Jobs } from "../jobs/index.ts";
import type { Clock, Compute } from "../ports.ts";
import type { UploadRegistry } from "../uploads/index.ts";
import { checkFileMapping, type InspectInput } from "./file-tasks.ts";
import {
	asFileRefusal,
	type InspectedFile,
	inspectionAnswer,
	problemField,
	toFileLabels,
	toFileMapping,
} from "./import-answers.ts";
import { type ImportFile, importLabels, importRows } from "./import-job.ts";
import { ImportedFiles } from "./imported-files.ts";
import type { PredictionsService } from "./predictions-service.ts";

export interface StartImport {
	readonly source: FileSource;
	readonly mapping?: ColumnMapping | undefined;
	readonly labels?: LabelMapping | undefined;
	readonly modelId?: string | undefined;
	readonly referenceSet?: string | undefined;
	readonly assess: boolean;
}

export interface ImportsPorts {
	readonly dataDirectory: string;
	readonly predictions: PredictionsService;
	readonly uploads: UploadRegistry;
	readonly jobs: Jobs;
	readonly compute: Compute;
	readonly clock: Clock;
	/** Assesses the history a file brought; resolves when done. */
	readonly assess: (
		tenant: TenantRef,
		modelId: string,
		context: JobContext,
	) => Promise<void>;
	/** Keeps background sealing away until the returned function is called. */
	readonly pauseSealing: () => () => void;
}

/** Looks at files and imports them, as jobs. */
export class ImportsService {
	readonly #ports: ImportsPorts;
	readonly #files: ImportedFiles;
	/** An import follows its inspection, and reading a large file twice to name it takes time. */
	#lastLook: { path: string; state: string; found: InspectedFile } | null =
		null;

	constructor(ports: ImportsPorts) {
		this.#ports = ports;
		this.#files = new ImportedFiles(ports.predictions.store);
	}

	/** What a file holds and how it would be imported. Throws UNREADABLE. */
	async inspect(
		principal: Principal<"engineer">,
		input: { source: FileSource; modelId?: string | undefined },
		signal?: AbortSignal,
	): Promise<InspectionAnswer> {
		const { path, name } = this.#locate(principal, input.source);
		const found = await this.#look(path, input.modelId, undefined, signal);
		return inspectionAnswer(
			name,
			found,
			input.modelId,
			this.#files.known(principal.tenant.key, found.sha256),
		);
	}

	/** Starts an import. Throws UNREADABLE, and INVALID where the mapping is missing or does not fit. */
	async start(
		principal: Principal<"engineer">,
		input: StartImport,
	): Promise<{ jobId: string }> {
		const { tenant } = principal;
		const located = this.#locate(principal, input.source);
		const found =
			this.#knownLook(located.path, input) ??
			(await this.#look(
				located.path,
				input.modelId,
				input.mapping?.dateFormat ?? undefined,
			));
		const run =
			input.labels === undefined
				? this.#rowsRun(tenant, located, found, input)
				: this.#labelsRun(tenant, located, found, input.labels);
		const { source } = input;
		const jobId = this.#ports.jobs.start(tenant.key, {
			kind: input.labels === undefined ? "import" : "labels",
			title: located.name,
			work: async (context) => {
				try {
					await run(context);
				} catch (error) {
					throw asFileRefusal(error);
				}
			},
			afterwards: () => {
				if ("uploadId" in source) {
					void this.#ports.uploads.release(source.uploadId);
				}
			},
		});
		return { jobId };
	}

	#rowsRun(
		tenant: TenantRef,
		located: Located,
		found: InspectedFile,
		input: StartImport,
	): (context: JobContext) => Promise<void> {
		const mapping =
			input.mapping === undefined
				? found.guess.mapping
				: toFileMapping(input.mapping);
		if (mapping === null) {
			throw new EngineError(
				"INVALID",
				found.guess.problems.map(({ message }) => message).join(" "),
				{
					problems: found.guess.problems.map(({ code, message }) => ({
						field: problemField(code),
						code,
						message,
					})),
				},
			);
		}
		try {
			checkFileMapping(found.inspection, mapping);
		} catch (error) {
			const refusal = asFileRefusal(error);
			if (!(refusal instanceof EngineError)) throw refusal;
			throw new EngineError("INVALID", refusal.message, {
				problems: [
					{
						field: "mapping",
						code: String(refusal.data.code),
						message: refusal.message,
					},
				],
			});
		}
		const purpose = JSON.stringify(["rows", mapping.model, input.referenceSet]);
		const file = importFile(located, found);
		return (context) =>
			this.#once(tenant, file, purpose, context, async () => {
				const { predictions } = this.#ports;
				const { referenceSet } = input;
				const afterRow =
					referenceSet === undefined
						? predictions.sealer.newestRow
						: await predictions.sealer.sealAll(context.signal);
				const resume = this.#ports.pauseSealing();
				let imported: Awaited<ReturnType<typeof importRows>>;
				try {
					imported = await importRows(
						this.#ports,
						tenant.key,
						file,
						mapping,
						context,
					);
				} finally {
					resume();
				}
				const { report, repeated } = imported;
				if (referenceSet !== undefined) {
					const lastRow = await predictions.sealer.sealAll(context.signal);
					for (const modelId of new Set([
						...report.modelIds,
						...repeated.keys(),
					])) {
						this.#files.keepReference(
							predictions.model(tenant.key, modelId),
							referenceSet,
							{ afterRow, lastRow, repeated: repeated.get(modelId) ?? null },
						);
					}
				}
				if (input.assess) {
					for (const modelId of report.modelIds) {
						context.update({ step: `Assessing ${modelId}` });
						await this.#ports.assess(tenant, modelId, context);
					}
				}
				return report.accepted;
			});
	}

	#labelsRun(
		tenant: TenantRef,
		located: Located,
		found: InspectedFile,
		labels: LabelMapping,
	): (context: JobContext) => Promise<void> {
		const modelId = labels.model?.constant ?? null;
		if (modelId !== null) this.#ports.predictions.model(tenant.key, modelId);
		const file = importFile(located, found);
		return async (context) => {
			await importLabels(
				this.#ports,
				tenant.key,
				file,
				toFileLabels(labels),
				modelId,
				context,
			);
		};
	}

	/** A file that was imported whole is not read again; its rows are all there. */
	async #once(
		tenant: TenantRef,
		file: ImportFile,
		purpose: string,
		context: JobContext,
		work: () => Promise<number>,
	): Promise<void> {
		const { clock } = this.#ports;
		const record = { sha256: file.sha256, purpose };
		const earlier = this.#files.finished(tenant.key, file.sha256, purpose);
		if (earlier !== null) {
			context.update({
				step: "Imported before",
				import: {
					file: file.name,
					accepted: 0,
					duplicates: earlier.accepted,
					rejected: 0,
					errors: [],
					rejectedFile: null,
					modelIds: [],
				},
			});
			return;
		}
		this.#files.begin(
			tenant.key,
			{ ...record, name: file.name, jobId: context.jobId },
			clock.now(),
		);
		const accepted = await work();
		this.#files.finish(tenant.key, record, accepted, clock.now());
	}

	/** What the last look found, where the file is as it was then and nothing has to be guessed. */
	#knownLook(path: string, input: StartImport): InspectedFile | null {
		const isTold = input.mapping !== undefined || input.labels !== undefined;
		const last = this.#lastLook;
		return isTold && last?.path === path && last.state === fileState(path)
			? last.found
			: null;
	}

	async #look(
		path: string,
		modelId: string | undefined,
		dateFormat: InspectInput["dateFormat"],
		signal?: AbortSignal,
	): Promise<InspectedFile> {
		const state = fileState(path);
		try {
			const found = await this.#ports.compute.run(
				"files.inspect",
				{ path, modelId, dateFormat },
				signal === undefined ? {} : { signal },
			);
			this.#lastLook = state === null ? null : { path, state, found };
			return found;
		} catch (error) {
			throw asFileRefusal(error);
		}
	}

	/** Paths are for the person at this machine; a browser names what it uploaded. */
	#locate(principal: Principal<"engineer">, source: FileSource): Located {
		if ("uploadId" in source) {
			const upload = this.#ports.uploads.resolve(source.uploadId, principal);
			if (upload === null) {
				throw new EngineError(
					"UNREADABLE",
					"This upload is gone. Choose the file again.",
					{ code: "not_found" },
				);
			}
			return {
				path: upload.path,
				name: upload.name,
				reportFolder: this.#reportFolder(),
			};
		}
		if (!principal.isLocalOwner) {
			throw new EngineError(
				"FORBIDDEN",
				"Only the desktop and the command line can name files by path.",
			);
		}
		const path = resolve(source.path);
		const reportFolder = isWritable(dirname(path))
			? null
			: this.#reportFolder();
		return { path, name: basename(path), reportFolder };
	}

	#reportFolder(): string {
		const folder = join(this.#ports.dataDirectory, "reports");
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		return folder;
	}
}

type Located = Pick<ImportFile, "path" | "name" | "reportFolder">;

function importFile(located: Located, found: InspectedFile): ImportFile {
	return {
		...located,
		sha256: found.sha256,
		inspection: found.inspection,
	};
}

/** Changes whenever the file is written or replaced; null where it cannot be asked. */
function fileState(path: string): string | null {
	try {
		const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, {
			bigint: true,
		});
		return [dev, ino, size, mtimeNs, ctimeNs].join();
	} catch {
		return null;
	}
}

function isWritable(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}
