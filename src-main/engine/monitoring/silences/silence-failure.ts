import { EngineError } from "../../errors.ts";
import type { SourceError } from "../sources/ask-source.ts";

/** Whether the source may have done it all the same. */
export function isOutcomeUnknown({ kind, status }: SourceError): boolean {
	switch (kind) {
		case "unreachable":
			return false;
		case "refused":
			return status !== null && status >= 500;
		default:
			return true;
	}
}

/** What the caller is told: INVALID for what the source refuses, UNAVAILABLE for all else. */
export function asRefusal(
	error: SourceError,
	consequence: string,
): EngineError {
	const isRefused =
		error.kind === "refused" && error.status !== null && error.status < 500;
	return new EngineError(
		isRefused ? "INVALID" : "UNAVAILABLE",
		`${asSentence(error.message)} ${consequence}`,
	);
}

/** What a source says of itself may end with anything. */
function asSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
