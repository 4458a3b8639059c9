import type {
	FileSource,
	InspectionAnswer,
} from "../../../src-shared/contract/index.ts";
import { formOfAnswer, type MappingForm } from "./mapping-form.ts";

/** One message of the engine against a mapping. */
export interface StartFault {
	readonly field: string | null;
	readonly message: string;
}

/** Where the person is on the way from a file to a report. */
export type ImportState =
	| { readonly step: "choose"; readonly fault: string | null }
	| {
			readonly step: "reading";
			readonly name: string;
			/** Bytes sent of all; null when nothing is sent because the engine reads the file itself. */
			readonly sent: { readonly bytes: number; readonly of: number } | null;
	  }
	| {
			readonly step: "mapping";
			readonly source: FileSource;
			readonly answer: InspectionAnswer;
			readonly form: MappingForm;
			readonly faults: readonly StartFault[];
			readonly isStarting: boolean;
	  }
	| { readonly step: "job"; readonly jobId: string };

export type ImportAction =
	| {
			readonly kind: "file";
			readonly name: string;
			readonly size: number | null;
	  }
	| { readonly kind: "sent"; readonly bytes: number }
	| {
			readonly kind: "inspected";
			readonly source: FileSource;
			readonly answer: InspectionAnswer;
	  }
	| { readonly kind: "edit"; readonly form: MappingForm }
	| { readonly kind: "start" }
	| { readonly kind: "refused"; readonly faults: readonly StartFault[] }
	| { readonly kind: "started"; readonly jobId: string }
	| { readonly kind: "failed"; readonly message: string }
	| { readonly kind: "again" };

export const chooseFile: ImportState = { step: "choose", fault: null };

/** The next state. An action that comes too late, such as the end of an upload that was cancelled, changes nothing. */
export function importReducer(
	state: ImportState,
	action: ImportAction,
): ImportState {
	switch (action.kind) {
		case "file":
			return {
				step: "reading",
				name: action.name,
				sent: action.size === null ? null : { bytes: 0, of: action.size },
			};
		case "sent":
			return state.step === "reading" && state.sent !== null
				? { ...state, sent: { ...state.sent, bytes: action.bytes } }
				: state;
		case "inspected":
			return state.step === "reading"
				? {
						step: "mapping",
						source: action.source,
						answer: action.answer,
						form: formOfAnswer(action.answer),
						faults: [],
						isStarting: false,
					}
				: state;
		case "edit":
			return state.step === "mapping"
				? { ...state, form: action.form, faults: [] }
				: state;
		case "start":
			return state.step === "mapping"
				? { ...state, isStarting: true, faults: [] }
				: state;
		case "refused":
			return state.step === "mapping"
				? { ...state, isStarting: false, faults: action.faults }
				: state;
		case "started":
			return { step: "job", jobId: action.jobId };
		case "failed":
			return { step: "choose", fault: action.message };
		case "again":
			return chooseFile;
	}
}
