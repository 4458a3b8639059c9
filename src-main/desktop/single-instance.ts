import { incidentOfArguments } from "./deep-link.ts";
import type { InstanceApp } from "./electron-parts.ts";

/**
 * True when this is the first instance on its data folder. A later one hands its arguments
 * to the first, which comes to the front and shows the incident of a link among them; the
 * later one must then quit.
 */
export function holdSingleInstance(
	app: InstanceApp,
	first: { comeToFront(): void; show(incident: string): void },
): boolean {
	if (!app.requestSingleInstanceLock()) return false;
	app.on("second-instance", (_, values) => {
		first.comeToFront();
		const incident = incidentOfArguments(values);
		if (incident !== null) first.show(incident);
	});
	return true;
}
