import { isFields, nameOf } from "../alerts/parsing/fields.ts";
import { configOf } from "../integrations/integration-view.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import { type SourceUrls, sourceUrls } from "../sources/source-urls.ts";

/** How an integration is asked, from its address and its `config`. */
export interface PollSettings extends SourceUrls {
	readonly intervalMillis: number;
	/** Only alerts routed to receivers of this pattern; null for all. */
	readonly receiver: string | null;
	/** Labels that Prometheus adds before it sends; null asks Prometheus itself. */
	readonly externalLabels: Readonly<Record<string, string>> | null;
	/** An alert told of less than this ago is not taken for over because it is not listed. */
	readonly graceMillis: number;
	readonly historyMillis: number;
	/** For this long after its start Alertmanager knows only what Prometheus has sent again since. */
	readonly warmUpMillis: number;
}

const second = 1_000;
const day = 24 * 60 * 60 * second;

/**
 * | `config` | is | if absent |
 * |---|---|---|
 * | poll | false turns asking off | true |
 * | pollIntervalSeconds | 1 to 3600 | 1, and longer where an answer takes long |
 * | alertmanagerUrl, prometheusUrl | the other half of the pair | none |
 * | receiver | a pattern of Alertmanager's receivers | all |
 * | externalLabels | what Prometheus adds to each alert | asked of Prometheus |
 * | graceSeconds | 0 to 3600 | 60 |
 * | warmUpSeconds | 0 to 3600; Alertmanager's `resolve_timeout` | 300 |
 * | backfillDays | 0 to 30; 0 turns it off | 7 |
 *
 * Null for an integration that is not asked: of another type, without an address, or turned off.
 */
export function pollSettings(row: IntegrationRow): PollSettings | null {
	const config = configOf(row);
	const isAsked =
		row.removed_at === null && row.is_enabled === 1 && config.poll !== false;
	const urls = sourceUrls(row);
	const isReachable =
		urls.alertmanagerUrl !== null || urls.prometheusUrl !== null;
	if (!isAsked || !isReachable) return null;
	const { externalLabels } = config;
	return {
		...urls,
		intervalMillis: within(config.pollIntervalSeconds, 1, 3_600, 1) * second,
		receiver: nameOf(config.receiver),
		externalLabels: isFields(externalLabels)
			? Object.fromEntries(
					Object.entries(externalLabels).map(([name, value]) => [
						name,
						String(value),
					]),
				)
			: null,
		graceMillis: within(config.graceSeconds, 0, 3_600, 60) * second,
		warmUpMillis: within(config.warmUpSeconds, 0, 3_600, 300) * second,
		historyMillis: within(config.backfillDays, 0, 30, 7) * day,
	};
}

function within(
	value: unknown,
	least: number,
	most: number,
	otherwise: number,
): number {
	const isNumber = typeof value === "number" && Number.isFinite(value);
	return isNumber ? Math.min(most, Math.max(least, value)) : otherwise;
}

/** Whether both say the same of where and how to ask; what was heard of it, such as when alerts came last, does not matter. */
export function isSameSource(
	before: IntegrationRow,
	after: IntegrationRow,
): boolean {
	return (
		before.url === after.url &&
		before.config === after.config &&
		before.username === after.username &&
		before.password === after.password &&
		before.api_key === after.api_key &&
		before.is_enabled === after.is_enabled &&
		before.removed_at === after.removed_at
	);
}
