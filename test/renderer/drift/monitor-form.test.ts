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
		const faults = monitorFaults({ ...form, warn_threshold: 0.2 });
		expect(faults).toEqual({
			critical_threshold: expect.stringContaining("above the warn threshold"),
		});
	});

	test.each([
		["baseline_days", 0],
		["baseline_days", 366],
		["current_days", 1.5],
		["current_days", ""],
		["num_bins", 1],
		["min_samples", -5],
		["min_samples", "many"],
		["warn_threshold", 0],
		["critical_threshold", 101],
		["critical_threshold", " "],
	] as const)("%s = %j is refused", (field, value) => {
		expect(monitorFaults({ ...form, [field]: value })).toHaveProperty(field);
	});

	test("a fixed baseline needs two times in order", () => {
		const fixed = { ...form, baseline_kind: "fixed" as const };
		expect(Object.keys(monitorFaults(fixed))).toEqual([
			"baseline_start",
			"baseline_end",
		]);
		const wrong = {
			...fixed,
			baseline_start: "2026-02-01 00:00",
			baseline_end: "2026-01-01 00:00",
		};
		expect(monitorFaults(wrong)).toEqual({
			baseline_end: "Must be after the start.",
		});
		const right = { ...wrong, baseline_end: "2026-02-08" };
		expect(monitorFaults(right)).toEqual({});
		expect(settingsOfForm(right)).toMatchObject({
			baseline_start: "2026-02-01T00:00:00.000Z",
			baseline_end: "2026-02-08T00:00:00.000Z",
		});
	});

	test("a reference baseline needs the name of its set", () => {
		const reference = { ...form, baseline_kind: "reference" as const };
		expect(monitorFaults(reference)).toHaveProperty("reference_set");
		expect(monitorFaults({ ...reference, reference_set: "training" })).toEqual(
			{},
		);
	});

	test("what belongs to another kind of baseline is not sent", () => {
		const settings = settingsOfForm({
			...form,
			baseline_start: "2026-02-01",
			reference_set: "training",
		});
		expect(settings).toMatchObject({
			baseline_start: null,
			reference_set: null,
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
					baseline_days: number,
					current_days: number,
					num_bins: number,
					min_samples: number,
					warn_threshold: number,
					critical_threshold: number,
				}),
				(numbers) => {
					const values = { ...form, ...numbers };
					if (Object.keys(monitorFaults(values)).length > 0) return;
					const settings = settingsOfForm(values);
					expect(monitorSettings.safeParse(settings).success).toBe(true);
					expect(settings.warn_threshold).toBeLessThan(
						settings.critical_threshold,
					);
				},
			),
		);
	});
});
