import type { IntegrationType } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { datadogPayload } from "../../../src-shared/domain/datadog-payload.ts";

export interface Snippet {
	readonly label: string;
	/** Where it is pasted. */
	readonly where: string;
	readonly code: string;
}

/** Where an integration is sent to, and what proves the sender. */
export interface SendTo {
	readonly type: IntegrationType;
	/** Of the listener, without a path. */
	readonly origin: string;
	/** Begins with a slash. */
	readonly path: string;
	/** Null where it was not shown just now: its place is held by words. */
	readonly secret: string | null;
}

/** What stands for a secret that is not known any more. */
export const secretPlace = "PASTE-THE-SECRET-HERE";

/** What is pasted into the other system; the first is the usual way, the last tries it from a shell. */
export function snippetsOf(to: SendTo): readonly Snippet[] {
	const url = `${to.origin}${to.path}`;
	const secret = to.secret ?? secretPlace;
	switch (to.type) {
		case "alertmanager":
		case "prometheus":
			return [alertmanagerConfig(url, secret), tryAlertmanager(url, secret)];
		case "grafana":
			return [grafanaConfig(url, secret), tryAlertmanager(url, secret)];
		case "pagerduty":
			return [
				tryEvents(to.origin, secret),
				header("Webhook", "PagerDuty, Generic Webhooks (v3)", url, secret),
			];
		case "opsgenie":
			return [
				header(
					"Webhook",
					"Opsgenie, an integration of type Webhook",
					url,
					secret,
				),
			];
		case "datadog":
			return [datadogWebhook(url, secret)];
		case "cloudwatch":
			return [snsSubscription(url, secret)];
		case "generic":
			return [tryGeneric(url, secret)];
		default:
			return assertNever(to.type, "integration type");
	}
}

function alertmanagerConfig(url: string, secret: string): Snippet {
	return {
		label: "alertmanager.yml",
		where:
			"In alertmanager.yml: the receiver, and a route to it that lets the others go on.",
		code: `route:
  # Keep what stands here, and add this route before the others.
  routes:
    - receiver: tocsin
      continue: true

receivers:
  - name: tocsin
    webhook_configs:
      - url: ${url}
        send_resolved: true
        http_config:
          authorization:
            type: Bearer
            credentials: ${secret}
`,
	};
}

function grafanaConfig(url: string, secret: string): Snippet {
	return {
		label: "Contact point",
		where:
			"In provisioning/alerting/tocsin.yaml, or by hand in a contact point of the type webhook.",
		code: `apiVersion: 1
contactPoints:
  - orgId: 1
    name: Tocsin
    receivers:
      - uid: tocsin
        type: webhook
        settings:
          url: ${url}
          httpMethod: POST
          authorization_scheme: Bearer
          authorization_credentials: ${secret}
`,
	};
}

function header(
	label: string,
	where: string,
	url: string,
	secret: string,
): Snippet {
	return {
		label,
		where: `${where}: its address, and a custom header with the secret.`,
		code: `Address  ${url}
Header   X-Webhook-Secret: ${secret}
`,
	};
}

function datadogWebhook(url: string, secret: string): Snippet {
	return {
		label: "Webhook",
		where:
			"In Datadog, Integrations, Webhooks: address, custom headers and payload. Monitors then name @webhook-tocsin.",
		code: `URL
${url}

Custom headers
{"X-Webhook-Secret": "${secret}"}

Payload
${JSON.stringify(datadogPayload, null, 2)}
`,
	};
}

function snsSubscription(url: string, secret: string): Snippet {
	const address = new URL(url);
	address.username = "tocsin";
	address.password = secret;
	return {
		label: "SNS subscription",
		where:
			"A subscription of the topic that alarms notify. The topic asks once to be confirmed: that then stands on this page.",
		code: `aws sns subscribe \\
  --topic-arn arn:aws:sns:REGION:ACCOUNT:TOPIC \\
  --protocol ${address.protocol.replace(":", "")} \\
  --notification-endpoint '${address.href}'
`,
	};
}

function tryAlertmanager(url: string, secret: string): Snippet {
	return {
		label: "Try it",
		where: "In a shell: sends one alert, as the system would.",
		code: curl(url, [`Authorization: Bearer ${secret}`], {
			version: "4",
			status: "firing",
			receiver: "tocsin",
			groupKey: "{}:{}",
			groupLabels: {},
			commonLabels: {},
			commonAnnotations: {},
			alerts: [
				{
					status: "firing",
					labels: {
						alertname: "TocsinTest",
						severity: "warning",
						service: "test",
					},
					annotations: { summary: "A test of the way here" },
					startsAt: "NOW",
					endsAt: "0001-01-01T00:00:00Z",
					fingerprint: "tocsintest000000",
				},
			],
		}),
	};
}

function tryGeneric(url: string, secret: string): Snippet {
	return {
		label: "curl",
		where: "From a script or a shell. A status of “resolved” ends the alert.",
		code: curl(url, [`X-Webhook-Secret: ${secret}`], {
			name: "BackupFailed",
			status: "firing",
			severity: "warning",
			service: "backup",
			summary: "The nightly backup did not finish",
		}),
	};
}

function tryEvents(origin: string, secret: string): Snippet {
	return {
		label: "Events API v2",
		where:
			"In place of https://events.pagerduty.com: the address, and the secret as the routing key.",
		code: curl(`${origin}/v2/enqueue`, [], {
			routing_key: secret,
			event_action: "trigger",
			dedup_key: "tocsin-test",
			payload: {
				summary: "A test of the way here",
				severity: "warning",
				source: "shell",
			},
		}),
	};
}

/** No value of the body may hold a single quote. `NOW` becomes the time at which it is run. */
function curl(url: string, headers: readonly string[], body: unknown): string {
	const lines = [
		`curl -X POST '${url}'`,
		...["Content-Type: application/json", ...headers].map(
			(each) => `  -H '${each}'`,
		),
		`  -d '${JSON.stringify(body, null, 2)}'`,
	].join(" \\\n");
	return `${lines.replace('"NOW"', `"'"$(date -u +%FT%TZ)"'"`)}\n`;
}
