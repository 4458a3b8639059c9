import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const bundle = "redoc.standalone.js";

/** ReDoc writes style elements; it runs and loads this listener's own files alone. */
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

function page(title: string): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="redoc"></div>
<script src="/redoc/static/${bundle}"></script>
<script src="/redoc/start.js"></script>
</body>
</html>
`;
}

/** The search would need a worker made of text, which the page's policy does not allow. */
const start = `Redoc.init(
	"/openapi.json",
	{ disableSearch: true, nativeScrollbars: true, hideDownloadButton: true },
	document.getElementById("redoc"),
);
`;

/** `/redoc`: the document of `/openapi.json` to be read. Its script is the file in `resources/redoc`. */
export async function redocPage(
	app: FastifyInstance,
	{ title }: { title: string },
): Promise<void> {
	const folder = redocFolder();
	app.get("/redoc", async (_request, reply) => {
		if (folder === null) {
			return reply.code(503).send({
				detail:
					"The page's script is not installed. The document itself is at /openapi.json, and to be tried at /docs.",
			});
		}
		reply.header("content-security-policy", contentSecurityPolicy);
		return reply.type("text/html; charset=utf-8").send(page(title));
	});
	app.get("/redoc/", async (_request, reply) => reply.redirect("/redoc", 308));
	app.get("/redoc/start.js", async (_request, reply) =>
		reply.type("text/javascript; charset=utf-8").send(start),
	);
	if (folder === null) return;
	await app.register(fastifyStatic, {
		root: folder,
		prefix: "/redoc/static/",
		index: false,
		wildcard: true,
		allowedPath: (path) => path.replace(/^\//, "") === bundle,
		decorateReply: false,
		cacheControl: true,
		maxAge: "1h",
	});
}

/** `resources/redoc` of the checkout or of the package, seen from the source or from the built file; null where it is not there. */
function redocFolder(): string | null {
	const places = ["../../../resources", "../../resources"].map((path) =>
		join(import.meta.dirname, path, "redoc"),
	);
	return places.find((place) => existsSync(join(place, bundle))) ?? null;
}
