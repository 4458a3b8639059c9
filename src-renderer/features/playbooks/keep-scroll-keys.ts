import type { KeyboardEvent } from "react";

const keys = new Set([
	"ArrowUp",
	"ArrowDown",
	"ArrowLeft",
	"ArrowRight",
	"PageUp",
	"PageDown",
	"Home",
	"End",
]);

/**
 * Keeps the keys that scroll, or that move within radio buttons, to the pane that has the focus:
 * the list beside it has them as shortcuts.
 */
export function keepScrollKeys(event: KeyboardEvent): void {
	const { altKey, ctrlKey, metaKey } = event;
	if (keys.has(event.key) && !altKey && !ctrlKey && !metaKey) {
		event.stopPropagation();
	}
}
