import type { FastifyInstance } from "fastify";
import { grantedMember } from "../door.ts";
import type { ServedEngine } from "../served-engine.ts";
import { requireSession } from "./session-cookie.ts";

/** `PUT /ui/uploads?name=...` with the file as the body: 201 `{uploadId, name, sizeBytes}`. Streamed to disk, whatever its size. */
export function uploadRoutes(
	app: FastifyInstance,
	{ identity, uploads }: ServedEngine,
): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser("*", (_request, payload, done) =>
		done(null, payload),
	);
	app.put<{ Querystring: { name?: string | string[] } }>(
		"/ui/uploads",
		{
			config: { isLongBody: true },
			// The registry counts; Fastify's own limit would refuse by Content-Length first.
			bodyLimit: Number.MAX_SAFE_INTEGER,
			onRequest: requireSession(identity),
		},
		async (request, reply) => {
			const { name } = request.query;
			const by = grantedMember(request, "engineer");
			const declared = request.headers["content-length"];
			// The rest of a refused body is not read.
			reply.header("connection", "close");
			const upload = await uploads.receive(
				request.raw,
				typeof name === "string" ? name : "",
				by,
				declared === undefined ? null : Number(declared),
			);
			reply.removeHeader("connection").code(201);
			return {
				uploadId: upload.uploadId,
				name: upload.name,
				sizeBytes: upload.sizeBytes,
			};
		},
	);
}
