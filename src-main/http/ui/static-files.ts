import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { setPageHeaders } from "../guard/page-headers.ts";

/** Serves the built war room, to every route that is registered after it. Its hashed assets never change; its page is asked for every time. */
export async function staticFiles(
	app: FastifyInstance,
	folder: string,
): Promise<void> {
	app.addHook("onRequest", async (request, reply) =>
		setPageHeaders(reply, request.headers.host ?? ""),
	);
	await app.register(fastifyStatic, {
		root: folder,
		index: false,
		dotfiles: "ignore",
		cacheControl: false,
		setHeaders: (response, path) => {
			response.header(
				"cache-control",
				/[\\/]assets[\\/]/.test(path)
					? "public, max-age=31536000, immutable"
					: "no-cache",
			);
		},
	});
}

/** True for a person opening an address of the war room, such as `/incident/42`: it is answered by the one page. */
export function isPageRequest(request: FastifyRequest): boolean {
	const path = request.url.split("?", 1)[0] ?? "";
	return (
		(request.method === "GET" || request.method === "HEAD") &&
		(request.headers.accept ?? "").includes("text/html") &&
		!/^\/(api|v1|ui|rpc|assets)(\/|$)/.test(path) &&
		!/\.[a-z0-9]+$/i.test(path)
	);
}

/** The war room's one page. */
export function sendPage(
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	setPageHeaders(reply, request.headers.host ?? "");
	return reply.sendFile("index.html");
}
