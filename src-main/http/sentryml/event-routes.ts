import type { FastifyInstance, FastifyReply, FastifySchema } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import {
	checkPredictionEvent,
	faultMessage,
	type LabelReport,
} from "../../engine/predictions/index.ts";
import { grantedMember } from "../door.ts";
import type { ServedEngine } from "../served-engine.ts";
import { type BulkBody, bulkBody, streamBulkBodies } from "./bulk-body.ts";
import { eventJson } from "./event-json.ts";
import {
	bulkBodies,
	bulkReport,
	labelEvent,
	labelReport,
	predictionEvent,
	storedEvent,
} from "./event-schemas.ts";

/**
 * Ingest: one event, many events, labels that arrive later. Its parser is the check, for it
 * has to be fast and tells of each item; the schemas here are documentation alone.
 */
export async function eventRoutes(
	app: FastifyInstance,
	{ predictions }: Pick<ServedEngine, "predictions">,
): Promise<void> {
	app.post(
		"/events/prediction",
		{
			config: {
				documentation: {
					summary: "Store a prediction",
					body: predictionEvent,
					response: { 200: storedEvent },
					errors: [409, 507],
				},
			},
		},
		async (request) => {
			const checked = checkPredictionEvent(request.body);
			if (!checked.ok) {
				throw new EngineError("INVALID", faultMessage(checked.faults), {
					errors: checked.faults,
				});
			}
			const { tenant } = grantedMember(request, "engineer");
			const outcome = await predictions.ingest(tenant.key, checked.value);
			if (outcome.kind === "conflict") {
				throw new EngineError(
					"CONFLICT",
					`event_id ${outcome.eventId} is already stored with another ${outcome.fields.join(", ")}`,
					{ event_id: outcome.eventId, differs: outcome.fields },
				);
			}
			return eventJson(outcome.event, tenant.id);
		},
	);

	await app.register(async (bulk) => {
		streamBulkBodies(bulk);
		const longBody = (documentation: FastifySchema) => ({
			bodyLimit: Number.MAX_SAFE_INTEGER,
			config: { isLongBody: true, documentation },
		});
		bulk.post(
			"/events/predictions",
			longBody({
				summary: "Store many predictions",
				description:
					"Each good item is stored, whatever becomes of the others; the report tells of both.",
				bodies: bulkBodies(predictionEvent),
				response: { 200: bulkReport },
				errors: [507],
			}),
			async (request, reply) => {
				const ingest = predictions.bulk(
					grantedMember(request, "engineer").tenant.key,
				);
				const body = bulkBody(request);
				try {
					for await (const items of body.batches) ingest.add(items);
				} catch (error) {
					throw withReport(error, ingest.report);
				}
				return bulkAnswer(reply, body, ingest.report);
			},
		);
		bulk.post(
			"/events/labels",
			longBody({
				summary: "Join labels to stored predictions",
				bodies: bulkBodies(labelEvent),
				response: { 200: labelReport },
				errors: [507],
			}),
			async (request, reply) => {
				const ingest = predictions.labels(
					grantedMember(request, "engineer").tenant.key,
				);
				const body = bulkBody(request);
				try {
					for await (const items of body.batches) ingest.add(items);
				} catch (error) {
					throw withReport(error, labelReportJson(ingest.report));
				}
				return bulkAnswer(reply, body, labelReportJson(ingest.report));
			},
		);
	});
}

/** The report; a body that is no list of items at all, and brought nothing, is refused with it. */
function bulkAnswer<
	Report extends {
		accepted: number;
		errors: readonly { message: string }[];
	},
>(reply: FastifyReply, body: BulkBody, report: Report) {
	const status = report.accepted === 0 ? body.refusalStatus() : null;
	if (status === null) return report;
	const why = report.errors[0]?.message ?? "is empty";
	return reply
		.code(status)
		.send({ ...report, detail: `The body is no list of items: ${why}.` });
}

function labelReportJson({ modelIds, ...counts }: LabelReport) {
	return { ...counts, model_ids: [...modelIds] };
}

/** A refusal in the middle of a body also says what was stored before it. */
function withReport(error: unknown, report: object): unknown {
	return error instanceof EngineError
		? new EngineError(error.code, error.message, { ...error.data, ...report })
		: error;
}
