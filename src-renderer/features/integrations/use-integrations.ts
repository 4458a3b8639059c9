import type { Integration } from "../../../src-shared/contract/index.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { type Answer, useAnswer } from "../../state/use-answer.ts";

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
