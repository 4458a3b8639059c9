import type { FastifyInstance, FastifyReply } from "fastify";

/** What every answer says, of whatever API. */
export function setCommonHeaders(app: FastifyInstance): void {
	// Through Fastify and not on Node's response: headers set there make `writeHead` take its slow way.
	app.addHook("onRequest", (_request, reply, done) => {
		reply.header("x-content-type-options", "nosniff");
		reply.header("referrer-policy", "no-referrer");
		reply.header("cross-origin-resource-policy", "same-origin");
		done();
	});
}

/**
 * What a browser may do with the war room's pages: run and load our own files and talk to
 * this listener, nothing else. Styles may be inline because Mantine writes style elements.
 * `host` is the Host header, checked by the guard: not every browser counts a WebSocket
 * as `'self'`.
 */
export function setPageHeaders(reply: FastifyReply, host: string): void {
	reply.headers({
		"content-security-policy": [
			"default-src 'none'",
			"script-src 'self'",
			"style-src 'self' 'unsafe-inline'",
			"img-src 'self' data: blob:",
			"font-src 'self'",
			`connect-src 'self' ws://${host}`,
			"worker-src 'self'",
			"manifest-src 'self'",
			"base-uri 'none'",
			"form-action 'self'",
			"frame-ancestors 'none'",
		].join("; "),
		"cross-origin-opener-policy": "same-origin",
		"permissions-policy":
			"camera=(), microphone=(), geolocation=(), usb=(), payment=()",
		"x-frame-options": "DENY",
	});
}
