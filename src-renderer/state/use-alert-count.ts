import { useProject } from "./current-project.ts";
import { useEngine } from "./engine-context.tsx";
import { useAlertNews } from "./use-alert-news.ts";
import { useAnswer } from "./use-answer.ts";

/** How many alerts of the shown project wait for a decision; null before it is known. */
export function useAlertCount(): number | null {
	const engine = useEngine();
	const project = useProject();
	const { value, reload } = useAnswer(project?.id ?? null, async (signal) => {
		const { total } = await engine.alerts.list(
			{ projectId: project?.id ?? "", triage: "new", limit: 1 },
			{ signal },
		);
		return total;
	});
	useAlertNews(reload);
	return value;
}
