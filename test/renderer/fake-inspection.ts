import type { InspectionAnswer } from "../../src-shared/contract/index.ts";

/** A CSV file of fraud predictions whose dates can be read in two ways and that names no model. */
export function inspection(modelId: string | null): InspectionAnswer {
	const names = [
		"id",
		"created",
		"y_pred_proba",
		"amount",
		"country",
		"مبلغ",
		"is_fraud",
	] as const;
	const types = [
		"string",
		"timestamp",
		"number",
		"number",
		"string",
		"number",
		"boolean",
	] as const;
	const rows = Array.from({ length: 20 }, (_, row) => [
		`tx-${4_000 + row}`,
		`0${1 + (row % 9)}/0${1 + (row % 5)}/2026 1${row % 10}:05`,
		(0.03 + row / 40).toFixed(3),
		(12.5 * (row + 1)).toFixed(2),
		row % 3 === 0 ? "DE" : "FR",
		row % 7 === 0 ? "" : (row / 3).toFixed(2),
		row % 6 === 0 ? "true" : "false",
	]);
	const problems = [
		{
			field: "dateFormat",
			code: "ambiguous_dates",
			message: "The dates can be read in two ways.",
		},
	];
	return {
		inspection: {
			name: "fraud-2026-03.csv",
			format: "csv",
			sizeBytes: 56_400_000,
			delimiter: ";",
			hasHeader: true,
			columns: names.map((name, index) => ({
				name,
				type: types[index] ?? "string",
				examples: rows.slice(0, 5).map((row) => row[index] ?? ""),
				missingShare: name === "مبلغ" ? 0.15 : 0,
				dateFormat: name === "created" ? "ambiguous" : null,
			})),
			sampleRows: rows,
			estimatedRows: 1_003_412,
		},
		mapping:
			modelId === null
				? null
				: {
						model: { constant: modelId },
						score: "y_pred_proba",
						eventTime: "created",
						prediction: null,
						label: "is_fraud",
						eventId: "id",
						entityId: null,
						modelVersion: null,
						features: ["amount", "country", "مبلغ"],
						dateFormat: null,
					},
		labelMapping: null,
		reasons: {
			score: '"y_pred_proba" is the score, by its name.',
			label: '"is_fraud" is the true label, by its name.',
			eventId: '"id" is the event\'s id, by its name.',
		},
		problems:
			modelId === null
				? [
						...problems,
						{
							field: "model",
							code: "no_model",
							message: "The file does not say which model it is of.",
						},
					]
				: problems,
		alreadyImported: null,
	};
}
