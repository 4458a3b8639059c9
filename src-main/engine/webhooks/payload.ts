import type { WebhookEventType } from "../../../src-shared/contract/index.ts";
import { severityWord } from "../../../src-shared/domain/severity.ts";
import type { ActionFeedData, IncidentFeedData } from "../feed/index.ts";
import type { AnnouncedEntry } from "./event-match.ts";

/**
 * Code points of a text. At six bytes each, when every one is escaped, the ten texts of an
 * event stay below the 20 kB that Standard Webhooks asks for.
 */
const longestText = 300;

type Field = string | number | null;

/** The body of an event's delivery: `{type, timestamp, data}`, as documented in the settings. */
export function eventBody(
	type: WebhookEventType,
	entry: AnnouncedEntry,
): string {
	return bodyOf(
		type,
		entry.at,
		entry.type === "action.executed"
			? actionData(entry.data)
			: incidentData(entry.data),
	);
}

export function testBody(
	subscription: { readonly id: string; readonly name: string },
	now: number,
): string {
	return bodyOf("webhook.test", now, {
		webhook_id: subscription.id,
		webhook_name: subscription.name,
		message: "This is a test. If its signature verifies, events will too.",
	});
}

function bodyOf(
	type: WebhookEventType,
	at: number,
	data: Readonly<Record<string, Field>>,
): string {
	const clipped = Object.entries(data).map(([name, value]) => [
		name,
		typeof value === "string" ? clip(value) : value,
	]);
	return JSON.stringify({
		type,
		timestamp: isoTime(at),
		data: Object.fromEntries(clipped),
	});
}

function incidentData(data: IncidentFeedData): Record<string, Field> {
	return {
		id: data.id,
		number: data.number,
		title: data.title,
		state: data.state,
		change: data.change,
		severity: data.severity,
		severity_name: severityWord(data.severity),
		kind: data.kind,
		key: data.key,
		model_id: data.modelId,
		source: data.source,
		assigned_to: data.assignedTo,
		acknowledged_by: data.acknowledgedBy,
		opened_at: isoTime(data.openedAt),
		updated_at: isoTime(data.updatedAt),
	};
}

function actionData(data: ActionFeedData): Record<string, Field> {
	return {
		incident_id: data.incidentId,
		incident_number: data.incidentNumber,
		action_id: data.actionId,
		action_number: data.actionNumber,
		action_type: data.actionType,
		kind: data.kind,
		status: data.status,
	};
}

function clip(text: string): string {
	const points = [...text];
	return points.length <= longestText
		? text
		: `${points.slice(0, longestText - 1).join("")}…`;
}

function isoTime(at: number): string {
	return new Date(at).toISOString();
}
