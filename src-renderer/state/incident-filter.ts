import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import {
	type IncidentState,
	isSettled,
} from "../../src-shared/domain/lifecycle.ts";
import { isSeverity, type Severity } from "../../src-shared/domain/severity.ts";
import { factsCount, readFacts } from "./incident-facts.ts";
import type { IncidentTable } from "./incident-table.ts";

export const stateGroups = ["open", "settled", "all"] as const;
export type StateGroup = (typeof stateGroups)[number];

export const sources = [
	"drift_monitor",
	"alert",
	"person",
	"api",
	"demo",
] as const;
export type Source = (typeof sources)[number];

/** An owner's id, or nobody. */
export const nobody = "none";

/** What of all incidents is shown. Empty lists let everything through. */
export interface IncidentFilter {
	readonly search: string;
	readonly group: StateGroup;
	readonly severities: readonly Severity[];
	readonly models: readonly string[];
	/** Ids; `none` for incidents without an owner. */
	readonly owners: readonly string[];
	readonly sources: readonly Source[];
	/** Also what was found in imported history. */
	readonly history: boolean;
}

/** The project that the list is of; a person's standing choice, not a part of the address. */
export interface ListProject {
	readonly id: string;
	/** The tenant's first: what names no project is in it. */
	readonly isFirst: boolean;
}

export const defaultFilter: IncidentFilter = Object.freeze({
	search: "",
	group: "open",
	severities: [],
	models: [],
	owners: [],
	sources: [],
	history: true,
});

/** Tells whether the incident in a slot passes. */
export type Matcher = (slot: number) => boolean;

/** Compiles a filter once, so that 100,000 rows can be asked within a frame. */
export function compileFilter(
	filter: IncidentFilter,
	table: IncidentTable,
	project: ListProject | null = null,
): Matcher {
	const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
	const passes = passingFacts(filter);
	const models = setOrNull(filter.models);
	const owners = setOrNull(filter.owners);
	const from = setOrNull(filter.sources);
	const readsRows =
		models !== null || owners !== null || from !== null || project !== null;
	return (slot) => {
		if (passes[table.facts(slot)] !== 1) return false;
		if (words.length > 0) {
			const text = table.text(slot);
			for (const word of words) if (!text.includes(word)) return false;
		}
		if (!readsRows) return true;
		const row = table.row(slot);
		if (project !== null && !isOfProject(row, project)) return false;
		if (models !== null && !models.has(row.modelId ?? nobody)) return false;
		if (owners !== null && !owners.has(row.ownerId ?? nobody)) return false;
		return from === null || from.has(row.source);
	};
}

function isOfProject(row: IncidentSummary, project: ListProject): boolean {
	return row.projectId === null
		? project.isFirst
		: row.projectId === project.id;
}

/** 1 for each value of `factsOf` that a filter lets through. */
function passingFacts(filter: IncidentFilter): Uint8Array {
	const passes = new Uint8Array(factsCount);
	for (let facts = 0; facts < factsCount; facts++) {
		const { severity, state, isHistory } = readFacts(facts);
		const isSevere =
			filter.severities.length === 0 ||
			filter.severities.some((each) => each === severity);
		if (isSevere && (filter.history || !isHistory)) {
			passes[facts] = inGroup(state, filter.group) ? 1 : 0;
		}
	}
	return passes;
}

/** True when only the words differ, as while they are typed. */
export function differInWords(a: IncidentFilter, b: IncidentFilter): boolean {
	return (
		a.group === b.group &&
		a.severities === b.severities &&
		a.models === b.models &&
		a.owners === b.owners &&
		a.sources === b.sources &&
		a.history === b.history
	);
}

export function inGroup(state: IncidentState, group: StateGroup): boolean {
	return group === "all" || isSettled(state) === (group === "settled");
}

/** True when a person narrowed the list; the group alone is a view, not a filter. */
export function isNarrowed(filter: IncidentFilter): boolean {
	return (
		filter.search !== "" ||
		filter.severities.length +
			filter.models.length +
			filter.owners.length +
			filter.sources.length >
			0
	);
}

/** Reads a filter from the address; what it does not know is left out. */
export function readFilter(query: URLSearchParams): IncidentFilter {
	const group = query.get("state");
	return {
		search: query.get("q") ?? "",
		group: stateGroups.find((each) => each === group) ?? defaultFilter.group,
		severities: query.getAll("severity").map(Number).filter(isSeverity),
		models: query.getAll("model"),
		owners: query.getAll("owner"),
		sources: sources.filter((each) => query.getAll("source").includes(each)),
		history: query.get("history") !== "0",
	};
}

/** Writes a filter into the address, leaving out what is as usual. */
export function writeFilter(
	query: URLSearchParams,
	filter: IncidentFilter,
): void {
	for (const name of ["q", "state", "severity", "model", "owner", "source"]) {
		query.delete(name);
	}
	query.delete("history");
	if (filter.search !== "") query.set("q", filter.search);
	if (filter.group !== defaultFilter.group) query.set("state", filter.group);
	for (const each of filter.severities) query.append("severity", String(each));
	for (const each of filter.models) query.append("model", each);
	for (const each of filter.owners) query.append("owner", each);
	for (const each of filter.sources) query.append("source", each);
	if (!filter.history) query.set("history", "0");
}

function setOrNull<T>(values: readonly T[]): ReadonlySet<T> | null {
	return values.length === 0 ? null : new Set(values);
}

/** The words of a source for people. */
export function sourceWord(source: IncidentSummary["source"]): string {
	const words: Record<Source, string> = {
		drift_monitor: "Drift monitor",
		alert: "Alerts",
		person: "Person",
		api: "API",
		demo: "Demo",
	};
	return words[source];
}
