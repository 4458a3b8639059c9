import { EngineError } from "../../engine/errors.ts";

/** What the engine calls the fields that have another name in API E. */
const names: Readonly<Record<string, string>> = {
	title: "summary",
	externalKey: "key",
	assignedTo: "assigned_to",
	issueUrl: "issue_url",
	acknowledgedBy: "acknowledged_by",
	note: "notes",
};

/** Runs `work`; a refusal that names a field of the engine names API E's own. */
export function inItsWords<Result>(work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof EngineError) || error.code !== "INVALID") {
			throw error;
		}
		const field = typeof error.data.field === "string" ? error.data.field : "";
		const name = names[field] ?? field;
		const message = error.message.replaceAll(field, name);
		throw new EngineError("INVALID", message, {
			field: name,
			errors: [{ field: name, message }],
		});
	}
}
