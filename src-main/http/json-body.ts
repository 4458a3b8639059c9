import type { FastifyInstance } from "fastify";
import { EngineError } from "../engine/errors.ts";

/** Takes JSON alone; an empty body reads as none, for routes that need none. */
export function readJsonBodies(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	const parse = app.getDefaultJsonParser("error", "error");
	app.addContentTypeParser(
		"application/json",
		{ parseAs: "string" },
		(request, body, done) => {
			if (body === "") done(null, undefined);
			else void parse(request, String(body), done);
		},
	);
}

/** The body as an object, or throws INVALID. None reads as an empty one. */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
	if (body === undefined) return {};
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		throw new EngineError("INVALID", "The body must be a JSON object.");
	}
	return { ...body };
}
