import type { FastifyInstance, FastifyRequest } from "fastify";

const sweepMillis = 5_000;
const sweepsAllowed = 6;

declare module "fastify" {
	interface FastifyContextConfig {
		/** The body may take as long as it needs: bulk ingest, uploads. */
		isLongBody?: boolean;
	}
}

/**
 * Ends requests whose body takes longer than 30 s. Node's own `requestTimeout` would end
 * bulk ingest and uploads too, so it is off, and this counts sweeps of 5 s instead of
 * setting a timer for every request.
 */
export function limitSlowBodies(app: FastifyInstance): void {
	const waiting = new Map<FastifyRequest, number>();
	let sweep = 0;
	app.addHook("preParsing", (request, _reply, payload, done) => {
		if (
			request.method !== "GET" &&
			request.routeOptions.config.isLongBody !== true
		) {
			waiting.set(request, sweep);
		}
		done(null, payload);
	});
	app.addHook("preValidation", (request, _reply, done) => {
		waiting.delete(request);
		done();
	});
	const timer = setInterval(() => {
		sweep++;
		for (const [request, since] of waiting) {
			const { raw } = request;
			if (raw.complete || raw.destroyed) waiting.delete(request);
			else if (sweep - since > sweepsAllowed) {
				waiting.delete(request);
				raw.socket.end(
					"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n",
				);
				raw.socket.destroySoon();
			}
		}
	}, sweepMillis);
	timer.unref();
	app.addHook("onClose", async () => clearInterval(timer));
}
