import { useStore } from "zustand";
import type { Job, ModelSummary } from "../../src-shared/contract/index.ts";
import { useNarrowingProject } from "../state/current-project.ts";
import { useWorkspace } from "../state/engine-context.tsx";
import { useAlertCount } from "../state/use-alert-count.ts";
import type { Page } from "./routes.ts";

export interface RailCount {
	readonly value: number;
	readonly urgent: boolean;
	/** For screen readers, such as `3 open incidents, 1 critical`. */
	readonly meaning: string;
}

/** The live counts of the rail, by page. */
export function useRailCounts(): Partial<Record<Page["id"], RailCount>> {
	const { facts, lists, actions } = useWorkspace();
	const incidents = useStore(facts, ({ status }) => status?.incidents ?? null);
	const models = useStore(lists, (each) => each.models);
	const jobs = useStore(lists, (each) => each.jobs);
	const approvals = useStore(actions.awaiting.state, ({ total }) => total ?? 0);
	const alerts = useAlertCount() ?? 0;
	const isNarrowed = useNarrowingProject() !== null;
	const drifting = models?.filter(isDrifting).length ?? 0;
	const critical =
		models?.filter((each) => each.status === "critical").length ?? 0;
	const running =
		jobs?.filter((each) => each.state === "running" && isImport(each)).length ??
		0;
	return {
		...(incidents !== null && {
			triage: {
				value: incidents.open,
				urgent: incidents.critical > 0,
				meaning: `${incidents.open} open, ${incidents.critical} critical${isNarrowed ? ", in all projects" : ""}`,
			},
		}),
		alerts: {
			value: alerts,
			urgent: false,
			meaning:
				alerts === 1
					? "1 waits for a decision"
					: `${alerts} wait for a decision`,
		},
		drift: {
			value: drifting,
			urgent: critical > 0,
			meaning: `${drifting} drifting, ${critical} critical`,
		},
		playbooks: {
			value: approvals,
			urgent: false,
			meaning:
				approvals === 1
					? "1 approval waits for you"
					: `${approvals} approvals wait for you`,
		},
		import: {
			value: running,
			urgent: false,
			meaning: `${running} running`,
		},
	};
}

function isDrifting(model: ModelSummary): boolean {
	return model.status === "warn" || model.status === "critical";
}

function isImport(job: Job): boolean {
	return job.kind === "import" || job.kind === "labels";
}
