import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

/**
 * One key of the window. `keys` is written as `j`, `?`, `shift+j`, `mod+k` (⌘ on a Mac, Ctrl
 * elsewhere), `alt+space`, `escape`, `enter`; several spellings are separated by a space.
 */
export interface Shortcut {
	readonly keys: string;
	readonly label: string;
	/** Heading in the overlay that lists every key. */
	readonly group: string;
	/** Answers false when it had nothing to do, so that an older shortcut gets the key. */
	run(event: KeyboardEvent): boolean | undefined;
	/** Also while a person types in a field. */
	readonly inFields?: boolean;
}

const layers: (readonly Shortcut[])[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];

export const isMac = /mac/i.test(navigator.platform);

/** Registers shortcuts while the component is on the screen; of two with the same key the newer one wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
	const run = useEffectEvent((index: number, event: KeyboardEvent) =>
		shortcuts[index]?.run(event),
	);
	const signature = shortcuts
		.map((each) => `${each.keys}\n${each.label}\n${each.group}`)
		.join("\n\n");
	const describe = useEffectEvent(() =>
		shortcuts.map((each, index) => ({
			...each,
			run: (event: KeyboardEvent) => run(index, event),
		})),
	);
	useEffect(() => {
		if (signature === "") return;
		const layer = describe();
		layers.push(layer);
		changed();
		return () => {
			layers.splice(layers.indexOf(layer), 1);
			changed();
		};
	}, [signature]);
}

/** Every shortcut of the screen as it is now, newest layer last. */
export function useAllShortcuts(): readonly Shortcut[] {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => snapshot,
	);
}

function changed(): void {
	snapshot = layers.flat();
	for (const listener of listeners) listener();
}

const behindDialog = new WeakSet<Event>();

/**
 * To be called before anything acts on a key press: notes that it is for an open dialog although
 * the page behind has the keyboard, as it does when a button that was pressed is turned off. A
 * dialog that Escape closes is gone before `dispatchKey` hears of the key.
 */
export function noteDialog(event: KeyboardEvent): void {
	const isBehind =
		event.target === document.body &&
		document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
	if (isBehind) behindDialog.add(event);
}

/** Hands one key press to the newest shortcut that takes it. */
export function dispatchKey(event: KeyboardEvent): void {
	if (event.defaultPrevented || event.isComposing) return;
	const pressed = keyName(event);
	const target = event.target instanceof Element ? event.target : null;
	const inField = target !== null && isField(target);
	const inOverlay =
		behindDialog.has(event) ||
		target?.closest('[role="dialog"],[role="menu"],[role="listbox"]') != null;
	const activates =
		(pressed === "enter" || pressed === "space") &&
		target?.closest("button,a,[role=button]") != null;
	if (activates) return;
	for (let layer = layers.length - 1; layer >= 0; layer--) {
		for (const shortcut of layers[layer] ?? []) {
			if (!shortcut.keys.split(" ").includes(pressed)) continue;
			if ((inField || inOverlay) && shortcut.inFields !== true) continue;
			if (shortcut.run(event) === false) continue;
			event.preventDefault();
			return;
		}
	}
}

/** The press as a shortcut spells it: modifiers in the order mod, alt, shift. */
export function keyName(event: KeyboardEvent): string {
	const mod = isMac ? event.metaKey : event.ctrlKey;
	const raw = event.key === " " ? "space" : event.key.toLowerCase();
	// Alt makes other characters on a Mac keyboard; the code still names the key.
	const key =
		event.altKey && /^(Key|Digit)./.test(event.code)
			? event.code.replace(/^(Key|Digit)/, "").toLowerCase()
			: event.altKey && event.code === "Space"
				? "space"
				: raw;
	const isSymbol =
		key.length === 1 && key.toUpperCase() === key && !/\d/.test(key);
	return [
		mod ? "mod+" : "",
		event.altKey ? "alt+" : "",
		// The character itself already tells that "?" was typed with shift.
		event.shiftKey && !isSymbol ? "shift+" : "",
		key,
	].join("");
}

function isField(target: Element): boolean {
	if (target instanceof HTMLInputElement) {
		return !["checkbox", "radio", "button", "submit", "range"].includes(
			target.type,
		);
	}
	return (
		target instanceof HTMLTextAreaElement ||
		target instanceof HTMLSelectElement ||
		(target instanceof HTMLElement && target.isContentEditable)
	);
}

/** A shortcut's first spelling as it is shown on a key: `mod+k` as ⌘K or Ctrl K. */
export function keyCaps(keys: string): readonly string[] {
	const first = keys.split(" ")[0] ?? "";
	const names: Readonly<Record<string, string>> = {
		mod: isMac ? "⌘" : "Ctrl",
		alt: isMac ? "⌥" : "Alt",
		shift: "⇧",
		enter: "↵",
		escape: "Esc",
		space: "Space",
		arrowdown: "↓",
		arrowup: "↑",
		pagedown: "Page ↓",
		pageup: "Page ↑",
		home: "Home",
		end: "End",
	};
	return first
		.split("+")
		.map(
			(part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part),
		);
}
