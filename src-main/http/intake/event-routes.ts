import type { FastifyInstance } from "fastify";
import type { ServedEngine } from "../served-engine.ts";
import { bytesOf, longestBody } from "./any-body.ts";
import { intakeFault } from "./error-format.ts";

/**
 * The shape of PagerDuty's Events API v2, so that what sends there can be pointed here: the
 * routing key is the secret of an integration's webhook.
 * https://developer.pagerduty.com/docs/events-api-v2-overview
 */
export function eventRoutes(
	app: FastifyInstance,
	{ monitoring, log }: Pick<ServedEngine, "monitoring" | "log">,
): void {
	app.setErrorHandler((error, _request, reply) => {
		const { status, detail, headers } = intakeFault(error, log);
		return reply
			.code(status)
			.headers(headers)
			.send(
				status === 400
					? {
							status: "invalid event",
							message: "Event object is invalid",
							errors: [detail],
						}
					: { status: "error", message: detail, errors: [detail] },
			);
	});

	app.post("/enqueue", { bodyLimit: longestBody }, async (request, reply) => {
		const { dedupKey } = await monitoring.door.enqueue(bytesOf(request));
		return reply.code(202).send({
			status: "success",
			message: "Event processed",
			dedup_key: dedupKey,
		});
	});

	app.post(
		"/change/enqueue",
		{ bodyLimit: longestBody },
		async (request, reply) => {
			await monitoring.door.enqueueChange(bytesOf(request));
			return reply
				.code(202)
				.send({ status: "success", message: "Change event processed" });
		},
	);
}
