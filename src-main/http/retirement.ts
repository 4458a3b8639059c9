import type { FastifyInstance } from "fastify";
import { EngineError } from "../engine/errors.ts";
import type { Clock } from "../engine/ports.ts";

const noticeDays = 90;
const dayMillis = 86_400_000;

/** When a route or a whole version goes. Dates are RFC 3339, or `YYYY-MM-DD` for its first moment in UTC. */
export interface Retirement {
	/** Since when its answers say so; from this start on when absent. */
	readonly announced?: string;
	readonly sunset: string;
}

declare module "fastify" {
	interface FastifyContextConfig {
		/** Set on a route that will be gone. */
		retirement?: Retirement;
	}
}

/**
 * Adds `Deprecation: true` and `Sunset` (RFC 8594) to every answer of the routes that are
 * registered after it and retire: those that say so, and all of them when `version` does.
 * Throws INVALID, and so keeps the listener from starting, where the notice is shorter
 * than the 90 days that the API promises.
 */
export function announceRetirements(
	app: FastifyInstance,
	clock: Clock,
	version: Retirement | null,
): void {
	const sunsetHeaders = new Map<Retirement, string>();
	const learn = (retirement: Retirement) => {
		if (!sunsetHeaders.has(retirement)) {
			sunsetHeaders.set(retirement, sunsetOf(retirement, clock.now()));
		}
	};
	if (version !== null) learn(version);
	app.addHook("onRoute", (route) => {
		const retirement = route.config?.retirement ?? version;
		if (retirement === null) return;
		learn(retirement);
		route.config = { ...route.config, retirement };
		const documented = route.config.documentation ?? route.schema;
		if (documented !== undefined) documented.deprecated = true;
	});
	app.addHook("onRequest", (request, reply, done) => {
		const retirement = request.routeOptions.config.retirement ?? version;
		if (retirement !== null) {
			reply.header("deprecation", "true");
			reply.header("sunset", sunsetHeaders.get(retirement));
		}
		done();
	});
}

/** The Sunset header's HTTP date. */
function sunsetOf({ announced, sunset }: Retirement, now: number): string {
	const since = announced === undefined ? now : Date.parse(announced);
	const until = Date.parse(sunset);
	if (!(until - since >= noticeDays * dayMillis)) {
		throw new EngineError(
			"INVALID",
			`sunset: ${sunset} is not ${noticeDays} days after ${announced ?? "now"}`,
			{ field: "sunset" },
		);
	}
	return new Date(until).toUTCString();
}
