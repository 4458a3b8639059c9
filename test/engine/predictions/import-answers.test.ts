// A mapping keeps every column under its own field, on the way to the file's reader and back.
import { expect, test } from "vitest";
import {
	type InspectedFile,
	inspectionAnswer,
	toContract,
	toFileLabels,
	toFileMapping,
} from "../../../src-main/engine/predictions/import-answers.ts";
import type { ColumnMapping } from "../../../src-shared/contract/index.ts";

/** No two fields share a column. */
const mapping: ColumnMapping = {
	model: { column: "of_model" },
	score: "of_score",
	eventTime: "of_event_time",
	prediction: "of_prediction",
	label: "of_label",
	eventId: "of_event_id",
	entityId: "of_entity_id",
	modelVersion: "of_model_version",
	features: ["of_feature"],
	dateFormat: "iso",
};
const bare: ColumnMapping = {
	...mapping,
	eventTime: null,
	prediction: null,
	label: null,
	eventId: null,
	entityId: null,
	modelVersion: null,
	dateFormat: null,
};

const { model: _model, features, dateFormat: _format, ...columns } = mapping;
const fields = { model: "of_model", ...columns } as Record<string, string>;

function inspected(
	guess: Partial<InspectedFile["guess"]> = {},
	labels: InspectedFile["labels"] = { eventId: null, label: null },
): InspectedFile {
	return {
		inspection: {
			format: "ndjson",
			sizeBytes: 90,
			columns: [
				{
					name: "of_score",
					type: "nested",
					examples: ["1"],
					missingShare: 0.25,
				},
			],
			firstRows: [["1"]],
			sampledRows: 4,
			estimatedRows: null,
		} as unknown as InspectedFile["inspection"],
		guess: {
			mapping: null,
			fields,
			features,
			confidence: 1,
			explanations: [],
			problems: [],
			...guess,
		},
		labels,
		sha256: "",
	};
}

test.each([
	["whole", mapping],
	["bare", bare],
])("a %s mapping is read back as it was", (_, given) => {
	expect(toContract(toFileMapping(given))).toEqual(given);
	expect(toFileMapping(given)).toMatchObject({
		score: "of_score",
		entityId: given.entityId ?? undefined,
		eventId: given.eventId ?? undefined,
	});
});

test("labels keep their columns", () => {
	const labels = { model: null, eventId: "of_event_id", label: "of_label" };
	expect(toFileLabels(labels)).toEqual({
		eventId: "of_event_id",
		label: "of_label",
	});
	const answer = inspectionAnswer("a", inspected({}, labels), "fraud", null);
	expect(answer.labelMapping).toEqual({
		...labels,
		model: { constant: "fraud" },
	});
});

test("while its times are open a mapping has each column under its field", () => {
	const answer = inspectionAnswer("a.ndjson", inspected(), undefined, null);
	expect(answer.mapping).toEqual({ ...mapping, dateFormat: null });
	expect(answer.inspection).toMatchObject({
		name: "a.ndjson",
		delimiter: null,
		hasHeader: true,
		columns: [{ name: "of_score", type: "mixed", missingShare: 0.25 }],
		estimatedRows: 4,
	});
});

test("a model that is named goes before a column of models", () => {
	const answer = inspectionAnswer("a", inspected(), "fraud", null);
	expect(answer.mapping?.model).toEqual({ constant: "fraud" });
});

test.each(["score", "model"])(
	"without a %s there is no mapping yet",
	(name) => {
		const { [name]: _, ...others } = fields;
		const file = inspected({ fields: others });
		expect(inspectionAnswer("a", file, undefined, null).mapping).toBeNull();
	},
);

test("a reason stands under the field whose column it names", () => {
	const explanations = [
		'"of_entity_id" is the entity: by its name.',
		'"of_event_id" is the id: by its name.',
		"Times in of_event_time are ISO.",
		"One column is a feature.",
		"Another is not.",
	];
	const { reasons } = inspectionAnswer(
		"a",
		inspected({ explanations }),
		undefined,
		null,
	);
	expect(reasons).toEqual({
		entityId: explanations[0],
		eventId: explanations[1],
		dateFormat: explanations[2],
		features: `${explanations[3]} ${explanations[4]}`,
	});
});
