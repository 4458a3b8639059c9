// A body is `{type, timestamp, data}` in less than 20 kB, whatever the texts of an incident hold.
import fc from "fast-check";
import { expect, test } from "vitest";
import { eventBody } from "../../../src-main/engine/webhooks/payload.ts";
import { incidentEvent } from "./open-webhooks.ts";

const at = Date.UTC(2026, 0, 20, 12, 0, 1);

test("an incident's body, in full", () => {
	const event = incidentEvent({
		change: "acknowledged",
		state: "acknowledged",
		acknowledgedBy: "Ada",
	});
	const entry = { ...event, tenantKey: 1, sequence: 1, at };
	expect(JSON.parse(eventBody("incident.acknowledged", entry))).toEqual({
		type: "incident.acknowledged",
		timestamp: "2026-01-20T12:00:01.000Z",
		data: {
			id: "incident-1",
			number: 7,
			title: "PSI of amount is 0.31",
			state: "acknowledged",
			change: "acknowledged",
			severity: 2,
			severity_name: "high",
			kind: "planner",
			key: null,
			model_id: "fraud_v1",
			source: "drift_monitor",
			assigned_to: null,
			acknowledged_by: "Ada",
			opened_at: "2026-01-20T12:00:00.000Z",
			updated_at: "2026-01-20T12:00:00.000Z",
		},
	});
});

test("no text makes it too long or unreadable", () => {
	const text = fc.oneof(
		fc.string({ unit: "binary", maxLength: 400 }),
		fc.constantFrom(
			"\u0001".repeat(5_000),
			"\ud800".repeat(5_000),
			"💥".repeat(5_000),
		),
	);
	fc.assert(
		fc.property(fc.array(text, { minLength: 6, maxLength: 6 }), (texts) => {
			const [title = "", key = "", modelId = "", assignedTo = "", by = ""] =
				texts;
			const event = incidentEvent({
				title,
				key,
				modelId,
				assignedTo,
				acknowledgedBy: by,
			});
			const body = eventBody("incident.created", {
				...event,
				tenantKey: 1,
				sequence: 1,
				at,
			});
			expect(Buffer.byteLength(body)).toBeLessThan(20_000);
			expect(JSON.parse(body).data.title.slice(0, 100)).toBe(
				[...title].slice(0, 300).join("").slice(0, 100),
			);
		}),
		{ numRuns: 30 },
	);
});
