// Whatever a page asks of `app://tocsin/`, the answer comes from inside the renderer's
// folder, says what it is, and carries the security headers.
import {
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
	answerAppRequest,
	appFileOf,
} from "../../src-main/desktop/security/app-files.ts";
import { mediaTypeOf } from "../../src-main/desktop/security/media-types.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-files-"));
const root = join(folder, "renderer");
mkdirSync(join(root, "assets"), { recursive: true });
writeFileSync(join(root, "index.html"), "<!doctype html>");
writeFileSync(join(root, "assets", "a b.js"), "export {};");
writeFileSync(join(folder, "secret.txt"), "secret");
mkdirSync(join(folder, "renderer-other"));
writeFileSync(join(folder, "renderer-other", "x.txt"), "secret");
symlinkSync(join(folder, "secret.txt"), join(root, "link.txt"));
afterAll(() => rmSync(folder, { recursive: true }));

function get(path: string, method = "GET"): Promise<Response> {
	return answerAppRequest(root, { url: `app://tocsin${path}`, method });
}

test("serves the page and its files with their media types", async () => {
	const page = await get("/");
	expect([page.status, await page.text()]).toEqual([200, "<!doctype html>"]);
	expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
	const script = await get("/assets/a%20b.js?v=1#x");
	expect([script.status, await script.text()]).toEqual([200, "export {};"]);
	expect(script.headers.get("content-type")).toBe(
		"text/javascript; charset=utf-8",
	);
});

test("HEAD has no body; other methods, other hosts and missing files are refused", async () => {
	const head = await get("/", "HEAD");
	expect([head.status, await head.text()]).toEqual([200, ""]);
	expect(head.headers.get("content-length")).toBe("15");
	expect((await get("/", "POST")).status).toBe(405);
	expect((await get("/absent.js")).status).toBe(404);
	expect((await get("/assets")).status).toBe(404);
	for (const url of ["app://other/", "app://tocsin.example/", "file:///x", "x"])
		expect((await answerAppRequest(root, { url, method: "GET" })).status).toBe(
			403,
		);
});

test("every answer carries the policy and nosniff", async () => {
	for (const path of ["/", "/absent.js", "/%2e%2e/secret.txt"]) {
		const { headers } = await get(path);
		expect(headers.get("content-security-policy")).toContain(
			"script-src 'self'",
		);
		expect(headers.get("x-content-type-options")).toBe("nosniff");
	}
});

test("no spelling of a path leaves the folder", async () => {
	for (const path of [
		"/../secret.txt",
		"/%2e%2e/secret.txt",
		"/..%2fsecret.txt",
		"/%2e%2e%2fsecret.txt",
		"/assets/..%2f..%2fsecret.txt",
		"/..%5csecret.txt",
		"/%252e%252e/secret.txt",
		"/..%2frenderer-other/x.txt",
		"/%00../secret.txt",
		"/index.html%00.png",
		"/C:/secret.txt",
		"/index.html::$DATA",
		"//example.com/secret.txt",
		"/%c0%ae%c0%ae/secret.txt",
		"/%",
		"/link.txt",
	]) {
		const answer = await get(path);
		expect([path, answer.status]).toEqual([path, 404]);
	}
});

test("law: a named file is always inside the root", () => {
	const piece = fc.oneof(
		fc.constantFrom("..", ".", "%2e", "%2f", "%5c", "\\", "/", ":", "%00", "a"),
		fc.string({ maxLength: 4 }),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
			const file = appFileOf(root, `/${pieces.join("")}`);
			return file === null || file.startsWith(root + sep);
		}),
		{ numRuns: 2_000 },
	);
});

test("an unknown kind of file is bytes", () => {
	expect(mediaTypeOf("x.exe")).toBe("application/octet-stream");
	expect(mediaTypeOf("X.SVG")).toBe("image/svg+xml");
});
