import type { FastifyInstance } from "fastify";
import type { ServedEngine } from "../served-engine.ts";
import { bytesOf, longestBody } from "./any-body.ts";

/** Alerts of any integration, in its system's own shape. Grafana may be told to send with PUT. */
export function webhookRoutes(
	app: FastifyInstance,
	{ monitoring }: Pick<ServedEngine, "monitoring">,
): void {
	app.route<{ Params: { type: string; integration_id: string } }>({
		method: ["POST", "PUT"],
		url: "/api/v1/webhooks/:type/:integration_id",
		bodyLimit: longestBody,
		handler: async (request, reply) => {
			const answer = await monitoring.door.receive({
				type: request.params.type,
				integrationId: request.params.integration_id,
				headers: request.headers,
				body: bytesOf(request),
			});
			return reply.code(202).send({
				status: "accepted",
				received: answer.received,
				created: answer.created,
				changed: answer.changed,
				truncated_alerts: answer.truncatedAlerts,
				faults: answer.faults,
				note: answer.note,
			});
		},
	});
}
