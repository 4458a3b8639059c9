export { AnalyticsService } from "./analytics-service.ts";
export type { FinishedStep } from "./workflow-steps.ts";
export { localDays, midnight } from "./zone-spans.ts";
