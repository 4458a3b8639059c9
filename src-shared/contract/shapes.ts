import { z } from "zod";
import { identifierFault, identifierLength } from "../domain/identifier.ts";
import { incidentStates } from "../domain/lifecycle.ts";
import { baselineKinds, modelStatuses } from "../domain/monitor.ts";
import { longestRemark } from "../domain/text-limits.ts";

/** Epoch milliseconds, UTC. */
export const instant = z.number().int();

/** One line that a person calls something by. */
export const name = z.string().trim().min(1).max(identifierLength);

/** A description, a note or a reason. */
export const remark = z.string().max(longestRemark);

/** An id or a name chosen by a user or a client. */
export const identifier = z.string().check((context) => {
	const fault = identifierFault(context.value);
	if (fault !== null) {
		context.issues.push({
			code: "custom",
			message: fault,
			input: context.value,
		});
	}
});

export const severity = z.union([
	z.literal(1),
	z.literal(2),
	z.literal(3),
	z.literal(4),
	z.literal(5),
]);
export const incidentState = z.enum(incidentStates);
export const modelStatus = z.enum(modelStatuses);

const day = z.number().int().min(1).max(365);

/** The settings of a monitor. */
export const monitorSettings = z.object({
	isEnabled: z.boolean(),
	baselineDays: day,
	currentDays: day,
	numBins: z.number().int().min(2).max(100),
	minSamples: z.number().int().min(1).max(1_000_000_000),
	warnThreshold: z.number().gt(0).max(100),
	criticalThreshold: z.number().gt(0).max(100),
	baselineKind: z.enum(baselineKinds),
	baselineStart: z.string().nullable(),
	baselineEnd: z.string().nullable(),
	referenceSet: identifier.nullable(),
});
export type MonitorSettingsShape = z.infer<typeof monitorSettings>;
