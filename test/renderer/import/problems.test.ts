import { describe, expect, test } from "vitest";
import {
	dateReadings,
	tellingExample,
} from "../../../src-renderer/features/import/date-readings.ts";
import {
	chooseFile,
	type ImportAction,
	type ImportState,
	importReducer,
} from "../../../src-renderer/features/import/import-state.ts";
import { formOfAnswer } from "../../../src-renderer/features/import/mapping-form.ts";
import { problemHelps } from "../../../src-renderer/features/import/problem-help.ts";
import {
	refusal,
	uploadIdOf,
} from "../../../src-renderer/features/import/upload-file.ts";
import { inspection } from "../fake-inspection.ts";

describe("dates that can be read in two ways", () => {
	test("both readings are shown in words", () => {
		expect(dateReadings("03/04/2026 10:15")).toEqual({
			text: "03/04/2026 10:15",
			dmy: "3 April 2026",
			mdy: "4 March 2026",
		});
		expect(dateReadings("31.12.2026")).toMatchObject({
			dmy: "31 December 2026",
			mdy: null,
		});
		expect(dateReadings("30-02-2026")?.dmy).toBeNull();
		expect(dateReadings("2026-03-04")).toBeNull();
	});

	test("the example is one that the two orders read differently", () => {
		expect(tellingExample(["01/01/2026", "", "02/05/2026"])?.text).toBe(
			"02/05/2026",
		);
		expect(tellingExample(["05/05/2026"])?.text).toBe("05/05/2026");
		expect(tellingExample(["soon"])).toBeNull();
	});
});

describe("problems", () => {
	const answer = inspection(null);
	const form = formOfAnswer(answer);
	const solved = (change: Partial<typeof form>) =>
		Object.fromEntries(
			problemHelps(answer, { ...form, ...change }).map((help) => [
				help.problem.code,
				help.isSolved,
			]),
		);

	test("each is solved by its own decision", () => {
		const columns = { ...form.columns, eventTime: "created" };
		expect(solved({ columns })).toEqual({
			ambiguous_dates: false,
			no_model: false,
		});
		expect(solved({ columns, dateFormat: "mdy" })).toMatchObject({
			ambiguous_dates: true,
		});
		expect(solved({ modelName: "fraud" })).toMatchObject({ no_model: true });
		expect(
			solved({ modelFrom: "column", modelColumn: "country" }),
		).toMatchObject({ no_model: true });
	});

	test("labels are not troubled by what concerns predictions", () => {
		expect(solved({ kind: "labels", modelFrom: "any" })).toEqual({});
	});

	test("no time is allowed and says what it means", () => {
		const untimed = {
			...answer,
			problems: [{ field: "eventTime", code: "no_event_time", message: "" }],
		};
		expect(problemHelps(untimed, form)).toMatchObject([
			{ isOptional: true, isSolved: false },
		]);
		expect(
			problemHelps(untimed, { ...form, referenceSet: "training" }),
		).toMatchObject([{ isSolved: true }]);
	});

	test("one that this window does not know is told in the engine's words", () => {
		const odd = {
			...answer,
			problems: [{ field: "x", code: "moon_phase", message: "Wait for it." }],
		};
		expect(problemHelps(odd, form)).toMatchObject([
			{ help: "Wait for it.", isOptional: true },
		]);
	});
});

describe("steps of an import", () => {
	const answer = inspection("fraud");
	const run = (...actions: ImportAction[]): ImportState =>
		actions.reduce(importReducer, chooseFile);
	const inspected: ImportAction = {
		kind: "inspected",
		source: { uploadId: "u1" },
		answer,
	};

	test("from a file to its job", () => {
		const file: ImportAction = { kind: "file", name: "a.csv", size: 100 };
		expect(run(file, { kind: "sent", bytes: 40 })).toMatchObject({
			step: "reading",
			sent: { bytes: 40, of: 100 },
		});
		expect(run(file, inspected)).toMatchObject({
			step: "mapping",
			form: { columns: { score: "y_pred_proba" } },
		});
		expect(run(file, inspected, { kind: "start" })).toMatchObject({
			isStarting: true,
		});
		const faults = [{ field: "score", message: "No such column." }];
		expect(
			run(file, inspected, { kind: "start" }, { kind: "refused", faults }),
		).toMatchObject({ step: "mapping", isStarting: false, faults });
		expect(run(file, inspected, { kind: "started", jobId: "j" })).toEqual({
			step: "job",
			jobId: "j",
		});
	});

	test("what comes after a cancel changes nothing", () => {
		const again: ImportAction = { kind: "again" };
		const file: ImportAction = { kind: "file", name: "a.csv", size: null };
		for (const late of [
			inspected,
			{ kind: "sent", bytes: 1 },
			{ kind: "start" },
			{ kind: "refused", faults: [] },
		] as const) {
			expect(run(file, again, late)).toEqual(chooseFile);
		}
	});
});

describe("upload", () => {
	test("takes only an answer with an id", () => {
		expect(uploadIdOf('{"uploadId":"u1"}')).toBe("u1");
		for (const text of ["", "null", "[]", '{"uploadId":7}', "<html>"]) {
			expect(uploadIdOf(text)).toBeNull();
		}
	});

	test("a refusal says what to do", () => {
		expect(refusal(413)).toContain("tocsin -- import");
		expect(refusal(507)).toContain("space");
		expect(refusal(500)).toContain("500");
	});
});
