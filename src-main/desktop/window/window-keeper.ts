import type { ShellWindow } from "../electron-parts.ts";
import { bringToFront } from "./main-window.ts";

/** Keeps at most one main window: opens it when there is none, and otherwise brings it to the front. */
export class WindowKeeper {
	readonly #open: () => ShellWindow;
	#window: ShellWindow | null = null;

	constructor(open: () => ShellWindow) {
		this.#open = open;
	}

	/** The window, in front of the person; a new one shows itself when it has painted. */
	show(): ShellWindow {
		if (this.#window !== null && !this.#window.isDestroyed()) {
			bringToFront(this.#window);
			return this.#window;
		}
		const window = this.#open();
		this.#window = window;
		window.on("closed", () => {
			if (this.#window === window) this.#window = null;
		});
		return window;
	}
}
