import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	formOfSettings,
	monitorFaults,
	settingsOfForm,
} from "../../../src-renderer/features/drift/monitor-form.ts";
import { monitorSettings } from "../../../src-shared/contract/index.ts";
import { defaultMonitor } from "../../../src-shared/domain/monitor.ts";

const form = formOfSettings(defaultMonitor);

describe("monitor form", () => {
	test("the defaults have no fault and come back as they were", () => {
		expect(monitorFaults(form)).toEqual({});
		expect(settingsOfForm(form)).toEqual(defaultMonitor);
	});

	test("warn must be under critical, and the later field says so", () => {
		const faults = monitorFaults({ ...form, warnThreshold: 0.2 });
		expect(faults).toEqual({
			criticalThreshold: expect.stringContaining("above the warn threshold"),
		});
	});

	test.each([
		["baselineDays", 0],
		["baselineDays", 366],
		["currentDays", 1.5],
		["currentDays", ""],
		["numBins", 1],
		["minSamples", -5],
		["minSamples", "many"],
		["warnThreshold", 0],
		["criticalThreshold", 101],
		["criticalThreshold", " "],
	] as const)("%s = %j is refused", (field, value) => {
		expect(monitorFaults({ ...form, [field]: value })).toHaveProperty(field);
	});

	test("a fixed baseline needs two times in order", () => {
		const fixed = { ...form, baselineKind: "fixed" as const };
		expect(Object.keys(monitorFaults(fixed))).toEqual([
			"baselineStart",
			"baselineEnd",
		]);
		const wrong = {
			...fixed,
			baselineStart: "2026-02-01 00:00",
			baselineEnd: "2026-01-01 00:00",
		};
		expect(monitorFaults(wrong)).toEqual({
			baselineEnd: "Must be after the start.",
		});
		const right = { ...wrong, baselineEnd: "2026-02-08" };
		expect(monitorFaults(right)).toEqual({});
		expect(settingsOfForm(right)).toMatchObject({
			baselineStart: "2026-02-01T00:00:00.000Z",
			baselineEnd: "2026-02-08T00:00:00.000Z",
		});
	});

	test("a reference baseline needs the name of its set", () => {
		const reference = { ...form, baselineKind: "reference" as const };
		expect(monitorFaults(reference)).toHaveProperty("referenceSet");
		expect(monitorFaults({ ...reference, referenceSet: "training" })).toEqual(
			{},
		);
	});

	test("what belongs to another kind of baseline is not sent", () => {
		const settings = settingsOfForm({
			...form,
			baselineStart: "2026-02-01",
			referenceSet: "training",
		});
		expect(settings).toMatchObject({
			baselineStart: null,
			referenceSet: null,
		});
	});

	test("a form without faults always spells settings the contract takes", () => {
		const number = fc.oneof(
			fc.integer({ min: -2, max: 400 }),
			fc.double({ noNaN: true, min: -1, max: 120 }),
			fc.constantFrom("", "7", "x"),
		);
		fc.assert(
			fc.property(
				fc.record({
					baselineDays: number,
					currentDays: number,
					numBins: number,
					minSamples: number,
					warnThreshold: number,
					criticalThreshold: number,
				}),
				(numbers) => {
					const values = { ...form, ...numbers };
					if (Object.keys(monitorFaults(values)).length > 0) return;
					const settings = settingsOfForm(values);
					expect(monitorSettings.safeParse(settings).success).toBe(true);
					expect(settings.warnThreshold).toBeLessThan(
						settings.criticalThreshold,
					);
				},
			),
		);
	});
});
