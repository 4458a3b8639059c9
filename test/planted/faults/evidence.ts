import type { FaultyFile } from "../planted-fault.ts";

/** Predictions, drift, and its statistics. */
export const evidenceFaults: readonly FaultyFile[] = [
	{
		file: "predictions/event-writer.ts",
		tests: ["predictions/ingest.test.ts"],
		faults: [
			[
				"an id twice in one batch is two events",
				"if (event.eventId !== null) known.add(idKey);",
				"",
			],
			[
				"another tenant's event answers for an id",
				"if (row.tenant_id !== tenantKey) continue;",
				"",
			],
			[
				"an event may be of the future",
				"event.eventTime === null || event.eventTime > now ? now",
				"event.eventTime === null ? now",
			],
			[
				"another id of the same key answers",
				"if (storedEvent(row, model.modelId).eventId !== eventId) continue;",
				"",
			],
		],
	},
	{
		file: "predictions/event-id.ts",
		tests: ["predictions/event-id.test.ts"],
		faults: [
			[
				"ids that count up lose their order",
				"number += digit * scale;",
				"number = digit * scale;",
			],
		],
	},
	{
		file: "predictions/imported-rows.ts",
		tests: [
			"engine/predictions/imports.test.ts",
			"predictions/imported-ids.test.ts",
		],
		faults: [
			[
				"a label goes to the row after its own",
				"insertLabel.run(first + offset,",
				"insertLabel.run(first + offset + 1,",
			],
			[
				"a body begins one letter late",
				"row.bodyStart - this.#bodiesStart + 1",
				"row.bodyStart - this.#bodiesStart + 2",
			],
		],
	},
	{
		file: "predictions/bulk-ingest.ts",
		tests: ["sentryml/bulk.test.ts", "sentryml/bulk-items.test.ts"],
		faults: [
			[
				"a batch that failed is counted",
				"this.report.accepted += stored + repeated;",
				"this.report.accepted += stored;",
			],
			[
				"errors come in no order",
				"refused.sort((a, b) => a.line - b.line);",
				"refused.reverse();",
			],
			[
				"one error too few is reported",
				"this.report.errors.length < reportedErrors",
				"this.report.errors.length < reportedErrors - 1",
			],
		],
	},
	{
		file: "predictions/prediction-event.ts",
		tests: ["predictions/prediction-event.test.ts"],
		faults: [
			[
				"one feature too many is taken",
				"if (++count > featureLimit)",
				"if (++count > featureLimit + 1)",
			],
			[
				"a text of exactly the limit is refused",
				"value.length > featureTextLimit",
				"value.length >= featureTextLimit",
			],
			[
				"a feature may be called __proto__",
				'name === "__proto__" ? "is not a name" : identifierFault(name)',
				"identifierFault(name)",
			],
		],
	},
	{
		file: "predictions/line-event-id.ts",
		tests: [
			"predictions/event-id.test.ts",
			"engine/predictions/imports.test.ts",
		],
		faults: [
			["two lines share an id", "((line % 32) << 7)", "((line % 16) << 7)"],
		],
	},
	{
		file: "predictions/sorted-run.ts",
		tests: ["predictions/imported-ids.test.ts"],
		faults: [
			[
				"equal keys after the first are lost",
				"run.keys[low] === key; low++",
				"run.keys[low] === key && rows.length < 1; low++",
			],
			[
				"the last of the right run is lost",
				"rows[at] = right.rows[fromRight++] ?? 0;",
				"rows[at] = right.rows[fromRight] ?? 0;\n\t\t\tfromRight++;\n\t\t\tif (at === length - 1) rows[at] = 0;",
			],
		],
	},
	{
		file: "predictions/sealer.ts",
		tests: ["predictions/ingest.test.ts"],
		faults: [
			["missing values are not counted", "segment.rows - values.length,", "0,"],
		],
	},
	{
		file: "files/date-format.ts",
		tests: ["files/date-format.test.ts"],
		faults: [
			[
				"dates that can be either are taken",
				'if (this.#onlyDayFirst > 0 === this.#onlyMonthFirst > 0) return "ambiguous";',
				"",
			],
			[
				"milliseconds are read as seconds",
				"if (min >= 1e8 && max < 1e11)",
				"if (min >= 1e8 && max < 1e14)",
			],
		],
	},
	{
		file: "drift/windows.ts",
		tests: ["drift/windows.test.ts"],
		faults: [
			[
				"the current window is a day too long",
				"(settings.currentDays - 1) * dayMillis",
				"settings.currentDays * dayMillis",
			],
			[
				"the baseline overlaps the current window",
				"end: before,",
				"end: before + dayMillis,",
			],
			[
				"the hour that runs is left out at its very beginning",
				"asOf % hourMillis === 0 ? asOf + 1 : asOf",
				"asOf",
			],
		],
	},
	{
		file: "drift/episodes.ts",
		tests: ["drift/episodes.test.ts"],
		faults: [
			[
				"one calm step ends an episode",
				"calmStepsToEnd = 2",
				"calmStepsToEnd = 1",
			],
			["calm steps add up over an episode", "calm = 0;\n\t\t} else", "} else"],
		],
	},
	{
		file: "drift/narrative.ts",
		tests: ["drift/narrative.test.ts"],
		faults: [
			[
				"features are told in no order",
				".sort((a, b) => b.psi.value - a.psi.value)",
				"",
			],
			[
				"at the warning exactly nothing is said of it",
				"if (psi >= settings.warnThreshold)",
				"if (psi > settings.warnThreshold)",
			],
		],
	},
	{
		file: "drift/monitors.ts",
		tests: ["sentryml/monitor.test.ts"],
		faults: [
			[
				"equal thresholds are taken",
				"settings.criticalThreshold <= settings.warnThreshold",
				"settings.criticalThreshold < settings.warnThreshold",
			],
		],
	},
	{
		file: "statistics/benjamini-hochberg.ts",
		tests: [
			"statistics/properties.test.ts",
			"statistics/performance.test.ts",
			"drift/verdict.test.ts",
			"statistics/calibration.test.ts",
		],
		faults: [
			[
				"ranks count from the smallest",
				"tested.length - fromLargest",
				"fromLargest + 1",
			],
			[
				"a test that could not be made counts",
				"pValue * (tested.length / rank)",
				"pValue * (pValues.length / rank)",
			],
		],
	},
	{
		file: "statistics/bins.ts",
		tests: ["statistics/sorting-and-bins.test.ts"],
		faults: [
			[
				"a value at an edge is in the bin on its left",
				"if (value >= (edges[bin + step - 1] as number))",
				"if (value > (edges[bin + step - 1] as number))",
			],
			[
				"a bin of equal edges is kept",
				"edge > (edges[edges.length - 1] as number)",
				"edge >= (edges[edges.length - 1] as number)",
			],
		],
	},
	{
		file: "statistics/psi.ts",
		tests: ["statistics/psi-vectors.test.ts"],
		faults: [
			[
				"shares are floored and made whole again",
				"return shares.map((share) => Math.max(share, rule.epsilon));",
				"{ const floored = shares.map((share) => Math.max(share, rule.epsilon)); return floored.map((share) => share / total(floored)); }",
			],
		],
	},
];
