import {
	identifierFault,
	identifierLength,
} from "../../../src-shared/domain/identifier.ts";
import { longestProse } from "../../../src-shared/domain/text-limits.ts";
import { EngineError } from "../errors.ts";

export function trimmedNote(note: string | undefined): string | undefined {
	const words = note?.trim();
	if (words === undefined || words === "") return undefined;
	checkText("note", words);
	return words;
}

export function checkIdentifier(field: string, value: string): void {
	const fault = identifierFault(value);
	if (fault !== null) throw invalid(field, `${field} ${fault}`);
}

/** A title made by the engine, cut to what a title may hold. */
export function shortTitle(title: string): string {
	const codePoints = [...title];
	return codePoints.length <= identifierLength
		? title
		: `${codePoints.slice(0, identifierLength - 1).join("")}…`;
}

export function checkText(field: string, text: string): void {
	if (text.length > longestProse) {
		throw invalid(field, `${field} must be at most ${longestProse} characters`);
	}
	if (!text.isWellFormed() || text.includes("\u0000")) {
		throw invalid(
			field,
			`${field} must be well-formed Unicode without NUL characters`,
		);
	}
}

export function invalid(field: string, message: string): EngineError {
	return new EngineError("INVALID", message, { field });
}

export function notFound(what: string): EngineError {
	return new EngineError("NOT_FOUND", `No incident ${what}.`);
}
