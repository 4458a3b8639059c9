import { join } from "node:path";
import { buildWhenStale } from "./build-when-stale.mjs";
import { checkout, installFault, suitableNode } from "./checkout.mjs";
import {
	displayFault,
	electronPath,
	fetchElectron,
} from "./electron-runtime.mjs";
import { runToEnd } from "./run-to-end.mjs";

const fault = installFault();
if (fault !== null) {
	process.stderr.write(`${fault}\n`);
	process.exit(1);
}
try {
	await buildWhenStale();
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
}
process.exit(await start(process.argv.slice(2)));

async function start(parameters) {
	const reason = await windowFault();
	if (reason === null) {
		const code = await runToEnd(electronPath(), [checkout, ...parameters]);
		// The dynamic loader's word for a missing system library.
		if (code !== 127) return code;
		return serveInstead("Electron misses a system library", parameters);
	}
	return serveInstead(reason, parameters);
}

async function windowFault() {
	const reason = displayFault();
	if (reason !== null) return reason;
	if (electronPath() !== null || (await fetchElectron())) return null;
	return "Electron's runtime is missing and cannot be fetched (npx install-electron)";
}

function serveInstead(reason, parameters) {
	process.stderr.write(
		`No desktop window: ${reason}. Serving the same war room to your browser instead.\n`,
	);
	return runToEnd(suitableNode(), [
		join(checkout, "resources/run/tocsin.mjs"),
		"serve",
		...parameters,
	]);
}
