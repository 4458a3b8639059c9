import { useEffect, useRef } from "react";
import type {
	CostAnalytics,
	IncidentAnalytics,
} from "../../../src-shared/contract/index.ts";
import type { Zone } from "../../ground/preferences.ts";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
} from "../../state/engine-context.tsx";
import { type Answer, useAnswer } from "../../state/use-answer.ts";
import { boundsOf, type ChosenRange, zoneName } from "./analytics-range.ts";

const settleFor = 2_000;

export interface AnalyticsAnswer {
	readonly incidents: IncidentAnalytics;
	readonly cost: CostAnalytics;
}

/** What a project's incidents and models came to in a range; asked again a moment after incidents change. */
export function useAnalytics(
	projectId: string | null,
	range: ChosenRange,
	zone: Zone,
): Answer<AnalyticsAnswer> {
	const engine = useEngine();
	const { from, to } = boundsOf(range, zone, Date.now());
	const timeZone = zoneName(zone);
	const answer = useAnswer(
		projectId === null
			? null
			: `analytics ${projectId} ${from} ${to} ${timeZone}`,
		async (signal) => {
			const asked = { projectId: projectId ?? "", from, to, timeZone };
			const [incidents, cost] = await Promise.all([
				engine.analytics.incidents(asked, { signal }),
				engine.analytics.cost(asked, { signal }),
			]);
			return { incidents, cost };
		},
	);
	const { reload } = answer;
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
	useNewChannel(reload);
	useLiveChange(({ kind }) => {
		if (kind !== "incidents" && kind !== "resync") return;
		timer.current ??= setTimeout(() => {
			timer.current = null;
			reload();
		}, settleFor);
	});
	useEffect(
		() => () => {
			if (timer.current !== null) clearTimeout(timer.current);
		},
		[],
	);
	return answer;
}
