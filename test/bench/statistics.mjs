/*
 * PSI, KS and Wasserstein of 1,000,000 values against 1,000,000, beside NumPy and SciPy on the
 * same values in the same run. Fails when Tocsin is not at least three times as fast, or when
 * the three figures differ. Needs python3 with scipy; says so and measures nothing without.
 *
 * node test/bench/statistics.mjs [rows]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	compareNumeric,
	mulberry32,
} from "../../src-main/engine/drift/statistics/index.ts";

const WANTED_RATIO = 3;
const rows = Number(process.argv[2] ?? 1_000_000);

const REFERENCE = `
import json, sys, time
import numpy as np, scipy
from scipy import stats
a, b = (np.fromfile(path) for path in sys.argv[1:3])
def measured(work):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return float(result), min(times) * 1000
def psi():
    edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    p = np.bincount(np.searchsorted(edges, a, "right"), minlength=len(edges) + 1) / len(a)
    q = np.bincount(np.searchsorted(edges, b, "right"), minlength=len(edges) + 1) / len(b)
    p, q = np.maximum(p, 1e-4), np.maximum(q, 1e-4)
    return np.sum((q - p) * np.log(q / p))
print(json.dumps({
    "versions": f"NumPy {np.__version__}, SciPy {scipy.__version__}",
    "psi": measured(psi),
    "ks": measured(lambda: stats.ks_2samp(a, b).statistic),
    "wasserstein": measured(lambda: stats.wasserstein_distance(a, b)),
}))
`;

function sample(seed, mean, spread) {
	const random = mulberry32(seed);
	return Float64Array.from({ length: rows }, () => {
		let sum = 0;
		for (let term = 0; term < 12; term++) sum += random();
		return mean + spread * (sum - 6);
	});
}

function measureTocsin(baseline, current) {
	const times = [];
	let result;
	for (let round = 0; round < 4; round++) {
		const start = performance.now();
		result = compareNumeric(baseline, current);
		times.push(performance.now() - start);
	}
	return { result, first: times[0], best: Math.min(...times) };
}

function measureReference(baseline, current) {
	const folder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
	try {
		const files = [baseline, current].map((values, index) => {
			const file = join(folder, `${index}.f64`);
			writeFileSync(file, new Uint8Array(values.buffer));
			return file;
		});
		const run = spawnSync("python3", ["-c", REFERENCE, ...files], {
			encoding: "utf8",
		});
		return run.status === 0 ? JSON.parse(run.stdout) : null;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const baseline = sample(1, 0, 1);
const current = sample(2, 0.02, 1.01);
const { result, first, best } = measureTocsin(baseline, current);
console.log(
	`Tocsin, all of compareNumeric: ${best.toFixed(0)} ms (first run ${first.toFixed(0)} ms), ${rows} values a side`,
);
const reference = measureReference(baseline, current);
if (reference === null) {
	console.log("not compared: python3 with scipy is not here");
} else {
	const { psi, ks, wasserstein } = reference;
	const total = psi[1] + ks[1] + wasserstein[1];
	console.log(
		`${reference.versions}: PSI ${psi[1].toFixed(0)} ms, KS ${ks[1].toFixed(0)} ms, Wasserstein ${wasserstein[1].toFixed(0)} ms, together ${total.toFixed(0)} ms`,
	);
	const ratio = total / best;
	console.log(
		`ratio ${ratio.toFixed(1)}x (first run ${(total / first).toFixed(1)}x), at least ${WANTED_RATIO}x wanted`,
	);
	const pairs = [
		["PSI", result.psi.value, psi[0]],
		["KS", result.ks.statistic, ks[0]],
		["Wasserstein", result.wasserstein.distance, wasserstein[0]],
	];
	for (const [name, ours, theirs] of pairs) {
		if (Math.abs(ours - theirs) > 1e-9 * Math.abs(theirs)) {
			console.error(`${name} differs: ${ours} and ${theirs}`);
			process.exitCode = 1;
		}
	}
	if (ratio < WANTED_RATIO) process.exitCode = 1;
}
