import { useEffect } from "react";
import { announce } from "../ground/announcer.tsx";
import { useWorkspace } from "../state/engine-context.tsx";

/** Tells screen readers of approvals that begin to wait for this person while the window is open. */
export function useApprovalNews(): void {
	const { actions } = useWorkspace();
	useEffect(() => {
		let known: ReadonlySet<string> | null = null;
		return actions.awaiting.state.subscribe(({ ids, total }) => {
			if (total === null) return;
			const before = known;
			known = new Set(ids);
			const news = before === null ? [] : ids.filter((id) => !before.has(id));
			const [first] = news;
			if (first === undefined) return;
			const action = actions.state.getState().known.get(first);
			announce(
				news.length === 1 && action !== undefined
					? `An approval waits for you: ${action.playbookName} on #${action.incidentNumber}, ${action.incidentTitle}`
					: `${news.length} approvals wait for you`,
			);
		});
	}, [actions]);
}
