export { DriftSchedule } from "./drift-schedule.ts";
export { DriftService } from "./drift-service.ts";
export { modelPerformance } from "./model-performance.ts";
export { logGamma } from "./statistics/gamma.ts";
export { mulberry32 } from "./statistics/seeded-random.ts";
