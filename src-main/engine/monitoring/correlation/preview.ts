import type { RulePreview } from "../../../../src-shared/contract/index.ts";
import type { Severity } from "../../../../src-shared/domain/severity.ts";
import type { StoredAlert } from "../alerts/alert-change.ts";
import { titleOf } from "./grouping/alert-words.ts";
import type { MatchedAlert } from "./rules/alert-facts.ts";
import type { CompiledRule } from "./rules/compiled-rule.ts";

/** An alert and when it came. */
export interface PastAlert {
	readonly alert: StoredAlert;
	readonly facts: MatchedAlert;
	readonly at: number;
}

interface Group {
	readonly identity: string;
	readonly members: PastAlert[];
	readonly labels: Set<string>;
	opens: boolean;
	firstAt: number;
	lastAt: number;
	/** When all its alerts were resolved; Infinity while one fires. */
	endsAt: number;
	/** The same for groups that are one incident. */
	root: Group | null;
}

const mostIncidents = 500;
const idsShown = 20;

/**
 * What a rule would have made of alerts, oldest first: the groups, and the storms that join
 * groups. A group is taken to live until its alerts are resolved and, after that, for the
 * window; what people did is not known to it.
 */
export function previewRule(
	rule: CompiledRule,
	alerts: readonly PastAlert[],
): Omit<RulePreview, "isCut"> {
	const matched = alerts.filter(({ facts }) => rule.matches(facts));
	const groups = grouped(rule, matched);
	joinStorms(rule, groups);
	const incidents = new Map<Group, Group[]>();
	for (const group of groups) {
		if (!group.opens) continue;
		const root = rootOf(group);
		const known = incidents.get(root);
		if (known === undefined) incidents.set(root, [group]);
		else known.push(group);
	}
	const shown = [...incidents.values()].map((parts) =>
		shownIncident(rule, parts),
	);
	return {
		alerts: alerts.length,
		matched: matched.length,
		withoutIncident:
			matched.length - shown.reduce((sum, each) => sum + each.alerts, 0),
		incidents: shown
			.sort((one, other) => one.firstAt - other.firstAt)
			.slice(0, mostIncidents),
	};
}

function grouped(rule: CompiledRule, matched: readonly PastAlert[]): Group[] {
	const groups: Group[] = [];
	const newest = new Map<string, Group>();
	for (const past of matched) {
		const identity = rule.identity(past.facts);
		let group = newest.get(identity);
		const isOver =
			group !== undefined &&
			past.at > Math.max(group.lastAt, group.endsAt) + rule.windowMillis;
		if (group === undefined || isOver) {
			group = {
				identity,
				members: [],
				labels: new Set(),
				opens: false,
				firstAt: past.at,
				lastAt: past.at,
				endsAt: 0,
				root: null,
			};
			groups.push(group);
			newest.set(identity, group);
		}
		group.members.push(past);
		group.lastAt = past.at;
		group.endsAt = Math.max(
			group.endsAt,
			past.alert.endsAt ?? Number.POSITIVE_INFINITY,
		);
		if (rule.opens(past.facts)) {
			group.opens = true;
			for (const label of rule.stormLabels(past.facts)) group.labels.add(label);
		}
	}
	return groups;
}

/** Groups that share a label and follow one another within the window, where they are too many. */
function joinStorms(rule: CompiledRule, groups: readonly Group[]): void {
	const most = rule.settings.stormGroups;
	if (most === 0) return;
	const byLabel = new Map<string, Group[]>();
	for (const group of groups) {
		for (const label of group.labels) {
			const known = byLabel.get(label);
			if (known === undefined) byLabel.set(label, [group]);
			else known.push(group);
		}
	}
	for (const sharing of byLabel.values()) {
		let run: Group[] = [];
		let until = 0;
		for (const group of sharing.sort((a, b) => a.firstAt - b.firstAt)) {
			if (group.firstAt > until + rule.windowMillis) {
				joinRun(run, most);
				run = [];
			}
			run.push(group);
			until = Math.max(until, group.lastAt);
		}
		joinRun(run, most);
	}
}

function joinRun(run: readonly Group[], most: number): void {
	const [first, ...others] = run;
	if (first === undefined || run.length <= most) return;
	for (const group of others) {
		const root = rootOf(first);
		const other = rootOf(group);
		if (root !== other) other.root = root;
	}
}

function rootOf(group: Group): Group {
	let root = group;
	while (root.root !== null) root = root.root;
	return root;
}

function shownIncident(
	rule: CompiledRule,
	groups: readonly Group[],
): RulePreview["incidents"][number] {
	const members = groups
		.flatMap((group) => group.members)
		.sort((one, other) => one.at - other.at);
	const label =
		groups.length === 1
			? null
			: ([...(groups[0]?.labels ?? [])].find((each) =>
					groups.every(({ labels }) => labels.has(each)),
				) ?? null);
	return {
		title: titleOf(
			members.map(({ alert }) => alert),
			label,
		),
		severity: members.reduce<Severity>((worst, { facts }) => {
			const severity = rule.severity(facts);
			return severity < worst ? severity : worst;
		}, 5),
		service:
			rule.settings.service ??
			members.find(({ alert }) => alert.service !== null)?.alert.service ??
			null,
		isStorm: groups.length > 1,
		alerts: members.length,
		firstAt: members[0]?.at ?? 0,
		lastAt: members.at(-1)?.at ?? 0,
		alertIds: members.slice(0, idsShown).map(({ alert }) => alert.id),
	};
}
