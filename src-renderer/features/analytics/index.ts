/** Figures of incidents over time. */
import { lazy } from "react";

export const AnalyticsPage = lazy(async () => ({
	default: (await import("./analytics-page.tsx")).AnalyticsPage,
}));
