import { extname } from "node:path";

const mediaTypes: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".map": "application/json; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".webp": "image/webp",
	".ico": "image/x-icon",
	".woff": "font/woff",
	".woff2": "font/woff2",
	".wasm": "application/wasm",
	".webmanifest": "application/manifest+json",
};

/** The media type of a file by its extension; an unknown one is bytes, which `nosniff` keeps inert. */
export function mediaTypeOf(file: string): string {
	return mediaTypes[extname(file).toLowerCase()] ?? "application/octet-stream";
}
