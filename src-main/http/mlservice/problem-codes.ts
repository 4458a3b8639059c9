import { z } from "zod";
import type { NamedFault } from "../fault.ts";
import { problemSchema } from "../problem-schema.ts";

/** API D's `code` by status: those of its document, and of the statuses that it leaves out. */
const codeByStatus: Readonly<Record<number, string>> = {
	400: "INVALID_REQUEST",
	401: "UNAUTHORIZED",
	403: "FORBIDDEN",
	404: "MODEL_NOT_FOUND",
	409: "STAGE_CONFLICT",
	413: "PAYLOAD_TOO_LARGE",
	415: "UNSUPPORTED_MEDIA_TYPE",
	422: "VALIDATION_ERROR",
	429: "RATE_LIMITED",
	503: "UNAVAILABLE",
	507: "INSUFFICIENT_STORAGE",
};

const codeByKind: Readonly<Record<string, string>> = {
	duplicate: "MODEL_EXISTS",
};

export function codeOf({ status, kind }: NamedFault): string {
	return codeByKind[kind] ?? codeByStatus[status] ?? "INTERNAL_ERROR";
}

export const mlserviceProblem = problemSchema("MlServiceProblem", {
	code: z
		.enum([
			"INTERNAL_ERROR",
			...Object.values(codeByStatus),
			...Object.values(codeByKind),
		])
		.meta({ description: "The refusal in a word, for programs." }),
});
