import { nameOf } from "../alerts/parsing/fields.ts";
import { configOf } from "../integrations/integration-view.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";

/** The two halves of a Prometheus installation; null where there is none to ask. */
export interface SourceUrls {
	readonly alertmanagerUrl: string | null;
	/** The Prometheus whose history is read, and which is asked where there is no Alertmanager. */
	readonly prometheusUrl: string | null;
}

/** Where an integration's Alertmanager and Prometheus are, whether it is asked for alerts or not. */
export function sourceUrls(row: IntegrationRow): SourceUrls {
	const config = configOf(row);
	switch (row.type) {
		case "alertmanager":
			return {
				alertmanagerUrl: row.url,
				prometheusUrl: nameOf(config.prometheusUrl),
			};
		case "prometheus":
			return {
				alertmanagerUrl: nameOf(config.alertmanagerUrl),
				prometheusUrl: row.url,
			};
		default:
			return { alertmanagerUrl: null, prometheusUrl: null };
	}
}
