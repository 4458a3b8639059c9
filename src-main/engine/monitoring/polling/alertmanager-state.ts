import { field, instantOf } from "../alerts/parsing/fields.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import { type AskSource, SourceError } from "../sources/ask-source.ts";
import { readListed } from "../sources/listed-alert.ts";
import type { SourceState } from "../sources/source-state.ts";
import type { PollSettings } from "./poll-settings.ts";

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
	const read = items.map((item) => readListed(item, context));
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
