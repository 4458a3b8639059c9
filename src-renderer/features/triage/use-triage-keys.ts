import type { RefObject } from "react";
import { type Shortcut, useShortcuts } from "../../ground/keyboard.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { keyedMoves, moveWords } from "../../state/move-words.ts";
import { useSelection, verbTargets } from "../../state/selection.ts";
import { undoLast } from "../incident/index.ts";
import type { ListHandle } from "./triage-list.tsx";
import type { TriageMoves } from "./use-triage-moves.ts";

const moving = "Move";
const acting = "On the incident";

/** The keys of the triage; each is listed by `?`. */
export function useTriageKeys(options: {
	readonly moves: TriageMoves;
	readonly list: RefObject<ListHandle | null>;
	readonly search: RefObject<HTMLInputElement | null>;
	readonly openId: string | null;
	onFreeze(): void;
}): void {
	const workspace = useWorkspace();
	const { moves } = options;
	const withTargets = (run: () => void) => () => {
		if (verbTargets().length === 0) return false;
		run();
		return true;
	};
	const ask = (what: "severity" | "owner" | "note") =>
		withTargets(() => useSelection.getState().ask(what));
	const step =
		(by: number, extend = false) =>
		() => {
			moves.step(by, extend);
			return true;
		};
	const page = () => options.list.current?.pageSize() ?? 1;

	const shortcuts: Shortcut[] = [
		key("j arrowdown", "Next incident", moving, step(1)),
		key("k arrowup", "Previous incident", moving, step(-1)),
		key("shift+j shift+arrowdown", "Select downwards", moving, step(1, true)),
		key("shift+k shift+arrowup", "Select upwards", moving, step(-1, true)),
		key("pagedown", "A page down", moving, () => step(page())()),
		key("pageup", "A page up", moving, () => step(-page())()),
		key("home", "First incident", moving, step(Number.NEGATIVE_INFINITY)),
		key("end", "Last incident", moving, step(Number.POSITIVE_INFINITY)),
		key("enter", "Open the incident", moving, moves.openCursor),
		key("x", "Select or deselect", moving, moves.toggleCursor),
		key("mod+a", "Select everything shown", moving, moves.selectAll),
		key("escape", "Close, deselect, let go", moving, moves.escape),
		key("/", "Search", moving, () => {
			options.search.current?.focus();
			options.search.current?.select();
			return true;
		}),
		key(".", "Show what is new", moving, moves.showPending),
		key("alt+space", "Freeze the list", moving, () => {
			options.onFreeze();
			return true;
		}),
		...keyedMoves.map((to) => {
			const words = moveWords(to);
			return key(
				words.key ?? "",
				words.verb,
				acting,
				withTargets(() => moves.move(verbTargets(), to)),
			);
		}),
		key("s", "Set severity", acting, ask("severity")),
		key("o", "Set owner", acting, ask("owner")),
		key("n", "Write a note", acting, () => {
			if (options.openId === null) return ask("note")();
			document.getElementById("incident-note")?.focus();
			return true;
		}),
		key("mod+z", "Undo", acting, () => undoLast(workspace)),
	];
	useShortcuts(shortcuts);
}

function key(
	keys: string,
	label: string,
	group: string,
	run: () => boolean,
): Shortcut {
	return { keys, label, group, run };
}
