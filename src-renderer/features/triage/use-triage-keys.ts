import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import { type Shortcut, useShortcuts } from "../../ground/keyboard.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { keyedMoves, moveWords } from "../../state/move-words.ts";
import { useSelection } from "../../state/selection.ts";
import { undoLast } from "../incident/index.ts";

/** The keys of the verbs; each is listed by `?`. */
export function useTriageKeys(options: {
	readonly openId: string | null;
	move(ids: readonly string[], to: IncidentState): void;
}): void {
	const workspace = useWorkspace();
	const { openId, move } = options;
	const withTargets = (run: (ids: readonly string[]) => void) => () => {
		const ids = useSelection.getState().targets();
		if (ids.length > 0) run(ids);
		return ids.length > 0;
	};
	const ask = (what: "severity" | "owner" | "note") =>
		withTargets(() => useSelection.getState().ask(what));
	useShortcuts([
		...keyedMoves.map((to) => {
			const { key: keys, verb } = moveWords(to);
			return key(
				keys ?? "",
				verb,
				withTargets((ids) => move(ids, to)),
			);
		}),
		key("s", "Set severity", ask("severity")),
		key("o", "Set owner", ask("owner")),
		key("n", "Write a note", () => {
			if (openId === null) return ask("note")();
			document.getElementById("incident-note")?.focus();
			return true;
		}),
		key("mod+z", "Undo", () => undoLast(workspace)),
	]);
}

function key(keys: string, label: string, run: () => boolean): Shortcut {
	return { keys, label, group: "On the incident", run };
}
