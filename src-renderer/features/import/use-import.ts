import { ORPCError } from "@orpc/client";
import { useEffect, useReducer, useRef } from "react";
import type {
	FileSource,
	InspectionAnswer,
} from "../../../src-shared/contract/index.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { desktopBridge } from "../../transport/desktop-bridge.ts";
import { modelNameOfFile } from "./file-words.ts";
import {
	chooseFile,
	type ImportState,
	importReducer,
	type StartFault,
} from "./import-state.ts";
import {
	labelMappingOfForm,
	type MappingForm,
	mappingOfForm,
} from "./mapping-form.ts";
import { uploadFile } from "./upload-file.ts";

export interface ImportFlow {
	readonly state: ImportState;
	readonly take: (file: File) => void;
	readonly edit: (form: MappingForm) => void;
	readonly start: () => void;
	readonly watch: (jobId: string) => void;
	/** Gives up what is going on and asks for a file again. */
	readonly again: () => void;
}

/** The way from a file to an import job. `modelId` comes from a link that imports for one model. */
export function useImport(modelId: string | null): ImportFlow {
	const engine = useEngine();
	const [state, dispatch] = useReducer(importReducer, chooseFile);
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);

	async function inspect(
		source: FileSource,
		name: string,
		signal: AbortSignal,
	): Promise<InspectionAnswer> {
		const told = modelId === null ? {} : { modelId };
		const answer = await engine.imports.inspect(
			{ source, ...told },
			{ signal },
		);
		const isModelOpen = answer.problems.some(({ code }) => code === "no_model");
		const suggested = modelNameOfFile(name);
		if (answer.mapping !== null || !isModelOpen || suggested === "") {
			return answer;
		}
		// The rest of the guess is only given once the model is known; its name stays to be confirmed.
		const second = await engine.imports.inspect(
			{ source, modelId: suggested },
			{ signal },
		);
		// Without a score it is no file of predictions, and the name would only mislead its labels.
		if (second.mapping === null) return answer;
		return {
			...second,
			reasons: {
				...second.reasons,
				model: "Suggested from the file's name; check it.",
			},
		};
	}
	async function read(file: File): Promise<void> {
		running.current?.abort();
		const end = new AbortController();
		running.current = end;
		const bridge = desktopBridge();
		const path = bridge?.pathOf(file) ?? "";
		const isPath = path !== "";
		dispatch({
			kind: "file",
			name: file.name,
			size: isPath ? null : file.size,
		});
		announce(`Reading ${file.name}.`);
		try {
			const source: FileSource = isPath
				? { path }
				: {
						uploadId: await uploadFile(
							file,
							(bytes) => dispatch({ kind: "sent", bytes }),
							end.signal,
						),
					};
			const answer = await inspect(source, file.name, end.signal);
			if (end.signal.aborted) return;
			dispatch({ kind: "inspected", source, answer });
			announce(
				`${file.name} was read: ${answer.inspection.columns.length} columns. Check the mapping, then import.`,
			);
		} catch (cause) {
			if (end.signal.aborted) return;
			const message = cause instanceof Error ? cause.message : String(cause);
			dispatch({ kind: "failed", message });
			announce(`${file.name} was not read. ${message}`, "assertive");
		}
	}
	async function start(): Promise<void> {
		if (state.step !== "mapping" || state.isStarting) return;
		const { source, form } = state;
		dispatch({ kind: "start" });
		try {
			const { jobId } = await engine.imports.start({
				source,
				assess: form.assess,
				...(form.kind === "labels"
					? { labels: labelMappingOfForm(form) }
					: { mapping: mappingOfForm(form) }),
				...(form.kind === "labels" || form.referenceSet === ""
					? {}
					: { referenceSet: form.referenceSet }),
			});
			dispatch({ kind: "started", jobId });
			announce("The import has begun.");
		} catch (cause) {
			const faults = startFaults(cause);
			dispatch({ kind: "refused", faults });
			announce(
				`The import was refused. ${faults.map(({ message }) => message).join(" ")}`,
				"assertive",
			);
		}
	}

	return {
		state,
		take: (file) => void read(file),
		edit: (form) => dispatch({ kind: "edit", form }),
		start: () => void start(),
		watch: (jobId) => dispatch({ kind: "started", jobId }),
		again: () => {
			running.current?.abort();
			dispatch({ kind: "again" });
		},
	};
}

/** What the engine has against the mapping, field by field where it says so. */
function startFaults(cause: unknown): readonly StartFault[] {
	const data: unknown = cause instanceof ORPCError ? cause.data : null;
	if (
		typeof data === "object" &&
		data !== null &&
		"problems" in data &&
		Array.isArray(data.problems)
	) {
		const problems: readonly { field: string; message: string }[] =
			data.problems;
		return problems.map(({ field, message }) => ({ field, message }));
	}
	const message = cause instanceof Error ? cause.message : String(cause);
	return [{ field: null, message }];
}
