/*
 * Loaded with --import into a process that a bench measures: when it ends, writes what the
 * whole process used to the file named by TOCSIN_BENCH_USE. `maxRSS` is in KiB, times are
 * in microseconds.
 */
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const target = process.env.TOCSIN_BENCH_USE;
// Worker threads inherit --import; the figures are of the process, and one thread writes them.
if (isMainThread && target !== undefined) {
	process.on("exit", () => {
		const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
		writeFileSync(
			target,
			JSON.stringify({ maxRSS, userCPUTime, systemCPUTime }),
		);
	});
}
