import { compareNumeric } from "../../src-main/engine/drift/statistics/compare-numeric.ts";
import type {
	ColumnEvidence,
	DriftEvidence,
	DriftResult,
	PerformancePoint,
} from "../../src-shared/contract/index.ts";
import {
	defaultMonitor,
	type ModelStatus,
} from "../../src-shared/domain/monitor.ts";
import { compareCategorical } from "../engine/drift/statistics/compare-categorical.ts";

const dayMs = 86_400_000;
const rowsPerDay = 120;
const driftBegins = 51;

/** What one model of the fake engine knows of its drift. */
export interface FakeModelDrift {
	readonly history: DriftResult[];
	readonly evidence: ReadonlyMap<string, DriftEvidence>;
	readonly performance: readonly PerformancePoint[];
}

/** A generator of numbers from 0 to 1 that is the same on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Columns of one day; `amount` and the score drift from day 51 on, the right-to-left one loses values. */
function dayOf(day: number, random: () => number) {
	const shift = day >= driftBegins ? Math.min((day - driftBegins) / 8, 1) : 0;
	const normal = () =>
		Math.sqrt(-2 * Math.log(random() + 1e-12)) *
		Math.cos(2 * Math.PI * random());
	const rows = Array.from({ length: rowsPerDay }, () => {
		const isMoved = random() < shift * 0.6;
		const amount = Math.exp(3.6 + 0.8 * normal() + (isMoved ? 1.5 : 0));
		const score = 1 / (1 + Math.exp(2.2 - 0.9 * normal() - amount / 110));
		return {
			amount,
			score,
			hour: Math.floor(24 * random()),
			age: 18 + 60 * random() ** 1.6,
			country: pick(random, day > 50 ? [...countries, "NZ"] : countries),
			مبلغ: random() < 0.02 + shift * 0.09 ? Number.NaN : normal(),
		};
	});
	return rows;
}

const countries = ["DE", "DE", "DE", "FR", "FR", "ES", "IT", "PL"];
const longName = `customer_lifetime_value_in_the_currency_of_the_account_before_any_discount_was_applied_${"x".repeat(40)}`;

function pick<T>(random: () => number, from: readonly T[]): T {
	const found = from[Math.floor(random() * from.length)];
	if (found === undefined) throw new Error("Nothing to pick from.");
	return found;
}

type Row = ReturnType<typeof dayOf>[number];

/** Sixty days of a fraud model, assessed every day from day 21 on with the engine's own statistics. */
export function fraudDrift(modelId: string, end: number): FakeModelDrift {
	const random = seededRandom(7);
	const days: Row[][] = [];
	for (let day = 0; day < 60; day++) days.push(dayOf(day, random));
	const history: DriftResult[] = [];
	const evidence = new Map<string, DriftEvidence>();
	for (let day = 15; day <= 60; day++) {
		const asOf = end - (60 - day) * dayMs;
		const found =
			day < 21
				? tooLittle(modelId, day, asOf)
				: assess(modelId, day, asOf, days);
		const { columns, onset, narrative, settings, ...rest } = found;
		const { engineVersion, seed, watermark, duplicateEventIds, ...result } =
			rest;
		history.push(result);
		evidence.set(found.driftId, found);
	}
	return { history, evidence, performance: performanceOf(days, end) };
}

function assess(
	modelId: string,
	day: number,
	asOf: number,
	days: readonly Row[][],
): DriftEvidence {
	const before = days.slice(day - 21, day - 7).flat();
	const now = days.slice(day - 7, day).flat();
	const numeric = (of: (row: Row) => number) =>
		[before, now].map((rows) => Float64Array.from(rows, of)) as [
			Float64Array,
			Float64Array,
		];
	const columns = [
		numericEvidence("score", "score", ...numeric((row) => row.score)),
		numericEvidence("amount", "feature", ...numeric((row) => row.amount)),
		numericEvidence("hour", "feature", ...numeric((row) => row.hour)),
		numericEvidence(longName, "feature", ...numeric((row) => row.age)),
		numericEvidence("مبلغ", "feature", ...numeric((row) => row.مبلغ)),
		categoricalEvidence(
			"country",
			before.map((row) => row.country),
			now.map((row) => row.country),
		),
	];
	const psi = columns[0]?.psi.value ?? 0;
	const status = statusOf(psi);
	const incidentId = status === "critical" ? "drift-incident" : null;
	return {
		...windowsOf(modelId, day, asOf),
		baselineN: before.length,
		currentN: now.length,
		psi,
		status,
		severity: status === "critical" ? 1 : status === "warn" ? 3 : null,
		featurePsi: Object.fromEntries(
			columns
				.filter(({ role }) => role === "feature")
				.map((each) => [each.column, each.psi.value]),
		),
		incidentId,
		columns,
		onset:
			status === "ok"
				? null
				: {
						column: "amount",
						at: asOf - (day - driftBegins) * dayMs + 14 * 3_600_000,
						pValue: 0.00004,
					},
		duplicateEventIds: 3,
		narrative:
			status === "ok"
				? [`PSI of score is ${psi.toFixed(2)} (warning from 0.1): no drift.`]
				: [
						`PSI of score is ${psi.toFixed(2)} (critical from 0.2): 24 % of the current values lie in >= 0.31, against 10 % in the baseline.`,
						"PSI of amount is 0.24 (critical from 0.2): 29 % of the current values lie in >= 104.2, against 10 % in the baseline.",
						"The change is first visible in amount at 2026-03-04 14:00 UTC.",
					],
	};
}

