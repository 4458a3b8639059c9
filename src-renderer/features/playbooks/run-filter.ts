import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type { RunFilter } from "./playbooks-place.ts";

/** Whether an action has the status and holds every word, in whatever it shows of itself. */
export function fitsRun(
	action: PlaybookAction,
	filter: RunFilter,
	text: string,
): boolean {
	if (!hasStatus(action, filter)) return false;
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return true;
	const all =
		`#${action.number} ${action.playbookName} ${action.playbookId} #${action.incidentNumber} ${action.incidentTitle} ${action.author.name}`.toLowerCase();
	return words.every((word) => all.includes(word));
}

function hasStatus({ status }: PlaybookAction, filter: RunFilter): boolean {
	switch (filter) {
		case "all":
			return true;
		case "failed":
			return status === "failed" || status === "timed_out";
		case "running":
		case "success":
		case "unknown":
		case "cancelled":
			return status === filter;
		default:
			return assertNever(filter, "filter");
	}
}
