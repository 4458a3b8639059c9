import type { HypothesisKind } from "../../../../src-shared/domain/hypothesis-kinds.ts";
import type { AlertRecord } from "../case-file.ts";

type Topic = Extract<HypothesisKind, "cache" | "stale_data" | "traffic_shift">;

/** Words of names, by what they speak of. Names are data: nothing is done because of them but this. */
const topics: readonly (readonly [Topic, RegExp])[] = [
	["cache", /cache|hit (ratio|rate)/],
	[
		"stale_data",
		/stale|freshness|pipeline|\blag\b|\bsync\b|\betl\b|out ?dated|backlog of data/,
	],
	[
		"traffic_shift",
		/traffic|request rate|\brps\b|\bqps\b|surge|throughput|load spike/,
	],
];

/** A cache by its name, and what only a cache does. */
const cachePlace = /cache|redis|varnish/;
const cacheWords = /evict|miss|hit|latency|slow/;

/** What everything shows that fails, whatever the cause. */
const symptoms = /latency|error|slow|\bslo\b|budget|timeout|\b5xx\b/;

export function topicOf(alert: AlertRecord): Topic | null {
	const words = spaced(alert.name);
	const place = spaced(alert.service ?? "");
	if (/replica/.test(words)) return null;
	if (cachePlace.test(place) && cacheWords.test(words)) return "cache";
	return topics.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** Whether an alert only says that something is wrong. */
export function isMereSymptom(alert: AlertRecord): boolean {
	return symptoms.test(spaced(alert.name));
}

/** `CacheHitRatioLow` as `cache hit ratio low`. */
function spaced(name: string): string {
	return name
		.slice(0, 200)
		.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
		.replace(/[_\-.]+/g, " ")
		.toLowerCase();
}
