import { readAlert } from "../alerts/parsing/alertmanager.ts";
import {
	field,
	instantOf,
	isFields,
	nameOf,
} from "../alerts/parsing/fields.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import { quietAtSource } from "../alerts/quiet-at-source.ts";
import { type AskSource, SourceError } from "./ask-source.ts";
import type { PollSettings } from "./poll-settings.ts";
import type { ShownAlert, SourceState } from "./source-state.ts";

/**
 * What Alertmanager lists now, silenced and inhibited alerts too. Rejects with a SourceError.
 * https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export async function alertmanagerState(
	ask: AskSource,
	base: string,
	{ receiver, warmUpMillis }: Pick<PollSettings, "receiver" | "warmUpMillis">,
	context: ParseContext,
	signal: AbortSignal,
): Promise<SourceState> {
	const query = new URLSearchParams({
		active: "true",
		silenced: "true",
		inhibited: "true",
		unprocessed: "true",
		...(receiver === null ? {} : { receiver }),
	});
	const items = await ask({ base, path: `/api/v2/alerts?${query}`, signal });
	if (!Array.isArray(items)) {
		throw new SourceError(
			"unreadable",
			"/api/v2/alerts answered with no list of alerts: check the address.",
		);
	}
	const read = items.map((item) => readShown(item, context));
	const alerts = read.filter((one) => one !== null);
	if (alerts.length < read.length) {
		return {
			alerts,
			partialBecause: `${read.length - alerts.length} of its alerts could not be read.`,
		};
	}
	const status = await ask({ base, path: "/api/v2/status", signal });
	const startedAt = instantOf(field(status, "uptime"));
	const isWarm = startedAt !== null && context.now - startedAt >= warmUpMillis;
	return {
		alerts,
		partialBecause: isWarm
			? null
			: "Alertmanager has just started and may not know all alerts again yet.",
	};
}

/** Null for what is no alert. */
export function readShown(
	item: unknown,
	context: ParseContext,
): ShownAlert | null {
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
