/**
 * What the interface may load: its own files and nothing else. Scripts have no inline form
 * and no `eval`. Styles allow the inline form because the component kit writes its theme as
 * a style element; with images and fonts limited to the interface itself, a style has
 * nowhere to send anything.
 */
export const contentSecurityPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data: blob:",
	"font-src 'self' data:",
	"connect-src 'self'",
	"worker-src 'self'",
	"manifest-src 'self'",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-src 'none'",
	"frame-ancestors 'none'",
].join("; ");
