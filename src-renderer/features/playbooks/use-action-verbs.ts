import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { useVerbs, type Verbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import type { EngineClient } from "../../transport/connect-engine.ts";

type ActionVerb =
	| "ask"
	| "approve"
	| "decline"
	| "execute"
	| "cancel"
	| "roll-back"
	| "end-process"
	| "settle";

export interface ActionVerbs extends Pick<Verbs<ActionVerb>, "busy" | "fault"> {
	/**
	 * Asks the engine, shows its answer at once, and says what was done. Answers the action, or
	 * null with the reason in `fault`.
	 */
	perform(
		verb: ActionVerb,
		notDone: string,
		done: (action: PlaybookAction) => string,
		ask: (playbooks: EngineClient["playbooks"]) => Promise<PlaybookAction>,
	): Promise<PlaybookAction | null>;
}

/** What is done with actions: ask for approval, approve, execute, cancel, roll back, settle. */
export function useActionVerbs(): ActionVerbs {
	const { connection, actions } = useWorkspace();
	const { busy, fault, run } = useVerbs<ActionVerb>();
	return {
		busy,
		fault,
		async perform(verb, notDone, done, ask) {
			let answer: PlaybookAction | null = null;
			await run(verb, notDone, async () => {
				answer = await ask(connection.client.playbooks);
				actions.take([answer]);
				announce(done(answer));
			});
			return answer;
		},
	};
}
