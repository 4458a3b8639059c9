/**
 * Finds out whether a model's predictions are distributed as they were, and says how sure it
 * is.
 *
 * Offers: `DriftService`: monitors and their settings, assessments now, as of a moment or of a
 * history, and the evidence that repeats each bit for bit. `DriftSchedule`: assesses what is
 * due. `statistics/` is a library of pure functions.
 * Needs: Predictions to read, compute threads, the command store, and from the composition
 * root whom to tell of a signal.
 * Does not touch: Incidents: it reports signals, and what comes of them is decided there.
 *
 * ```ts
 * const evidence = await drift.assess(tenant, "fraud");
 * evidence.status; // "ok", "warn", "critical", ...
 * ```
 */

export { DriftSchedule } from "./drift-schedule.ts";
export { DriftService } from "./drift-service.ts";
export { modelPerformance } from "./model-performance.ts";
export { logGamma } from "./statistics/gamma.ts";
export { mulberry32 } from "./statistics/seeded-random.ts";
