import { monitorSettings } from "../../../src-shared/contract/index.ts";
import {
	defaultMonitor,
	type MonitorSettings,
} from "../../../src-shared/domain/monitor.ts";
import {
	camelCased,
	type SnakeCased,
	snakeCased,
} from "../../../src-shared/domain/name-case.ts";

/** The form that settings are kept in. The ids of results are made from it, so it never changes. */
export function storedSettings(
	settings: MonitorSettings,
): SnakeCased<MonitorSettings> {
	return snakeCased(settings);
}

/** Settings of an older version lack newer fields: those get their defaults. */
export function readSettings(stored: object): MonitorSettings {
	return monitorSettings.parse({ ...defaultMonitor, ...camelCased(stored) });
}
