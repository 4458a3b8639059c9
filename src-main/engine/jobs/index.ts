/**
 * Work that outlives a call: imports, assessments of a history, the demo.
 *
 * Offers: `Jobs`: starts work under an id, shows its progress, cancels it, and keeps how it
 * ended.
 * Needs: The command store, a clock and a log, and whom to tell of a job's progress.
 * Does not touch: What the work is: it runs the function that it is given.
 *
 * ```ts
 * const jobId = jobs.start(tenantKey, {
 * 	kind: "assess",
 * 	title: "fraud",
 * 	work: async (context) => context.update({ progress: 0.5 }),
 * });
 * ```
 */

export { type JobContext, Jobs } from "./jobs.ts";
