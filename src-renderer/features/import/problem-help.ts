import type { InspectionAnswer } from "../../../src-shared/contract/index.ts";
import type { MappingForm } from "./mapping-form.ts";

export type Problem = InspectionAnswer["problems"][number];

export interface ProblemHelp {
	readonly problem: Problem;
	readonly title: string;
	/** What to do about it here. */
	readonly help: string;
	/** Nothing is lost when it stays as it is. */
	readonly isOptional: boolean;
	readonly isSolved: boolean;
}

/** The problems of an inspection that concern what the form is about, with their way out. */
export function problemHelps(
	answer: InspectionAnswer,
	form: MappingForm,
): readonly ProblemHelp[] {
	return answer.problems
		.filter((problem) => concerns(problem, form))
		.map((problem) => ({ problem, ...helpFor(problem, form) }));
}

type Help = Omit<ProblemHelp, "problem">;

function helpFor(problem: Problem, form: MappingForm): Help {
	const { columns } = form;
	switch (problem.code) {
		case "no_score":
			return {
				title: "No column looks like a score",
				help: "Choose the column of numbers that the model gave, such as a probability, under “Score”.",
				isOptional: false,
				isSolved: columns.score !== null,
			};
		case "no_model":
			return {
				title: "The file does not say which model it is of",
				help: "Check the model's name below, or choose the column that holds it.",
				isOptional: false,
				isSolved:
					form.modelFrom === "any" ||
					(form.modelFrom === "column"
						? form.modelColumn !== null
						: form.modelName !== ""),
			};
		case "no_event_time":
			return {
				title: "No column looks like the time of the event",
				help: "Choose it under “Time”. Without one the whole file is one window: name it as a reference set to compare others with it.",
				isOptional: true,
				isSolved: columns.eventTime !== null || form.referenceSet !== "",
			};
		case "ambiguous_dates":
			return {
				title: "The dates can be read in two ways",
				help: "No date in the file settles which comes first, so it is not guessed. Choose what is meant.",
				isOptional: false,
				isSolved: columns.eventTime === null || form.dateFormat !== null,
			};
		case "unreadable_times":
			return {
				title: "The times are in no known format",
				help: "Choose how they are written under “Times are written as”, choose another column, or none.",
				isOptional: false,
				isSolved: columns.eventTime === null || form.dateFormat !== null,
			};
		case "no_event_id":
			return {
				title: "No column looks like the event's id",
				help: "Labels join predictions by it: choose it under “Event id”.",
				isOptional: false,
				isSolved: columns.eventId !== null,
			};
		case "no_label":
			return {
				title: "No column looks like the label",
				help: "Choose the column that says what really happened, under “Label”.",
				isOptional: false,
				isSolved: columns.label !== null,
			};
		default:
			// The engine may find problems that this window has no control for; it says itself what to do.
			return {
				title: "Something to decide",
				help: problem.message,
				isOptional: true,
				isSolved: false,
			};
	}
}

const labelCodes = new Set(["no_event_id", "no_label"]);

function concerns({ code }: Problem, form: MappingForm): boolean {
	return labelCodes.has(code) === (form.kind === "labels");
}
