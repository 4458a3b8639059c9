import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { EngineError } from "../../../engine/errors.ts";
import type { SchemaApp } from "../../openapi/index.ts";
import type { ServedEngine } from "../../served-engine.ts";
import {
	type Caller,
	callerByCookie,
	callerByHeaders,
	callerOf,
	requireCaller,
} from "../caller.ts";
import { EventStreams } from "./event-streams.ts";
import { StreamTickets, ticketSeconds } from "./stream-tickets.ts";

/** API E, "SSE API": the stream, and tickets for readers that can send no header. */
export function streamRoutes(app: SchemaApp, engine: ServedEngine): void {
	const streams = new EventStreams(engine);
	const tickets = new StreamTickets(engine.clock);
	app.addHook("preClose", async () => streams.close());

	app.post(
		"/sse/tickets",
		{
			onRequest: requireCaller(engine),
			schema: {
				summary: "A one-time ticket for the event stream",
				response: {
					201: z.object({
						ticket: z.string(),
						expires_in: z.int().meta({ description: "Seconds." }),
					}),
				},
			},
		},
		async (request, reply) => {
			const ticket = tickets.issue(callerOf(request));
			reply.code(201).header("cache-control", "no-store");
			return { ticket, expires_in: ticketSeconds };
		},
	);

	app.get(
		"/sse/events",
		{
			onRequest: requireCaller(engine, (_, request) =>
				listenerOf(engine, tickets, request),
			),
			schema: {
				summary: "What happens to incidents and actions, as it happens",
				description:
					"A text/event-stream. `Last-Event-ID`, or `since`, is the id of the last event that the caller has: what happened after it comes first. Where that is no longer known, `resync` says to load everything again.",
				credentials: ["bearer", "apiKey", "sessionCookie", "ticket"],
				querystring: z.object({
					since: z.string().optional(),
					ticket: z.string().optional(),
				}),
				response: {
					200: {
						description: "Events, until either side ends it.",
						content: { "text/event-stream": { schema: z.string() } },
					},
				},
			},
		},
		async (request, reply) => {
			streams.needRoom();
			const lastEventId =
				request.headers["last-event-id"] ?? request.query.since;
			reply.hijack();
			reply.headers({
				"content-type": "text/event-stream; charset=utf-8",
				"cache-control": "no-cache",
				"x-accel-buffering": "no",
			});
			reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
			// A peer that is gone without a word is found by the system's own probes.
			request.raw.socket.setKeepAlive(true, 30_000);
			streams.open(reply.raw, callerOf(request), {
				lastEventId:
					typeof lastEventId === "string" && lastEventId !== ""
						? lastEventId
						: null,
			});
		},
	);
}

/** By a ticket where one is sent, whatever else is; else by a header, or by a cookie. */
async function listenerOf(
	engine: ServedEngine,
	tickets: StreamTickets,
	request: FastifyRequest,
): Promise<Caller | null> {
	const { ticket } = request.query as { ticket?: unknown };
	if (ticket !== undefined) return ticketHolder(tickets, String(ticket));
	const { authorization, "x-api-key": key } = request.headers;
	return authorization === undefined && key === undefined
		? await callerByCookie(engine, request)
		: await callerByHeaders(engine, request);
}

function ticketHolder(tickets: StreamTickets, ticket: string): Caller {
	const caller = tickets.redeem(ticket);
	if (caller !== null) return caller;
	throw new EngineError(
		"UNAUTHENTICATED",
		"The ticket is unknown, was used, or is too old.",
	);
}
