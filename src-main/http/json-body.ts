import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { EngineError } from "../engine/errors.ts";

/** Takes JSON alone; an empty body reads as none, for routes that need none. */
export function readJsonBodies(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	const parse = app.getDefaultJsonParser("error", "error");
	app.addContentTypeParser<Buffer>(
		"application/json",
		{ parseAs: "buffer" },
		(request, body, done) => {
			if (body.length === 0) done(null, undefined);
			// Decoding alone would put U+FFFD in the place of what was sent.
			else if (!isUtf8(body)) done(new UndecodableBody());
			else void parse(request, body.toString("utf8"), done);
		},
	);
}

class UndecodableBody extends Error {
	readonly statusCode = 400;

	constructor() {
		super("The body is not UTF-8.");
		this.name = "UndecodableBody";
	}
}

/** The body as an object, or throws INVALID. None reads as an empty one. */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
	if (body === undefined) return {};
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		throw new EngineError("INVALID", "The body must be a JSON object.");
	}
	return { ...body };
}
