import type { IntegrationType } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";

export interface IntegrationTraits {
	/** It has an address that can be asked: for a test, and for what it holds. */
	readonly isAsked: boolean;
	/** It signs what it sends with a secret of its own. */
	readonly signs: boolean;
	/** What an address of it looks like. */
	readonly example: string;
	/** How its alerts come, in a sentence. */
	readonly how: string;
}

/** What can be set of an integration, by its type. */
export function traitsOf(type: IntegrationType): IntegrationTraits {
	switch (type) {
		case "alertmanager":
			return {
				isAsked: true,
				signs: false,
				example: "http://127.0.0.1:9093",
				how: "It sends its notifications to a webhook. With its address Tocsin also asks it what fires.",
			};
		case "prometheus":
			return {
				isAsked: true,
				signs: false,
				example: "http://127.0.0.1:9090",
				how: "Prometheus sends no notifications itself: Tocsin asks it at its address, or its Alertmanager sends them here.",
			};
		case "grafana":
			return {
				isAsked: true,
				signs: true,
				example: "http://127.0.0.1:3000",
				how: "A contact point of the type webhook sends its notifications.",
			};
		case "pagerduty":
			return {
				isAsked: false,
				signs: true,
				example: "",
				how: "Its webhooks tell of its incidents; and programs that send events to PagerDuty can send them here instead.",
			};
		case "opsgenie":
			return {
				isAsked: false,
				signs: false,
				example: "",
				how: "An integration of the type webhook tells of its alerts.",
			};
		case "datadog":
			return {
				isAsked: false,
				signs: false,
				example: "",
				how: "A webhook that its monitors name sends their alerts.",
			};
		case "cloudwatch":
			return {
				isAsked: false,
				signs: false,
				example: "",
				how: "An SNS topic that alarms notify sends them to an HTTP subscription.",
			};
		case "generic":
			return {
				isAsked: false,
				signs: false,
				example: "",
				how: "Whatever can POST JSON: a script, a cron job, a system that is not listed.",
			};
		default:
			return assertNever(type, "integration type");
	}
}
