import { parseAlertmanager } from "./alertmanager.ts";
import { field, first, linkOf, textOf } from "./fields.ts";
import type { ParseContext, ParsedPayload } from "./parsed-payload.ts";

/**
 * Grafana's webhook: Alertmanager's shape, with a title and a message of the group, and
 * links and values per alert.
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export function parseGrafana(
	body: unknown,
	context: ParseContext,
): ParsedPayload {
	const parsed = parseAlertmanager(body, context);
	return {
		...parsed,
		alerts: parsed.alerts.map(({ alert, occurredAt }) => ({
			occurredAt,
			alert: {
				...alert,
				description:
					first(
						textOf(alert.description),
						textOf(field(alert.raw, "valueString")),
					) ?? "",
				generatorUrl: first(
					alert.generatorUrl,
					linkOf(field(alert.raw, "panelURL")),
					linkOf(field(alert.raw, "dashboardURL")),
				),
			},
		})),
	};
}
