import type { AssistantSettings } from "../../../src-shared/contract/index.ts";
import { useEngine, useNewChannel } from "../../state/engine-context.tsx";
import { type Answer, useAnswer } from "../../state/use-answer.ts";

/** The model server of the tenant, what may leave, and what was agreed to. */
export function useAssistant(): Answer<AssistantSettings> {
	const engine = useEngine();
	const answer = useAnswer("assistant", (signal) =>
		engine.assistant.settings(undefined, { signal }),
	);
	useNewChannel(answer.reload);
	return answer;
}
