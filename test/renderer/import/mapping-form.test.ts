import { describe, expect, test } from "vitest";
import {
	formatWords,
	modelNameOfFile,
	rowsWords,
	sizeWords,
} from "../../../src-renderer/features/import/file-words.ts";
import {
	formOfAnswer,
	labelMappingOfForm,
	mappingFaults,
	mappingOfForm,
	withColumn,
	withKind,
	withModelColumn,
} from "../../../src-renderer/features/import/mapping-form.ts";
import { columnMapping } from "../../../src-shared/contract/index.ts";
import { inspection } from "../fake-inspection.ts";

const answer = inspection("fraud");
const guessed = formOfAnswer(answer);

/** The form starts from the guess, says what is missing, and spells exactly what is on the screen. */
describe("mapping form", () => {
	test("an undecided date order is the only thing in the way of the guess", () => {
		expect(mappingFaults(guessed, answer)).toEqual({
			dateFormat: "Say whether the day or the month comes first.",
		});
		const decided = { ...guessed, dateFormat: "dmy" as const };
		expect(mappingFaults(decided, answer)).toEqual({});
		expect(mappingOfForm(decided)).toEqual({
			...answer.mapping,
			dateFormat: "dmy",
		});
		expect(columnMapping.safeParse(mappingOfForm(decided)).success).toBe(true);
	});

	test("a column given to a field is no feature any more", () => {
		const form = withColumn(guessed, "entityId", "country", answer);
		expect(form.columns.entityId).toBe("country");
		expect(form.features).toEqual(["amount", "مبلغ"]);
	});

	test("another time column brings its own format, an ambiguous one none", () => {
		const iso = {
			...answer,
			inspection: {
				...answer.inspection,
				columns: answer.inspection.columns.map((column) =>
					column.name === "country"
						? { ...column, dateFormat: "iso" as const }
						: column,
				),
			},
		};
		const form = withColumn(guessed, "eventTime", "country", iso);
		expect(form.dateFormat).toBe("iso");
		expect(withColumn(form, "eventTime", "created", iso).dateFormat).toBeNull();
		const none = withColumn(guessed, "eventTime", null, iso);
		expect(mappingFaults(none, iso)).toEqual({});
		expect(mappingOfForm(none)).toMatchObject({
			eventTime: null,
			dateFormat: null,
		});
	});

	test("one column cannot be two things", () => {
		const form = withColumn(
			{ ...guessed, dateFormat: "dmy" },
			"prediction",
			"y_pred_proba",
			answer,
		);
		expect(mappingFaults(form, answer)).toEqual({
			prediction: "This column is already the score.",
		});
	});

	test("a model comes from a name or from a column", () => {
		const nameless = { ...guessed, dateFormat: "dmy" as const, modelName: "" };
		expect(mappingFaults(nameless, answer)).toHaveProperty("model");
		const byColumn = withModelColumn(
			{ ...nameless, modelFrom: "column" },
			"country",
		);
		expect(mappingFaults(byColumn, answer)).toEqual({});
		expect(mappingOfForm(byColumn).model).toEqual({ column: "country" });
		expect(mappingOfForm(byColumn).features).not.toContain("country");
		const tooLong = { ...nameless, modelName: "x".repeat(201) };
		expect(mappingFaults(tooLong, answer).model).toContain("200");
	});

	test("without a guess everything that can be a feature is one, and the score is asked for", () => {
		const blank = formOfAnswer(inspection(null));
		expect(blank.features).not.toContain("created");
		expect(Object.keys(mappingFaults(blank, answer))).toEqual([
			"model",
			"score",
		]);
	});

	test("a file that only fits labels starts as labels", () => {
		const labels = {
			...answer,
			mapping: null,
			labelMapping: {
				model: { constant: "fraud" },
				eventId: "id",
				label: "is_fraud",
			},
		};
		const form = formOfAnswer(labels);
		expect(form.kind).toBe("labels");
		expect(mappingFaults(form, labels)).toEqual({});
		expect(labelMappingOfForm(form)).toEqual(labels.labelMapping);
		const anyModel = {
			...labels,
			labelMapping: { ...labels.labelMapping, model: null },
		};
		expect(formOfAnswer(anyModel).modelFrom).toBe("any");
		expect(labelMappingOfForm(formOfAnswer(anyModel)).model).toBeNull();
		const open = withColumn(form, "label", null, labels);
		expect(mappingFaults(open, labels)).toHaveProperty("label");
	});
});

test("labels of a file named for a model find their own models, predictions need a name", () => {
	const labels = withKind(guessed, "labels");
	expect(labels.modelFrom).toBe("any");
	expect(mappingFaults(labels, answer)).toEqual({});
	const back = withKind(labels, "predictions");
	expect(back).toEqual(guessed);
	expect(
		mappingFaults({ ...guessed, modelFrom: "any" }, answer),
	).toHaveProperty("model");
});

describe("words about a file", () => {
	test("size, rows and format", () => {
		expect([0, 999, 1_240, 56_400_000, 999_999_999].map(sizeWords)).toEqual([
			"0 B",
			"999 B",
			"1.2 kB",
			"56 MB",
			"1 GB",
		]);
		expect(rowsWords(answer.inspection)).toBe("about 1,003,412 rows");
		expect(formatWords(answer.inspection)).toBe("CSV, separated by semicolons");
	});

	test("a model's name is suggested from the file's", () => {
		expect(modelNameOfFile("/home/a/fraud v2.csv.gz")).toBe("fraud v2");
		expect(modelNameOfFile("C:\\data\\churn.2026.parquet")).toBe("churn.2026");
		expect([...modelNameOfFile(`${"é".repeat(300)}.csv`)]).toHaveLength(200);
	});
});
