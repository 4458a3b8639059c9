import type { FastifyInstance, FastifyRequest } from "fastify";

/** More than any sender puts into one notification; Alertmanager needs 22 KB for a hundred alerts. */
export const longestBody = 8 * 1024 * 1024;

/** Takes any body as it came, whatever it says to be: Amazon SNS calls its JSON plain text, and signatures are over the exact bytes. */
export function takeAnyBody(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser<Buffer>(
		"*",
		{ parseAs: "buffer" },
		(_request, body, done) => done(null, body),
	);
}

export function bytesOf(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
