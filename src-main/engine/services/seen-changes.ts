import type { LiveChange } from "../../../src-shared/contract/index.ts";
import type { Engine } from "../engine.ts";
import type { Member, Sight } from "../identity/index.ts";

const missedChanges = 500;

/**
 * What changes, as a person is shown it: what is in projects that they may not look into is
 * left out. Who they are is asked for with every change, so that who leaves a project hears
 * of it no more.
 */
export async function* seenChanges(
	{
		incidents,
		playbooks,
		live,
	}: Pick<Engine, "incidents" | "playbooks" | "live">,
	who: () => Member,
	after: number | null,
	signal: AbortSignal | undefined,
): AsyncGenerator<LiveChange, void, undefined> {
	const { tenant, sight } = who();
	const missed =
		after === null ? null : incidents.changedSince(sight, after, missedChanges);
	const first: LiveChange[] =
		after === null
			? []
			: missed === null
				? [{ kind: "resync" }]
				: [{ kind: "incidents", ...missed }];
	for await (const change of live.subscribe(tenant.key, signal, first)) {
		const { sight: now } = who();
		const seen = now.isWhole
			? change
			: seenPart(change, now, {
					incident: (id) => incidents.find(now, id) !== null,
					action: (id) => playbooks.isSeen(now, id),
				});
		if (seen !== null) yield seen;
	}
}

/** The part of a change that is in sight; null where none is. */
function seenPart(
	change: LiveChange,
	sight: Sight,
	seen: {
		readonly incident: (id: string) => boolean;
		readonly action: (id: string) => boolean;
	},
): LiveChange | null {
	switch (change.kind) {
		case "incidents": {
			const items = change.items.filter(({ projectId }) =>
				sight.sees(projectId),
			);
			return items.length === 0 ? null : { ...change, items };
		}
		case "timeline":
		case "hypotheses": {
			const incidentIds = change.incidentIds.filter(seen.incident);
			return incidentIds.length === 0 ? null : { ...change, incidentIds };
		}
		case "actions": {
			const incidentIds = change.incidentIds.filter(seen.incident);
			const actionIds = change.actionIds.filter(seen.action);
			return actionIds.length === 0
				? null
				: { ...change, actionIds, incidentIds };
		}
		default:
			return change;
	}
}
