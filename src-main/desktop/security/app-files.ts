import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { appHost, appScheme } from "./app-address.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { mediaTypeOf } from "./media-types.ts";

const securityHeaders = {
	"content-security-policy": contentSecurityPolicy,
	"x-content-type-options": "nosniff",
	"referrer-policy": "no-referrer",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"cache-control": "no-cache",
};

/**
 * The file under `root` that a request's path names, or null when it names none: the path is
 * percent-decoded once, and anything that could step outside (`..`, a backslash, a drive or
 * stream colon, NUL) is refused, not cleaned.
 *
 * | path | file |
 * |---|---|
 * | `/` | `index.html` |
 * | `/assets/a%20b.js` | `assets/a b.js` |
 * | `/%2e%2e/secret.txt`, `/a%5C..%5Cb.js`, `/C:/x.js` | null |
 */
export function appFileOf(root: string, path: string): string | null {
	let decoded: string;
	try {
		decoded = decodeURIComponent(path);
	} catch {
		return null;
	}
	if (decoded.includes("\u0000") || /[\\:]/.test(decoded)) return null;
	const parts = decoded.split("/").filter((part) => part !== "");
	if (parts.some((part) => part === "." || part === "..")) return null;
	return join(root, ...(parts.length === 0 ? ["index.html"] : parts));
}

/**
 * Answers one request of the interface from the files under `root`. Every answer, errors
 * too, carries the content security policy and `nosniff`. 403 for another host, 405 for
 * anything but GET and HEAD, 404 for a file that is not there or whose real path (through
 * a symbolic link) is outside `root`.
 */
export async function answerAppRequest(
	root: string,
	request: Pick<Request, "url" | "method">,
): Promise<Response> {
	const url = URL.parse(request.url);
	if (url?.protocol !== `${appScheme}:` || url.host !== appHost)
		return refusal(403, "Another host.");
	if (request.method !== "GET" && request.method !== "HEAD")
		return refusal(405, "Only GET and HEAD.");
	const file = appFileOf(root, url.pathname);
	if (file === null) return refusal(404, "No such file.");
	const body = await readInside(root, file);
	if (body === null) return refusal(404, "No such file.");
	return new Response(request.method === "HEAD" ? null : body, {
		headers: {
			...securityHeaders,
			"content-type": mediaTypeOf(file),
			"content-length": String(body.byteLength),
		},
	});
}

async function readInside(
	root: string,
	file: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
	try {
		const real = await realpath(file);
		if (!real.startsWith((await realpath(root)) + sep)) return null;
		return new Uint8Array(await readFile(real));
	} catch {
		return null;
	}
}

function refusal(status: number, message: string): Response {
	return new Response(message, {
		status,
		headers: {
			...securityHeaders,
			"content-type": "text/plain; charset=utf-8",
		},
	});
}
