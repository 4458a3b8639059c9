import { useState } from "react";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import type { EngineClient } from "../../transport/connect-engine.ts";

export interface ActionVerbs {
	/** Which verb is under way. */
	readonly busy: string | null;
	/** What the last one failed with, and which it was. */
	readonly fault: string | null;
	/**
	 * Asks the engine, shows its answer at once, and says what was done. Answers the action, or
	 * null with the reason in `fault`.
	 */
	perform(
		verb: string,
		done: (action: PlaybookAction) => string,
		ask: (playbooks: EngineClient["playbooks"]) => Promise<PlaybookAction>,
	): Promise<PlaybookAction | null>;
}

/** What is done with actions: ask for approval, approve, execute, cancel, roll back, settle. */
export function useActionVerbs(): ActionVerbs {
	const { connection, actions } = useWorkspace();
	const [busy, setBusy] = useState<string | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	return {
		busy,
		fault,
		async perform(verb, done, ask) {
			if (busy !== null) return null;
			setBusy(verb);
			setFault(null);
			try {
				const action = await ask(connection.client.playbooks);
				actions.take([action]);
				announce(done(action));
				return action;
			} catch (error) {
				const words = `${verb}: ${faultWords(error)}`;
				setFault(words);
				announce(words, "assertive");
				return null;
			} finally {
				setBusy(null);
			}
		},
	};
}
