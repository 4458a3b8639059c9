import { readAlert } from "../alerts/parsing/alertmanager.ts";
import { field, isFields, nameOf } from "../alerts/parsing/fields.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import { quietAtSource } from "../alerts/quiet-at-source.ts";
import type { ListedAlert } from "./source-state.ts";

/** Null for what is no alert. */
export function readListed(
	item: unknown,
	context: ParseContext,
): ListedAlert | null {
	if (!isFields(item)) return null;
	// Here `status` is an object, and `endsAt` when Alertmanager gives up waiting for news.
	const parsed = readAlert({ ...item, status: "firing" }, null, context);
	if (typeof parsed === "string") return null;
	const status = field(item, "status");
	const quiet = quietAtSource(
		[...texts(field(status, "silencedBy")), ...texts(field(status, "mutedBy"))],
		texts(field(status, "inhibitedBy")),
	);
	return {
		parsed: quiet === null ? parsed : { ...parsed, suppressedBy: quiet },
		isFiring: true,
		quiet,
	};
}

function texts(value: unknown): string[] {
	return Array.isArray(value)
		? value.map(nameOf).filter((text) => text !== null)
		: [];
}
