import type {
	ColumnMapping,
	InspectionAnswer,
	LabelMapping,
} from "../../../src-shared/contract/index.ts";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";

export type DateFormat = NonNullable<ColumnMapping["dateFormat"]>;

/** Fields that one column of the file fills. */
export const columnFields = [
	"score",
	"eventTime",
	"prediction",
	"label",
	"eventId",
	"entityId",
	"modelVersion",
] as const;
export type ColumnField = (typeof columnFields)[number];

/** What the person has decided so far; nothing here needs to fit together yet. */
export interface MappingForm {
	/** Labels join predictions that are already there. */
	readonly kind: "predictions" | "labels";
	/** `any`, of labels only: they belong to whichever model has the event. */
	readonly modelFrom: "column" | "constant" | "any";
	readonly modelColumn: string | null;
	readonly modelName: string;
	readonly columns: Readonly<Record<ColumnField, string | null>>;
	readonly features: readonly string[];
	readonly dateFormat: DateFormat | null;
	/** Empty: not a reference set. */
	readonly referenceSet: string;
	readonly assess: boolean;
}

export type MappingFault =
	| ColumnField
	| "model"
	| "features"
	| "dateFormat"
	| "referenceSet";

const noColumns: MappingForm["columns"] = {
	score: null,
	eventTime: null,
	prediction: null,
	label: null,
	eventId: null,
	entityId: null,
	modelVersion: null,
};

/** Starts from the engine's guess; without one, from every column that can be a feature. */
export function formOfAnswer(answer: InspectionAnswer): MappingForm {
	const { mapping, labelMapping } = answer;
	const kind =
		mapping === null && labelMapping !== null ? "labels" : "predictions";
	const model = (kind === "labels" ? labelMapping : mapping)?.model ?? null;
	return {
		kind,
		...modelPart(model, kind),
		columns:
			mapping === null
				? {
						...noColumns,
						eventId: labelMapping?.eventId ?? null,
						label: labelMapping?.label ?? null,
					}
				: {
						score: mapping.score,
						eventTime: mapping.eventTime,
						prediction: mapping.prediction,
						label: mapping.label,
						eventId: mapping.eventId,
						entityId: mapping.entityId,
						modelVersion: mapping.modelVersion,
					},
		features:
			mapping?.features ??
			answer.inspection.columns
				.filter(({ type }) => type !== "timestamp" && type !== "empty")
				.map(({ name }) => name),
		dateFormat: mapping?.dateFormat ?? null,
		referenceSet: "",
		assess: true,
	};
}

/** Says what the file holds. A name for all rows was guessed for predictions; labels find their own models. */
export function withKind(
	form: MappingForm,
	kind: MappingForm["kind"],
): MappingForm {
	const { modelFrom } = form;
	return {
		...form,
		kind,
		modelFrom:
			modelFrom === "column"
				? modelFrom
				: kind === "labels"
					? "any"
					: "constant",
	};
}

/** Gives a column to a field. It stops being a feature; the column the field had before becomes none. */
export function withColumn(
	form: MappingForm,
	field: ColumnField,
	column: string | null,
	answer: InspectionAnswer,
): MappingForm {
	const found = answer.inspection.columns.find(({ name }) => name === column);
	const known = found?.dateFormat ?? null;
	return {
		...form,
		columns: { ...form.columns, [field]: column },
		features: form.features.filter((name) => name !== column),
		dateFormat:
			field === "eventTime"
				? known === "ambiguous"
					? null
					: known
				: form.dateFormat,
	};
}

/** Reads the model's name out of a column. */
export function withModelColumn(
	form: MappingForm,
	column: string | null,
): MappingForm {
	return {
		...form,
		modelColumn: column,
		features: form.features.filter((name) => name !== column),
	};
}

