import type { Integration } from "../../src-shared/contract/index.ts";
import { useEngine } from "./engine-context.tsx";
import { useAlertNews } from "./use-alert-news.ts";
import { type Answer, useAnswer } from "./use-answer.ts";

/** The monitoring systems of a project, followed live; a null project asks nothing. */
export function useIntegrations(
	projectId: string | null,
): Answer<Integration[]> {
	const engine = useEngine();
	const answer = useAnswer(projectId, (signal) =>
		engine.integrations.list({ projectId: projectId ?? "" }, { signal }),
	);
	useAlertNews(answer.reload);
	return answer;
}
