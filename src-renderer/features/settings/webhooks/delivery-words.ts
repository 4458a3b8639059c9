import type { WebhookDelivery } from "../../../../src-shared/contract/index.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";

type Attempt = WebhookDelivery["attempts"][number];

/** `204 in 34 ms`, or why there was no answer. */
export function attemptWords(attempt: Attempt): string {
	const { httpStatus, fault } = attempt;
	return httpStatus === null
		? (fault ?? "No answer.")
		: `${httpStatus} in ${millisWords(attempt.durationMs)}`;
}

/** `34 ms`, `2.4 s`. */
export function millisWords(millis: number): string {
	return millis < 1_000
		? `${Math.round(millis)} ms`
		: `${(millis / 1_000).toFixed(1)} s`;
}

export function statusLabel(status: WebhookDelivery["status"]): string {
	switch (status) {
		case "pending":
			return "Waiting";
		case "delivered":
			return "Delivered";
		case "dead":
			return "Given up";
		default:
			return assertNever(status, "delivery status");
	}
}

/** JSON on several lines; anything else as it is. */
export function indented(body: string): string {
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		return body;
	}
}
