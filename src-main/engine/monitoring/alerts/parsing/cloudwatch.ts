import type { NormalizedAlert } from "../normalized-alert.ts";
import { severityOf } from "../severity-table.ts";
import {
	field,
	first,
	instantOf,
	isFields,
	nameOf,
	textOf,
	textsOf,
} from "./fields.ts";
import { fingerprintOf } from "./fingerprint.ts";
import {
	type ParseContext,
	type Parsed,
	PayloadError,
} from "./parsed-payload.ts";

const amazonHost = /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/**
 * An alarm of Amazon CloudWatch in an envelope of Amazon SNS. A topic that asks to be
 * confirmed is answered by nobody here: its address is for a person to open. The
 * certificate is not fetched either; its address must be Amazon's all the same.
 * https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html
 */
export function parseCloudwatch(body: unknown, context: ParseContext): Parsed {
	const type = nameOf(field(body, "Type"));
	if (!isFields(body) || type === null) {
		throw new PayloadError("Type: must be a text, as Amazon SNS sends it");
	}
	if (!isAmazons(body.SigningCertURL)) {
		throw new PayloadError(
			"SigningCertURL: must be an https address of Amazon SNS",
		);
	}
	switch (type) {
		case "SubscriptionConfirmation": {
			if (!isAmazons(body.SubscribeURL)) {
				throw new PayloadError(
					"SubscribeURL: must be an https address of Amazon SNS",
				);
			}
			return {
				kind: "confirmation",
				topic: nameOf(body.TopicArn) ?? "unnamed topic",
				url: textOf(body.SubscribeURL, 2_000) ?? "",
			};
		}
		case "UnsubscribeConfirmation":
			return { kind: "nothing", why: "The topic will send no more." };
		case "Notification":
			return parseAlarm(body, context);
		default:
			throw new PayloadError(
				"Type: must be Notification, SubscriptionConfirmation or UnsubscribeConfirmation",
			);
	}
}

function parseAlarm(
	envelope: Readonly<Record<string, unknown>>,
	context: ParseContext,
): Parsed {
	const alarm = messageOf(envelope.Message);
	const name = nameOf(field(alarm, "AlarmName"));
	const state = nameOf(field(alarm, "NewStateValue"));
	if (!isFields(alarm) || name === null || state === null) {
		return {
			kind: "nothing",
			why: "The message is no alarm of CloudWatch: it has no AlarmName and NewStateValue.",
		};
	}
	const isOver = state.toUpperCase() === "OK";
	const occurredAt = first(
		instantOf(amazonTime(alarm.StateChangeTime)),
		instantOf(envelope.Timestamp),
	);
	const trigger = alarm.Trigger;
	const dimensions = dimensionsOf(field(trigger, "Dimensions"));
	const word = first(nameOf(context.config.severity), state);
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint: fingerprintOf([
			nameOf(alarm.AlarmArn) ?? name,
			nameOf(alarm.AWSAccountId),
			nameOf(alarm.Region),
		]),
		name,
		status: isOver ? "resolved" : "firing",
		severityWord: word,
		severity: severityOf(context.severities, word),
		service: first(
			nameOf(dimensions.ServiceName),
			nameOf(dimensions.FunctionName),
			nameOf(field(trigger, "Namespace")),
		),
		summary: textOf(alarm.AlarmDescription) ?? name,
		description: textOf(alarm.NewStateReason) ?? "",
		labels: {
			...dimensions,
			...textsOf({
				region: alarm.Region,
				account: alarm.AWSAccountId,
				namespace: field(trigger, "Namespace"),
				metric: field(trigger, "MetricName"),
			}),
		},
		annotations: {},
		startsAt: occurredAt ?? context.now,
		endsAt: isOver ? (occurredAt ?? context.now) : null,
		generatorUrl: null,
		groupKey: nameOf(envelope.TopicArn),
		raw: alarm,
	};
	return {
		kind: "alerts",
		episodes: "by-key",
		alerts: [{ alert, occurredAt }],
		faults: [],
		truncatedAlerts: 0,
	};
}

function messageOf(message: unknown): unknown {
	if (typeof message !== "string") return message;
	try {
		return JSON.parse(message);
	} catch {
		return null;
	}
}

/** CloudWatch writes `2026-01-20T12:00:00.000+0000`, without the colon of RFC 3339. */
function amazonTime(value: unknown): unknown {
	return typeof value === "string"
		? value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")
		: value;
}

function dimensionsOf(value: unknown): Record<string, string> {
	if (!Array.isArray(value)) return {};
	return textsOf(
		Object.fromEntries(
			value
				.slice(0, 50)
				.map((each) => [
					nameOf(field(each, "name")) ?? "",
					field(each, "value"),
				]),
		),
	);
}

function isAmazons(value: unknown): boolean {
	if (typeof value !== "string" || !URL.canParse(value)) return false;
	const { protocol, hostname, username, port } = new URL(value);
	return (
		protocol === "https:" &&
		username === "" &&
		port === "" &&
		amazonHost.test(hostname)
	);
}
