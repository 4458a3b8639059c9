import { join } from "node:path";
import { Worker } from "node:worker_threads";
import * as electron from "electron";
import packageFacts from "../../package.json" with { type: "json" };
import { readDesktopArguments } from "../desktop/desktop-arguments.ts";
import { developmentServer } from "../desktop/security/development.ts";
import { startDesktop } from "../desktop/start-desktop.ts";
import { dataDirectory } from "./data-directory.ts";
import { prepareDataDirectory } from "./data-folder/prepare-data-directory.ts";
import { openLog } from "./engine-log.ts";
import { siblingModule } from "./sibling-module.ts";

const { app } = electron;
const isSourceRun = process.defaultApp === true;
const outDirectory = join(import.meta.dirname, "..");

function start(): Promise<void> {
	const chosen = readDesktopArguments(process.argv.slice(isSourceRun ? 2 : 1));
	const folder = dataDirectory(chosen.dataDir);
	prepareDataDirectory(folder);
	const rendererDirectory = join(outDirectory, "renderer");
	return startDesktop(electron, {
		launch: {
			executable: process.execPath,
			arguments: process.argv,
			isSourceRun,
		},
		platform: process.platform,
		developmentServer: developmentServer(app.isPackaged, process.env),
		preload: join(outDirectory, "preload", "index.cjs"),
		rendererDirectory,
		iconDirectory: join(app.getAppPath(), "resources", "icons"),
		start: {
			kind: "start",
			engine: { dataDirectory: folder, version: packageFacts.version },
			listeners: {
				host: "127.0.0.1",
				port: chosen.port,
				copilotPort: chosen.copilotPort,
				eventsPort: chosen.eventsPort,
				rateLimitScale: chosen.rateLimitScale,
				uiDirectory: rendererDirectory,
			},
		},
		log: openLog(folder),
		createWorker: () =>
			new Worker(siblingModule("engine-worker"), { name: "engine" }),
	});
}

/** A start that fails is told on the terminal and in a box: most people start the desktop without a terminal. */
function fail(error: unknown): void {
	const reason = error instanceof Error ? error.message : String(error);
	process.stderr.write(`${reason}\n`);
	electron.dialog.showErrorBox("Tocsin could not start", reason);
	app.exit(1);
}

try {
	start().catch(fail);
} catch (error) {
	fail(error);
}
