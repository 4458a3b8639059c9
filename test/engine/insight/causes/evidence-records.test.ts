// A piece of evidence is linked with the record that its words are of, and has the time of
// that record: whoever opens it finds what was said.
import { expect, test } from "vitest";
import type { CaseFile } from "../../../../src-main/engine/insight/case-file.ts";
import { infer } from "../../../../src-main/engine/insight/infer.ts";

const minute = 60_000;
const hour = 60 * minute;
const opened = Date.UTC(2026, 0, 20, 12);
const driftAt = opened - hour;

/** Of every kind there are two records, so that one can be taken for the other. */
const file: CaseFile = {
	now: opened + hour,
	incident: {
		id: "this",
		service: "checkout",
		modelId: "fraud",
		words: "Drift of fraud",
		openedAt: opened,
		easedAt: opened + 30 * minute,
	},
	dependencies: new Map([["checkout", ["db"]]]),
	changes: [
		{
			id: "first change",
			kind: "deployment",
			service: "checkout",
			modelId: null,
			summary: "first change",
			at: opened - 40 * minute,
		},
		{
			id: "late change",
			kind: "config_change",
			service: "checkout",
			modelId: null,
			summary: "late change",
			at: opened - 10 * minute,
		},
	],
	stages: [
		{
			id: "version 7",
			modelId: "fraud",
			version: "7",
			stage: "production",
			at: opened - 3 * hour,
		},
		{
			id: "version 8",
			modelId: "fraud",
			version: "8",
			stage: "production",
			at: opened - 2 * hour,
		},
	],
	drift: [
		{
			id: "new assessment",
			modelId: "fraud",
			at: driftAt,
			onset: null,
			psi: 0.5,
			hasDrift: true,
			features: [
				{ name: "amount", psi: 0.7, newlyMissing: 0.5 },
				{ name: "country", psi: 0.3, newlyMissing: 0 },
			],
			baselineRate: 100,
			currentRate: 5,
		},
		{
			id: "old assessment",
			modelId: "fraud",
			at: opened - 24 * hour,
			onset: null,
			psi: 0.5,
			hasDrift: true,
			features: [],
			baselineRate: 100,
			currentRate: 100,
		},
	],
	alerts: [
		["DiskFull", "db", 30],
		["InodesLow", "db", 25],
		["QueueLong", "checkout", 20],
		["WorkersGone", "checkout", 15],
	].map(([name, service, before]) => ({
		id: String(name),
		name: String(name),
		service: String(service),
		severity: 1,
		startsAt: opened - Number(before) * minute,
		endsAt: null,
	})),
	actions: [
		{
			id: "rollback action",
			playbookId: "rollback",
			playbookName: "Roll back",
			isSuccess: true,
			endedAt: opened + 10 * minute,
			incidentId: "this",
			service: "checkout",
			modelId: null,
		},
		{
			id: "flush action",
			playbookId: "cache-flush",
			playbookName: "Flush",
			isSuccess: true,
			endedAt: opened - 30 * minute,
			incidentId: "other",
			service: "checkout",
			modelId: null,
		},
	],
	similar: [4, 5].map((number) => ({
		id: `incident ${number}`,
		number,
		title: `Number ${number}`,
		openedAt: opened - number * 24 * hour,
		service: "checkout",
		modelId: null,
		similarity: 0.6,
		fixedBy: [{ id: `fix of ${number}`, name: `Fix${number}` }],
		resolution: `It was end${number}`,
		causes: ["deployment"],
	})),
};

/** Which record a text is of, and its time, by the name in it. */
const told: readonly (readonly [RegExp, string, number])[] = [
	...file.alerts.map(
		({ id, startsAt }) => [new RegExp(`^Alert ${id}`), id, startsAt] as const,
	),
	...file.stages.map(
		({ id, version, at }) =>
			[new RegExp(`^Version ${version}`), id, at] as const,
	),
	...file.changes.map(
		({ id, at }) => [new RegExp(`"${id}" reached`), id, at] as const,
	),
	...file.similar.flatMap(({ id, number, openedAt }) => [
		[new RegExp(`Fix${number} fixed`), `fix of ${number}`, openedAt] as const,
		[new RegExp(`#${number}\\b|end${number}$`), id, openedAt] as const,
	]),
	[/Roll back/, "rollback action", opened + 10 * minute],
	[/Flush/, "flush action", opened - 30 * minute],
	[
		/^Feature|^Values of|values of|usual predictions/,
		"new assessment",
		driftAt,
	],
];

const kinds: Readonly<Record<string, readonly string[]>> = {
	change: file.changes.map(({ id }) => id),
	model_version: file.stages.map(({ id }) => id),
	drift: file.drift.map(({ id }) => id),
	alert: file.alerts.map(({ id }) => id),
	action: [
		...file.actions.map(({ id }) => id),
		...file.similar.flatMap(({ fixedBy }) => fixedBy.map(({ id }) => id)),
	],
	incident: file.similar.map(({ id }) => id),
};

test("every piece names its record", () => {
	const causes = infer(file);
	expect(new Set(causes.map(({ kind }) => kind))).toEqual(
		new Set([
			"deployment",
			"config_change",
			"model_stage",
			"data_drift",
			"stale_data",
			"upstream_failure",
			"service_symptom",
			"playbook_effect",
			"recurrence",
		]),
	);
	const evidence = causes.flatMap((cause) => cause.evidence);
	// "It", too, is of the cause's own record.
	const named = evidence.filter(
		({ text }) =>
			!/^It (came|ended|went|began)/.test(text) || text.includes("with:"),
	);
	expect(
		named.map(({ text, record, at }) => ({ text, id: record.id, at })),
	).toEqual(
		named.map(({ text }) => {
			const [, id, at] = told.find(([pattern]) => pattern.test(text)) ?? [];
			return { text, id, at };
		}),
	);
	for (const { record } of evidence) {
		expect(kinds[record.kind]).toContain(record.id);
	}
	// What says "it" is of the record that the cause is.
	for (const { subject, kind, evidence: pieces } of causes) {
		if (!["deployment", "config_change", "model_stage"].includes(kind))
			continue;
		for (const { text, record } of pieces) {
			if (/^It (came|went)/.test(text)) expect(record.id).toBe(subject);
		}
	}
	expect(new Set(evidence.map(({ record }) => record.kind))).toEqual(
		new Set(Object.keys(kinds)),
	);
});
