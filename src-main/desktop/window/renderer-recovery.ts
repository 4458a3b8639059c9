import type { RecoverableContents } from "../electron-parts.ts";

const mostReloads = 3;
const withinMilliseconds = 60_000;

export interface RendererObserver {
	crashed(reason: string, exitCode: number): void;
	/** It crashed again and again: reloading would not help. Calling `reload` tries once more. */
	gaveUp(reload: () => void): void;
}

/**
 * Reloads a page whose process has died: up to three times in a minute, then asks. Nothing
 * is lost by it; what a person wrote is in the engine.
 */
export function recoverRenderer(
	contents: RecoverableContents,
	now: () => number,
	observer: RendererObserver,
): void {
	let reloads: number[] = [];
	function reload(): void {
		if (!contents.isDestroyed()) contents.reload();
	}
	contents.on("render-process-gone", (_, details) => {
		if (details.reason === "clean-exit") return;
		observer.crashed(details.reason, details.exitCode);
		const time = now();
		reloads = reloads.filter((at) => time - at < withinMilliseconds);
		if (reloads.length >= mostReloads) {
			reloads = [];
			observer.gaveUp(reload);
			return;
		}
		reloads.push(time);
		reload();
	});
}
