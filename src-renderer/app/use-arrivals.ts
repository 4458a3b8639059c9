import { useEffect } from "react";
import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import { isSettled } from "../../src-shared/domain/lifecycle.ts";
import { severityWord } from "../../src-shared/domain/severity.ts";
import { announce } from "../ground/announcer.tsx";
import { useWorkspace } from "../state/engine-context.tsx";

const gatherFor = 1_000;

/** Tells screen readers of incidents that come in: a critical one at once, others a second at a time. */
export function useArrivals(): void {
	const { feed } = useWorkspace();
	useEffect(() => {
		let waiting: IncidentSummary[] = [];
		let timer: ReturnType<typeof setTimeout> | null = null;
		const stop = feed.onArrival((incidents) => {
			const live = incidents.filter(
				(each) => !each.isHistory && !isSettled(each.state),
			);
			const critical = live.filter((each) => each.severity === 1);
			if (critical.length > 0) {
				announce(arrivalWords(critical, "critical"), "assertive");
			}
			waiting.push(...live.filter((each) => each.severity !== 1));
			if (waiting.length === 0 || timer !== null) return;
			timer = setTimeout(() => {
				timer = null;
				announce(arrivalWords(waiting, null));
				waiting = [];
			}, gatherFor);
		});
		return () => {
			stop();
			if (timer !== null) clearTimeout(timer);
		};
	}, [feed]);
}

function arrivalWords(
	incidents: readonly IncidentSummary[],
	word: string | null,
): string {
	const only = incidents.length === 1 ? incidents[0] : undefined;
	return only === undefined
		? `${incidents.length} new ${word ?? ""} incidents`
		: `New ${word ?? severityWord(only.severity)} incident: ${only.title}`;
}
