export { DriftSchedule } from "./drift-schedule.ts";
export { type DriftParts, DriftService, scoreMetric } from "./drift-service.ts";
export { modelPerformance } from "./model-performance.ts";
export { mulberry32 } from "./statistics/seeded-random.ts";
