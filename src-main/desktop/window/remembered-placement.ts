import type { ShellWindow } from "../electron-parts.ts";
import type { Placement } from "./placement.ts";

const quietMilliseconds = 500;

/**
 * Saves a window's placement once it has stood still for half a second, and when it closes.
 * A save that fails is reported and does not disturb the window.
 */
export function rememberPlacement(
	window: ShellWindow,
	save: (placement: Placement) => void,
	report: (error: unknown) => void,
): void {
	let timer: NodeJS.Timeout | undefined;
	function saveNow(): void {
		clearTimeout(timer);
		if (window.isDestroyed()) return;
		const { x, y, width, height } = window.getNormalBounds();
		try {
			save({
				bounds: { x, y, width, height },
				isMaximized: window.isMaximized(),
				isFullScreen: window.isFullScreen(),
			});
		} catch (error) {
			report(error);
		}
	}
	function saveSoon(): void {
		clearTimeout(timer);
		timer = setTimeout(saveNow, quietMilliseconds);
	}
	window.on("resize", saveSoon);
	window.on("move", saveSoon);
	window.on("close", saveNow);
}
