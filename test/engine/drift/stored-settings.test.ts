// The ids of results are made from the stored form of settings, and databases hold it: it
// never changes, whatever the engine calls a setting.
import { expect, test } from "vitest";
import {
	readSettings,
	storedSettings,
} from "../../../src-main/engine/drift/stored-settings.ts";
import { defaultMonitor } from "../../../src-shared/domain/monitor.ts";

const stored = {
	is_enabled: true,
	baseline_days: 14,
	current_days: 7,
	num_bins: 10,
	min_samples: 500,
	warn_threshold: 0.1,
	critical_threshold: 0.2,
	baseline_kind: "rolling",
	baseline_start: null,
	baseline_end: null,
	reference_set: null,
};

test("settings are stored under the names they always had", () => {
	expect(storedSettings(defaultMonitor)).toEqual(stored);
	expect(readSettings(stored)).toEqual(defaultMonitor);
});

test("what an older version did not store gets its default", () => {
	expect(readSettings({ num_bins: 20 })).toEqual({
		...defaultMonitor,
		numBins: 20,
	});
});