function tooLittle(modelId: string, day: number, asOf: number): DriftEvidence {
	return {
		...windowsOf(modelId, day, asOf),
		baselineN: Math.max(0, day - 7) * rowsPerDay,
		currentN: 120,
		psi: null,
		status: "insufficient_data",
		severity: null,
		featurePsi: {},
		incidentId: null,
		columns: [],
		onset: null,
		duplicateEventIds: 0,
		narrative: [
			"Too little to judge: 120 events in the current window, where each needs 500.",
		],
	};
}

function windowsOf(modelId: string, day: number, asOf: number) {
	return {
		driftId: `${modelId}-${day}`,
		modelId,
		computedAt: asOf,
		asOf,
		baseline: { start: asOf - 21 * dayMs, end: asOf - 7 * dayMs },
		current: { start: asOf - 7 * dayMs, end: asOf },
		engineVersion: "0.1.0",
		seed: 1,
		watermark: day * rowsPerDay,
		settings: { ...defaultMonitor },
	};
}

function statusOf(psi: number): ModelStatus {
	if (psi >= defaultMonitor.criticalThreshold) return "critical";
	return psi >= defaultMonitor.warnThreshold ? "warn" : "ok";
}

type Comparison = ReturnType<typeof compareNumeric>;

/** One numeric column, compared as the engine does. */
export function numericEvidence(
	column: string,
	role: "score" | "feature",
	baseline: Float64Array,
	current: Float64Array,
): ColumnEvidence {
	const compared = compareNumeric(baseline, current);
	const points = [...baseline, ...current]
		.filter((value) => !Number.isNaN(value))
		.sort((a, b) => a - b)
		.filter((_, index, all) => index % Math.ceil(all.length / 200) === 0);
	const location = compared.ks?.location ?? null;
	const x = [
		...new Set(location === null ? points : [...points, location]),
	].sort((a, b) => a - b);
	const shareUpTo = (values: Float64Array) => {
		const sorted = values.filter((value) => !Number.isNaN(value)).sort();
		let counted = 0;
		return x.map((limit) => {
			while ((sorted[counted] ?? Number.NaN) <= limit) counted++;
			return counted / sorted.length;
		});
	};
	return {
		...common(column, role, compared),
		ecdf: { x, baseline: shareUpTo(baseline), current: shareUpTo(current) },
	};
}

/** One column of categories, compared as the engine does. */
export function categoricalEvidence(
	column: string,
	baseline: readonly (string | null)[],
	current: readonly (string | null)[],
): ColumnEvidence {
	return {
		...common(column, "feature", compareCategorical(baseline, current)),
		ecdf: null,
	};
}

function common(
	column: string,
	role: "score" | "feature",
	compared: Comparison,
): Omit<ColumnEvidence, "ecdf"> {
	const { psi, ks, quality, chi_square: chi } = compared;
	const value = psi.value ?? 0;
	const status = statusOf(value);
	return {
		column,
		role,
		type: compared.type,
		verdict: status === "critical" || status === "warn" ? status : "ok",
		baselineN: compared.n_baseline,
		currentN: compared.n_current,
		bins: {
			edges: [...psi.edges],
			labels: [...psi.labels],
			baseline: [...psi.baseline_counts],
			current: [...psi.current_counts],
		},
		psi: {
			value,
			pValue: psi.p_value,
			critical95: psi.critical_95,
			contributions: [...psi.contributions],
		},
		ks: ks && {
			statistic: ks.statistic,
			pValue: ks.p_value,
			method: ks.method,
			pValueTies: ks.p_value_ties,
			location: ks.location,
		},
		wasserstein: compared.wasserstein,
		jensenShannon: compared.jensen_shannon ?? 0,
		hellinger: compared.hellinger ?? 0,
		totalVariation: compared.total_variation ?? 0,
		chiSquare:
			chi === null || chi.p_value === null
				? null
				: { statistic: chi.statistic, pValue: chi.p_value, dof: chi.dof },
		adjustedPValue: psi.p_value,
		significant: (psi.p_value ?? 1) < 0.05,
		matters: value >= 0.1,
		quality: {
			baselineMissingShare: quality.baseline.missing_share ?? 0,
			currentMissingShare: quality.current.missing_share ?? 0,
			outOfRangeShare: quality.out_of_range_share,
			newCategories: [...quality.new_categories],
			constant: quality.current.constant ?? false,
		},
	};
}

function performanceOf(
	days: readonly Row[][],
	end: number,
): PerformancePoint[] {
	const random = seededRandom(11);
	return days.map((rows, day) => {
		const worse =
			day >= driftBegins ? Math.min((day - driftBegins) / 40, 0.12) : 0;
		const near = (value: number) => value - worse + (random() - 0.5) * 0.02;
		const isLate = day > 54;
		const accuracy = near(0.94);
		const estimate = 0.94 + (random() - 0.5) * 0.01;
		return {
			at: end - (60 - day) * dayMs,
			n: rows.length,
			labelled: isLate ? 0 : rows.length - 12,
			accuracy: isLate ? null : accuracy,
			precision: isLate ? null : near(0.82),
			recall: isLate ? null : near(0.76),
			f1: isLate ? null : near(0.79),
			rocAuc: isLate ? null : near(0.95),
			logLoss: isLate ? null : 0.19 + worse + random() * 0.02,
			brier: isLate ? null : 0.06 + worse / 2 + random() * 0.01,
			estimated: {
				accuracy: estimate,
				rocAuc: 0.95,
				lower: estimate - 0.025,
				upper: estimate + 0.025,
				assumptionBroken: day >= driftBegins + 4,
			},
		};
	});
}
