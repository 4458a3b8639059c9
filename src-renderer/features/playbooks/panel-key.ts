import type { Shortcut } from "../../ground/keyboard.ts";

/** A key of the panel; without something to do it leaves the press to an older shortcut. */
export function panelKey(
	keys: string,
	label: string,
	isOpen: boolean,
	run: () => void,
): Shortcut {
	return {
		keys,
		label,
		group: "Playbooks",
		run: () => {
			if (!isOpen) return false;
			run();
			return true;
		},
	};
}