/** What still keeps the file from being imported, by field. */
export function mappingFaults(
	form: MappingForm,
	answer: InspectionAnswer,
): Partial<Record<MappingFault, string>> {
	const faults: Partial<Record<MappingFault, string>> = {};
	const model = modelFault(form);
	if (model !== null) faults.model = model;
	if (form.kind === "labels") {
		if (form.columns.eventId === null) {
			faults.eventId = "Choose the column that names the event.";
		}
		if (form.columns.label === null) {
			faults.label = "Choose the column that holds what really happened.";
		}
	} else {
		predictionFaults(form, answer, faults);
	}
	for (const [field, other] of twiceUsed(form)) {
		faults[field] ??= `This column is already the ${fieldWords[other]}.`;
	}
	return faults;
}

/** The mapping of predictions that the form spells; only for one without faults. */
export function mappingOfForm(form: MappingForm): ColumnMapping {
	const { columns } = form;
	return {
		model: modelOf(form),
		...columns,
		score: columns.score ?? "",
		features: [...form.features],
		dateFormat: columns.eventTime === null ? null : form.dateFormat,
	};
}

/** The mapping of labels that the form spells; only for one without faults. */
export function labelMappingOfForm(form: MappingForm): LabelMapping {
	return {
		model: form.modelFrom === "constant" ? { constant: form.modelName } : null,
		eventId: form.columns.eventId ?? "",
		label: form.columns.label ?? "",
	};
}

export const fieldWords: Readonly<Record<ColumnField, string>> = {
	score: "score",
	eventTime: "time of the event",
	prediction: "predicted class",
	label: "label",
	eventId: "event's id",
	entityId: "entity's id",
	modelVersion: "model's version",
};

function modelPart(
	model: ColumnMapping["model"] | null,
	kind: MappingForm["kind"],
): Pick<MappingForm, "modelFrom" | "modelColumn" | "modelName"> {
	if (model !== null && "column" in model) {
		return { modelFrom: "column", modelColumn: model.column, modelName: "" };
	}
	const name = model?.constant ?? "";
	return kind === "labels" && name === ""
		? { modelFrom: "any", modelColumn: null, modelName: "" }
		: { modelFrom: "constant", modelColumn: null, modelName: name };
}

function modelOf(form: MappingForm): ColumnMapping["model"] {
	return form.modelFrom === "column"
		? { column: form.modelColumn ?? "" }
		: { constant: form.modelName };
}

function modelFault(form: MappingForm): string | null {
	if (form.modelFrom === "any") {
		return form.kind === "labels"
			? null
			: "Name the model that made these rows.";
	}
	if (form.modelFrom === "column") {
		return form.modelColumn === null
			? "Choose the column that names the model."
			: null;
	}
	if (form.modelName === "") return "Name the model that made these rows.";
	const fault = identifierFault(form.modelName);
	return fault === null ? null : `The name ${fault}.`;
}

function predictionFaults(
	form: MappingForm,
	answer: InspectionAnswer,
	faults: Partial<Record<MappingFault, string>>,
): void {
	const { score, eventTime } = form.columns;
	if (score === null) {
		faults.score = "Choose the column of numbers that the model gave.";
	}
	const time = answer.inspection.columns.find(({ name }) => name === eventTime);
	if (eventTime !== null && form.dateFormat === null) {
		faults.dateFormat =
			time?.dateFormat === "ambiguous"
				? "Say whether the day or the month comes first."
				: "Say how the times are written.";
	}
	if (form.referenceSet !== "") {
		const fault = identifierFault(form.referenceSet);
		if (fault !== null) faults.referenceSet = `The name ${fault}.`;
	}
	if (form.features.length > 2_000) {
		faults.features = "At most 2,000 features can be compared.";
	}
}

/** Fields whose column another field has too, with that other field. */
function twiceUsed(form: MappingForm): readonly [ColumnField, ColumnField][] {
	const fields =
		form.kind === "labels" ? (["eventId", "label"] as const) : columnFields;
	const owners = new Map<string, ColumnField>();
	const twice: [ColumnField, ColumnField][] = [];
	for (const field of fields) {
		const column = form.columns[field];
		if (column === null) continue;
		const owner = owners.get(column);
		if (owner === undefined) owners.set(column, field);
		else twice.push([field, owner]);
	}
	return twice;
}
