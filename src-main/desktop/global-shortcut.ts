import type { GlobalShortcut } from "./electron-parts.ts";

export type ShortcutOutcome =
	| { readonly kind: "registered"; readonly keys: string }
	| { readonly kind: "off" }
	| { readonly kind: "unavailable"; readonly keys: string };

/**
 * Registers the keys that show the window from anywhere; null turns them off. Keys that
 * another program holds, or that Electron cannot read (it throws), are an outcome and not a
 * failure of the app.
 */
export function registerShortcut(
	globalShortcut: Pick<GlobalShortcut, "register">,
	keys: string | null,
	show: () => void,
): ShortcutOutcome {
	if (keys === null) return { kind: "off" };
	try {
		const isRegistered = globalShortcut.register(keys, show);
		return { kind: isRegistered ? "registered" : "unavailable", keys };
	} catch {
		return { kind: "unavailable", keys };
	}
}

/** The outcome in words; `settingsFile` is where other keys can be named. */
export function shortcutText(
	outcome: ShortcutOutcome,
	settingsFile: string,
): string {
	switch (outcome.kind) {
		case "registered":
			return `Show with ${outcome.keys}`;
		case "off":
			return "No shortcut set";
		case "unavailable":
			return `${outcome.keys} is not available; name other keys in ${settingsFile}`;
	}
}
