import type { HypothesisKind } from "../../../../src-shared/domain/hypothesis-kinds.ts";
import type { AlertRecord, CaseFile } from "../case-file.ts";
import type { Candidate, Evidence } from "../hypothesis.ts";
import { nearness, type Onset, spanWords } from "../onset.ts";
import { type Relation, relationTo } from "../relation.ts";
import { isMereSymptom, topicOf } from "./alert-topic.ts";

const minute = 60_000;
const hour = 60 * minute;
const window = 24 * hour;
const scale = 90 * minute;
const severityStrength = [0, 0.8, 0.6, 0.4, 0.2, 0] as const;
const mostAlerts = 4;
const shortEpisode = 20 * minute;
const fewestEpisodes = 3;

interface Related {
	readonly alert: AlertRecord;
	readonly relation: Relation;
}

/** What alerts on the incident's service, and on those it depends on, say about its cause. */
export function alertCauses(file: CaseFile, onset: Onset): Candidate[] {
	const { openedAt } = file.incident;
	const related = file.alerts
		.map((alert) => ({
			alert,
			relation: relationTo(file, { service: alert.service, modelId: null }),
		}))
		.filter((each): each is Related => each.relation !== null);
	const flapping = flappingNames(related, openedAt);
	const current = related.filter(
		({ alert }) =>
			!flapping.has(nameOf(alert)) &&
			alert.startsAt <= openedAt &&
			alert.startsAt >= openedAt - window &&
			(alert.endsAt === null || alert.endsAt >= openedAt - 30 * minute),
	);
	const groups = Map.groupBy(
		current,
		(each) => `${kindOf(each)} ${each.alert.service}`,
	);
	return [
		...[...groups.values()].map((group) => alertCause(file, onset, group)),
		...[...flapping.values()].map(flappingCause),
	];
}

function kindOf({ alert, relation }: Related): HypothesisKind {
	return (
		topicOf(alert) ??
		(relation.hops > 0 ? "upstream_failure" : "service_symptom")
	);
}

function alertCause(
	file: CaseFile,
	onset: Onset,
	group: readonly Related[],
): Candidate {
	const sorted = group.toSorted((a, b) => a.alert.startsAt - b.alert.startsAt);
	const first = sorted[0] as Related;
	const kind = kindOf(first);
	const service = first.alert.service ?? "";
	const before = onset.ofService - first.alert.startsAt;
	const byName = [...Map.groupBy(sorted, ({ alert }) => alert.name).values()];
	const evidence: Evidence[] = byName
		.slice(0, mostAlerts)
		.map((namesakes, index) => {
			const { alert, relation } = namesakes[0] as Related;
			return {
				side: "supporting",
				text: `Alert ${alert.name} on ${relation.words} began ${spanWords(file.incident.openedAt - alert.startsAt)} before the incident was opened${andMore(namesakes.length - 1)}.`,
				record: { kind: "alert", id: alert.id },
				at: alert.startsAt,
				weights:
					index === 0
						? {
								relation: relation.weight,
								proximity: nearness(1.6, before, scale),
								strength: isMereSymptom(alert)
									? 0
									: 0.4 + severityStrength[alert.severity],
							}
						: { strength: 0.2 },
			};
		});
	if (
		kind === "service_symptom" &&
		group.every(({ alert }) => isMereSymptom(alert))
	) {
		evidence.push({
			side: "contradicting",
			text: `${first.alert.name} says that something is wrong, and not what.`,
			record: { kind: "alert", id: first.alert.id },
			at: first.alert.startsAt,
			weights: { strength: 1 },
		});
	}
	if (before < -2 * minute) {
		evidence.push({
			side: "contradicting",
			text: `It began ${spanWords(before)} after the first symptom.`,
			record: { kind: "alert", id: first.alert.id },
			at: first.alert.startsAt,
			weights: { timing: 1.2 },
		});
	}
	const change = file.changes.find(
		({ service: changed, at }) =>
			changed !== null &&
			changed === first.alert.service &&
			at <= first.alert.startsAt &&
			at >= first.alert.startsAt - hour,
	);
	if (change !== undefined) {
		evidence.push({
			side: "contradicting",
			text: `"${change.summary}" reached ${service} ${spanWords(first.alert.startsAt - change.at)} earlier and may be behind it.`,
			record: { kind: "change", id: change.id },
			at: change.at,
			weights: { rival: 0.6 },
		});
	}
	return {
		kind,
		subject: service,
		...wordsFor(kind, service, first.alert.name),
		evidence,
	};
}

function andMore(count: number): string {
	return count === 0 ? "" : `, and ${count} more of its name`;
}

function wordsFor(kind: HypothesisKind, service: string, name: string) {
	switch (kind) {
		case "cache":
			return {
				claim: `The cache ${service} does not serve as it did`,
				description: `${name} says that the cache misses or drops more.`,
			};
		case "stale_data":
			return {
				claim: `Data from ${service} is late or missing`,
				description: `${name} says that data does not arrive in time.`,
			};
		case "traffic_shift":
			return {
				claim: `The traffic of ${service} changed`,
				description: `${name} says that requests came in another number.`,
			};
		case "upstream_failure":
			return {
				claim: `${service} fails, and takes its callers with it`,
				description: `${name} fires on a service that this one depends on.`,
			};
		default:
			return {
				claim: `${service} is in trouble of its own: ${name}`,
				description: `${name} fires on the incident's own service.`,
			};
	}
}

/** Alerts that fired often and shortly in a day, and do so again, by name and service. */
function flappingNames(
	related: readonly Related[],
	openedAt: number,
): Map<string, Related[]> {
	const own = related.filter(
		({ alert, relation }) =>
			relation.hops === 0 &&
			alert.startsAt >= openedAt - window &&
			alert.startsAt <= openedAt + 5 * minute,
	);
	const groups = Map.groupBy(own, ({ alert }) => nameOf(alert));
	for (const [name, group] of groups) {
		const short = group.filter(
			({ alert }) =>
				alert.endsAt !== null && alert.endsAt - alert.startsAt <= shortEpisode,
		);
		if (group.length < fewestEpisodes || short.length < group.length - 1) {
			groups.delete(name);
		}
	}
	return groups;
}

function flappingCause(group: readonly Related[]): Candidate {
	const sorted = group.toSorted((a, b) => b.alert.startsAt - a.alert.startsAt);
	const { alert, relation } = sorted[0] as Related;
	return {
		kind: "flapping_monitor",
		subject: nameOf(alert),
		claim: `${alert.name} on ${alert.service} flaps: its threshold, not the service`,
		description: `It fired ${group.length} times in a day, and ended by itself in minutes.`,
		evidence: sorted.slice(0, 8).map(({ alert: episode }, index) => ({
			side: "supporting",
			text:
				episode.endsAt === null
					? `${episode.name} fires again.`
					: `${episode.name} fired for ${spanWords(episode.endsAt - episode.startsAt)} and ended.`,
			record: { kind: "alert", id: episode.id },
			at: episode.startsAt,
			weights:
				index === 0
					? { relation: relation.weight, strength: 0.6 }
					: { strength: 0.5 },
		})),
	};
}

function nameOf(alert: AlertRecord): string {
	return `${alert.name} on ${alert.service}`;
}
