import { z } from "zod";
import { actionStatuses } from "../../../../src-shared/contract/index.ts";
import { instantField, wholeNumberParameter } from "../../openapi/index.ts";
import { lineField } from "../../text-fields.ts";
import { numberField, objectField } from "../fields.ts";

const actionType = z
	.string()
	.min(1)
	.max(200)
	.meta({ description: "The id of a playbook." });
const status = z.enum(actionStatuses);
const seconds = z.number();
const dollars = z.number();
const changes = z.array(z.string());

export const incidentParams = z.strictObject({ id: numberField });
export const actionParams = z.strictObject({
	id: numberField,
	action_id: numberField,
});

/** RFC 9110 tokens and quoted texts alike: kept as it came. */
const idempotencyKey = z
	.string()
	.regex(/^[\x21-\x7e]{1,255}$/, {
		error: "must be 1 to 255 printable ASCII characters without spaces",
	})
	.optional();

/** Other headers of a request are none of a route's business. */
export const runHeaders = z.looseObject({
	"idempotency-key": idempotencyKey.meta({
		description:
			"The same request with the same key is answered with the action that it began; another request with it is refused.",
	}),
	prefer: z.string().optional().meta({
		description:
			"`respond-async` answers 202 at once; `wait=<seconds>` waits no longer than that.",
	}),
	"x-approver-authorization": z.string().optional().meta({
		description:
			"`Bearer` and the access token of the person named in `approved_by`.",
	}),
});

export const dryRunBody = z.strictObject({
	action_type: actionType,
	params: objectField.prefault({}),
});

export const executeBody = z.strictObject({
	action_type: actionType,
	params: objectField.prefault({}),
	approved_by: lineField.nullable().optional(),
});

export const rollbackBody = z
	.strictObject({ approved_by: lineField.nullable().optional() })
	.prefault({});

export const availableActions = z
	.strictObject({
		incident_id: z.int(),
		available_actions: z.array(
			z.strictObject({
				action_type: actionType,
				display_name: z.string(),
				description: z.string(),
				params: z.record(z.string(), z.string()).meta({
					description: "name -> `array[string] (required)` and the like.",
				}),
				requires_approval: z.boolean().meta({
					description:
						"With every optional parameter left at its default. What a request needs is in the answer to its dry run.",
				}),
				estimated_duration: z.string(),
				estimated_cost: z.string(),
			}),
		),
	})
	.meta({ id: "AvailableActions" });

export const dryRun = z
	.strictObject({
		action_type: actionType,
		status,
		message: z.string(),
		details: objectField.meta({
			description:
				"The command, the parameters with their defaults, the number of this dry run as `action_id`, and what is missing to run it here.",
		}),
		estimated_duration: seconds,
		estimated_cost: dollars,
		changes,
		requires_approval: z.boolean(),
	})
	.meta({ id: "DryRun" });

const executionFields = {
	action_id: z.int(),
	action_type: actionType,
	status,
	message: z.string(),
	details: objectField,
	estimated_duration: seconds,
	actual_duration: seconds.nullable(),
	estimated_cost: dollars,
	logs_url: z.string(),
	rollback_available: z.boolean(),
	created_at: instantField,
	completed_at: instantField.nullable(),
};

export const execution = z
	.strictObject(executionFields)
	.meta({ id: "Execution" });

export const rollback = z
	.strictObject({
		action_id: z.int(),
		action_type: actionType,
		status,
		message: z.string(),
		rollback_of: z.int(),
	})
	.meta({ id: "Rollback" });

export const historyQuery = z.strictObject({
	limit: wholeNumberParameter({ min: 1, max: 1_000, default: 1_000 }),
	before: numberField.optional().meta({
		description: "Only actions with a lower id.",
	}),
});

export const history = z
	.strictObject({
		incident_id: z.int(),
		actions: z.array(
			z.strictObject({
				id: z.int(),
				action_type: actionType,
				params: objectField,
				dry_run: z.boolean(),
				status,
				approved_by: z.string().nullable(),
				result: z
					.strictObject({
						actual_duration: seconds.nullable(),
						logs_url: z.string(),
					})
					.optional(),
				created_at: instantField,
			}),
		),
	})
	.meta({ id: "ActionHistory" });

export const action = z
	.strictObject({
		...executionFields,
		incident_id: z.int(),
		kind: z.enum(["dry_run", "execution", "rollback"]),
		params: objectField,
		changes,
		requires_approval: z.boolean(),
		approved_by: z.string().nullable(),
		rollback_of: z.int().nullable(),
	})
	.meta({ id: "Action" });

export const outputQuery = z.strictObject({
	after: wholeNumberParameter({ min: 0, max: 1_000_000_000, default: 0 }),
	limit: wholeNumberParameter({ min: 1, max: 2_000, default: 500 }),
});

export const output = z
	.strictObject({
		action_id: z.int(),
		output: z.array(
			z.strictObject({
				sequence: z.int(),
				step: z.string(),
				stream: z.enum(["stdout", "stderr", "note"]),
				text: z.string(),
				at: instantField,
			}),
		),
		is_capped: z.boolean().meta({
			description: "More was printed than is kept.",
		}),
	})
	.meta({ id: "ActionOutput" });
