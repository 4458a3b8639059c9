import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { OpenapiDocument } from "./document.ts";

const assets = ["swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"];

/** What the page may do: run and load this listener's own files, and call it. Swagger UI writes style attributes. */
const contentSecurityPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join("; ");

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tocsin APIs</title>
<link rel="stylesheet" href="/docs/static/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/static/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/static/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** `validatorUrl: null` keeps the document on this machine: Swagger UI would send it to a website to be checked. */
const start = (readOnly: boolean) => `SwaggerUIBundle({
	url: "/openapi.json",
	dom_id: "#swagger-ui",
	deepLinking: true,
	displayOperationId: false,
	docExpansion: "list",
	validatorUrl: null,${readOnly ? "\n\tsupportedSubmitMethods: []," : ""}
	presets: [SwaggerUIBundle.presets.apis],
	layout: "BaseLayout",
});
`;

/**
 * `/openapi.json` and the documentation page `/docs`, for anyone whom the guard lets in.
 * The page's files come from the package @fastify/swagger-ui; nothing is loaded from
 * elsewhere. The guard has checked the Host, so the document may name it as the server.
 * A page that is read only sends no requests: what it describes is on another listener.
 */
export async function documentationPages(
	app: FastifyInstance,
	{
		document,
		readOnly = false,
	}: { document: (origin: string) => OpenapiDocument; readOnly?: boolean },
): Promise<void> {
	app.get("/openapi.json", async (request, reply) => {
		reply.header("cache-control", "no-cache");
		return document(`http://${request.headers.host ?? ""}`);
	});
	const folder = swaggerUiFolder();
	app.get("/docs", async (_request, reply) => {
		if (folder === null) {
			return reply.code(503).send({
				detail:
					"The page's files are not installed: run npm ci. The document itself is at /openapi.json.",
			});
		}
		reply.header("content-security-policy", contentSecurityPolicy);
		return reply.type("text/html; charset=utf-8").send(page);
	});
	app.get("/docs/", async (_request, reply) => reply.redirect("/docs", 308));
	app.get("/docs/start.js", async (_request, reply) =>
		reply.type("text/javascript; charset=utf-8").send(start(readOnly)),
	);
	if (folder === null) return;
	await app.register(fastifyStatic, {
		root: folder,
		prefix: "/docs/static/",
		index: false,
		wildcard: true,
		allowedPath: (path) => assets.includes(path.replace(/^\//, "")),
		decorateReply: false,
		cacheControl: true,
		maxAge: "1h",
	});
}

/** Null where the package is missing: no reason for the listener not to start. */
function swaggerUiFolder(): string | null {
	try {
		const require = createRequire(import.meta.url);
		return join(dirname(require.resolve("@fastify/swagger-ui")), "static");
	} catch {
		return null;
	}
}
