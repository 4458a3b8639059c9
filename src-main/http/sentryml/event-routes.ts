import type { FastifyInstance, FastifyReply } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import {
	checkPredictionEvent,
	faultMessage,
	type LabelReport,
} from "../../engine/predictions/index.ts";
import { grantedMember } from "../door.ts";
import { readJsonBodies } from "../json-body.ts";
import type { ServedEngine } from "../served-engine.ts";
import { type BulkBody, bulkBody, streamBulkBodies } from "./bulk-body.ts";
import { describedAs } from "./documentation/index.ts";
import { eventJson } from "./event-json.ts";

/** Ingest: one event, many events, labels that arrive later. */
export async function eventRoutes(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	const { predictions } = engine;

	await app.register(async (single) => {
		readJsonBodies(single);
		single.post(
			"/events/prediction",
			describedAs("ingest"),
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
	});

	await app.register(async (bulk) => {
		streamBulkBodies(bulk);
		const longBody = (name: "ingestBulk" | "labels") => ({
			bodyLimit: Number.MAX_SAFE_INTEGER,
			config: { isLongBody: true, ...describedAs(name).config },
		});
		bulk.post(
			"/events/predictions",
			longBody("ingestBulk"),
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
		bulk.post("/events/labels", longBody("labels"), async (request, reply) => {
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
		});
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
