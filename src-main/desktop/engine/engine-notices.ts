import type {
	CriticalIncident,
	EngineFailed,
	OpenIncidents,
	StartEngine,
} from "../../entry/engine-protocol.ts";
import type { Dialog } from "../electron-parts.ts";
import type { EngineState } from "../tray.ts";
import type { EngineObserver } from "./engine-link.ts";

export interface EngineNoticeActions {
	/** Starts the engine again, with these settings. */
	start(message: StartEngine): void;
	quit(): void;
	/** One line outside any dialog: a notification. */
	tell(title: string, body: string): void;
	showState(engine: EngineState): void;
	showCounts(counts: OpenIncidents): void;
	showCritical(incident: CriticalIncident): void;
	log(fields: Record<string, unknown>, message: string): void;
}

/** Turns what happens to the engine into what a person sees of it. `start` is how it was first started. */
export function noticeEngine(
	dialog: Pick<Dialog, "showMessageBox">,
	start: StartEngine,
	actions: EngineNoticeActions,
): EngineObserver {
	/** A streak of crashes is told once, at its first. */
	let hasToldCrash = false;
	let current = start;

	async function ask(
		message: string,
		detail: string,
		choices: readonly { label: string; act(): void }[],
	): Promise<void> {
		const { response } = await dialog.showMessageBox({
			type: "error",
			message,
			detail,
			buttons: choices.map((choice) => choice.label),
			defaultId: 0,
			cancelId: choices.length - 1,
			noLink: true,
		});
		choices[response]?.act();
	}
	function startAgain(message: StartEngine): void {
		current = message;
		actions.showState("starting");
		actions.start(message);
	}
	const tryAgain = { label: "Try again", act: () => startAgain(current) };
	const quit = { label: "Quit", act: () => actions.quit() };

	function refused(message: EngineFailed): void {
		actions.log({ code: message.code }, `engine refused: ${message.message}`);
		actions.showState("stopped");
		const freePorts = withFreePorts(current);
		const choices =
			message.code === "PORT_IN_USE" && freePorts !== null
				? [
						{ label: "Use free ports", act: () => startAgain(freePorts) },
						tryAgain,
						quit,
					]
				: [tryAgain, quit];
		ask("Tocsin could not start", message.message, choices).catch((error) =>
			actions.log({ error: String(error) }, "dialog failed"),
		);
	}

	function crashed(reason: string, delay: number | null): void {
		actions.log({ reason, delay }, "engine stopped unexpectedly");
		actions.showState(delay === null ? "stopped" : "restarting");
		if (delay === null) {
			hasToldCrash = false;
			ask(
				"Tocsin's engine keeps stopping",
				`${reason}\n\nWhat was accepted is on disk. The log is in the data folder, logs/engine.log.`,
				[tryAgain, quit],
			).catch((error) =>
				actions.log({ error: String(error) }, "dialog failed"),
			);
		} else if (!hasToldCrash) {
			hasToldCrash = true;
			actions.tell(
				"Tocsin's engine stopped and is being restarted",
				"What was accepted is on disk.",
			);
		}
	}

	return {
		ready: () => actions.showState("ready"),
		refused,
		crashed,
		openIncidents: (counts) => actions.showCounts(counts),
		criticalIncident: (incident) => actions.showCritical(incident),
	};
}

function withFreePorts(start: StartEngine): StartEngine | null {
	if (start.listeners === null) return null;
	return {
		...start,
		listeners: { ...start.listeners, port: 0, copilotPort: 0, eventsPort: 0 },
	};
}
