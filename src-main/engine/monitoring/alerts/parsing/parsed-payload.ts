import type { IntegrationType } from "../../../../../src-shared/contract/index.ts";
import type { NormalizedAlert } from "../normalized-alert.ts";
import type { SeverityTable } from "../severity-table.ts";

/** An alert, and when the source says it came to be as it is; null where it does not say. */
export interface ParsedAlert {
	readonly alert: NormalizedAlert;
	readonly occurredAt: number | null;
	/** What keeps it quiet where it comes from; absent for what is not kept quiet, or not known to be. */
	readonly suppressedBy?: string;
}

/** What one item of a payload lacks. */
export interface ItemFault {
	readonly index: number;
	readonly message: string;
}

/**
 * What a payload says.
 *
 * | episodes | two notifications are of one episode when |
 * |---|---|
 * | by-start | fingerprint and beginning are the same: the source repeats both |
 * | by-key | the fingerprint is the same and the episode is still open: the source tells when it sent, not when it began |
 */
export interface ParsedPayload {
	readonly kind: "alerts";
	readonly episodes: "by-start" | "by-key";
	readonly alerts: readonly ParsedAlert[];
	readonly faults: readonly ItemFault[];
	/** Alerts that the sender left out because there were too many. */
	readonly truncatedAlerts: number;
	/** That it fires says that nobody has it in hand any more; else a repetition leaves an acknowledged alert as it is. */
	readonly mayUnacknowledge?: true;
}

/** Amazon SNS asks whether it may send here. The address is for a person to open. */
export interface ConfirmationRequest {
	readonly kind: "confirmation";
	readonly topic: string;
	readonly url: string;
}

/** Well-formed, and about something that is no alert. */
export interface NoAlerts {
	readonly kind: "nothing";
	readonly why: string;
}

export type Parsed = ParsedPayload | ConfirmationRequest | NoAlerts;

export interface ParseContext {
	readonly source: IntegrationType;
	readonly severities: SeverityTable;
	readonly config: Readonly<Record<string, unknown>>;
	/** When it arrived, epoch milliseconds: for what names no time. */
	readonly now: number;
}

/** The payload is not of the shape that its source sends. */
export class PayloadError extends Error {
	constructor(message: string) {
		super(message);
		this.name = "PayloadError";
	}
}
