/**
 * The inbox of alerts: its page, the panel of an incident's alerts, and the words and commands
 * that others show of them.
 */
import { lazy } from "react";

export { alertCommands } from "./alert-commands.ts";
export { sources } from "./alert-filter.ts";
export { sourceName } from "./alert-words.ts";
export { IncidentAlerts } from "./incident-alerts.tsx";
export { parseMatchers } from "./silence-words.ts";

export const AlertsPage = lazy(async () => ({
	default: (await import("./alerts-page.tsx")).AlertsPage,
}));
