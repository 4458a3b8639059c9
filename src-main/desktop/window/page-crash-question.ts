import type { Dialog } from "../electron-parts.ts";

/** Asks what to do about a page that keeps crashing. Closing the question is not a decision to quit: it reloads. */
export async function askAboutPage(
	dialog: Pick<Dialog, "showMessageBox">,
	actions: { reload(): void; quit(): void },
): Promise<void> {
	const { response } = await dialog.showMessageBox({
		type: "error",
		message: "Tocsin's window keeps crashing",
		detail:
			"The engine is still running and nothing was lost. Reload the window, or quit?",
		buttons: ["Reload", "Quit"],
		defaultId: 0,
		cancelId: 0,
		noLink: true,
	});
	if (response === 1) actions.quit();
	else actions.reload();
}
