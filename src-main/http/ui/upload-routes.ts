import type { FastifyInstance } from "fastify";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../../engine/errors.ts";
import type { ServedEngine } from "../served-engine.ts";
import { needSession } from "./session-cookie.ts";

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
			onRequest: async (request) => {
				request.principal = needSession(identity, request).principal;
			},
		},
		async (request, reply) => {
			const { name } = request.query;
			const { principal } = request;
			if (principal === null || !roleAtLeast(principal.role, "engineer")) {
				throw new EngineError("FORBIDDEN");
			}
			const declared = request.headers["content-length"];
			// The rest of a refused body is not read.
			reply.header("connection", "close");
			const upload = await uploads.receive(
				request.raw,
				typeof name === "string" ? name : "",
				principal,
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
