import { createHash } from "node:crypto";
import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";
import type { TenantRef } from "../identity/principal.ts";
import type { ObservedModel } from "../predictions/index.ts";

/** A UUID made from what the result is of, so that the same assessment is one record on every replica. */
export function resultId(
	tenant: TenantRef,
	model: ObservedModel,
	settings: MonitorSettings,
	asOf: number,
	watermark: number,
): string {
	const digest = createHash("sha256")
		.update(
			JSON.stringify([
				"drift",
				tenant.id,
				model.modelId,
				asOf,
				watermark,
				settings,
			]),
		)
		.digest();
	digest.writeUInt8(((digest[6] ?? 0) & 0x0f) | 0x80, 6);
	digest.writeUInt8(((digest[8] ?? 0) & 0x3f) | 0x80, 8);
	const hex = digest.toString("hex");
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20, 32),
	].join("-");
}
