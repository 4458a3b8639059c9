import type { QuitApp } from "./electron-parts.ts";

/**
 * Holds the first quit back until `finish` has settled, then lets the app go. A quit asked
 * for meanwhile changes nothing; `finish` must end by itself.
 */
export function finishBeforeQuit(
	app: QuitApp,
	finish: () => Promise<unknown>,
	report: (error: unknown) => void,
): void {
	let state: "running" | "finishing" | "finished" = "running";
	app.on("before-quit", (event) => {
		if (state === "finished") return;
		event.preventDefault();
		if (state === "finishing") return;
		state = "finishing";
		finish()
			.catch(report)
			.finally(() => {
				state = "finished";
				app.quit();
			});
	});
}
