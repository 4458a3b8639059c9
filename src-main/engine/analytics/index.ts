export type { ProviderKind } from "./analytics-schema.ts";
export {
	type AnalyticsPorts,
	type AnalyticsRange,
	AnalyticsService,
	type Spending,
	type StepInProgress,
} from "./analytics-service.ts";
export type { FinishedStep } from "./workflow-steps.ts";
export { localDays, midnight, zonedRange } from "./zone-spans.ts";
