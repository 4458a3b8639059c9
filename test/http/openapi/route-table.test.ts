// The route table knows what the router knows: every route that is registered after it, with
// the API it belongs to, and the methods of a path as the router would match it.
import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import {
	RouteTable,
	useSchemas,
} from "../../../src-main/http/openapi/index.ts";
import { openListeners } from "../open-listeners.ts";

test("has every route with its API", async () => {
	const app = Fastify({ exposeHeadRoutes: false });
	onTestFinished(() => app.close());
	const table = new RouteTable(app, "ui");
	const done = async () => "";
	app.get("/plain", done);
	await app.register(
		async (plugin) => {
			const api = useSchemas(plugin, {
				api: "platform",
				tag: "",
				security: [],
				error: { mediaType: "", schema: z.unknown() },
			});
			await api.register(async (below) => {
				below.route({ method: ["PUT", "PATCH"], url: "/:id", handler: done });
			});
		},
		{ prefix: "/v" },
	);
	expect(table.rows).toEqual([
		{ method: "GET", url: "/plain", api: "ui" },
		{ method: "PUT", url: "/v/:id", api: "platform" },
		{ method: "PATCH", url: "/v/:id", api: "platform" },
	]);
});

test.each([
	["/a", ["GET", "POST"]],
	["/a/", ["PUT"]],
	["/a/b", ["GET", "PUT"]],
	["/a/c", ["PUT"]],
	["/a//d", ["DELETE"]],
	["/a/x/d", ["DELETE"]],
	["/s", []],
	["/s/x/y", ["GET"]],
	["/A", []],
	["", []],
])("the methods of %j are %j", async (path, methods) => {
	const app = Fastify({ exposeHeadRoutes: false });
	onTestFinished(() => app.close());
	const table = new RouteTable(app, "ui");
	const done = async () => "";
	for (const [method, url] of [
		["GET", "/a"],
		["POST", "/a"],
		["GET", "/a/b"],
		["PUT", "/a/:id"],
		["DELETE", "/a/:id/d"],
		["GET", "/s/*"],
	] as const) {
		app.route({ method, url, handler: done });
	}
	expect(table.methodsOf(path)).toEqual(methods);
	// The router says the same.
	await app.ready();
	for (const method of ["GET", "POST", "PUT", "DELETE"] as const) {
		const { statusCode } = await app.inject({ method, url: path || "/" });
		expect([method, statusCode]).toEqual([
			method,
			methods.includes(method) ? 200 : 404,
		]);
	}
});

test("tells of every listener", async () => {
	const { routes } = await openListeners();
	expect(routes).toEqual(
		expect.arrayContaining([
			{ method: "POST", url: "/api/v1/auth/token", api: "platform" },
			{
				method: "PUT",
				url: "/api/v1/models/:model_id/stage",
				api: "mlservice",
			},
			{ method: "GET", url: "/v1/models", api: "sentryml" },
			{ method: "POST", url: "/api/v1/auth/login", api: "copilot" },
			{ method: "PUT", url: "/ui/uploads", api: "ui" },
		]),
	);
});
