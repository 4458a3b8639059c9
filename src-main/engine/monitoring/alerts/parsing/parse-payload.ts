import { assertNever } from "../../../../../src-shared/domain/assert-never.ts";
import { parseAlertmanager } from "./alertmanager.ts";
import { parseCloudwatch } from "./cloudwatch.ts";
import { parseDatadog } from "./datadog.ts";
import { parseGeneric } from "./generic.ts";
import { parseGrafana } from "./grafana.ts";
import { parseOpsgenie } from "./opsgenie.ts";
import { parsePagerdutyWebhook } from "./pagerduty-webhook.ts";
import type { ParseContext, Parsed } from "./parsed-payload.ts";

/** Reads what a source sent to its webhook. Throws a PayloadError for what is of no such shape. */
export function parsePayload(body: unknown, context: ParseContext): Parsed {
	const { source } = context;
	switch (source) {
		case "alertmanager":
		case "prometheus":
			return parseAlertmanager(body, context);
		case "grafana":
			return parseGrafana(body, context);
		case "pagerduty":
			return parsePagerdutyWebhook(body, context);
		case "opsgenie":
			return parseOpsgenie(body, context);
		case "datadog":
			return parseDatadog(body, context);
		case "cloudwatch":
			return parseCloudwatch(body, context);
		case "generic":
			return parseGeneric(body, context);
		default:
			return assertNever(source, "integration type");
	}
}
