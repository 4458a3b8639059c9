import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";
import { deterministicId } from "../deterministic-id.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { ObservedModel } from "../predictions/index.ts";
import { storedSettings } from "./stored-settings.ts";

/** The id of an assessment, made from what it is of: the same one, run again, is the same record. */
export function resultId(
	tenant: TenantRef,
	model: ObservedModel,
	settings: MonitorSettings,
	asOf: number,
	watermark: number,
): string {
	return deterministicId([
		"assessment",
		tenant.id,
		model.modelId,
		asOf,
		watermark,
		canonicalJson(storedSettings(settings)),
	]);
}
