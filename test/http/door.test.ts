// The door of the listeners: a route enters by its line in the table of needs, a listener
// with a route without one does not start, and no handler gets more than the line grants.
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { EngineError } from "../../src-main/engine/errors.ts";
import type { Member } from "../../src-main/engine/identity/index.ts";
import { decorateCredentials } from "../../src-main/http/credentials.ts";
import {
	grantedMember,
	grantedProject,
	installDoor,
} from "../../src-main/http/door.ts";
import { RouteTable, useSchemas } from "../../src-main/http/openapi/index.ts";
import { contract } from "../../src-shared/contract/index.ts";
import { callNeeds } from "../../src-shared/domain/access/call-needs.ts";
import { firstPlace, testMember } from "../engine/test-member.ts";

const tenant = { key: 1, id: "tenant-1", name: "Zebra" };
const projectId = "00000000-0000-4000-8000-000000000001";

/** An app behind the door whose caller is `by`. */
function open(by: Member | null): FastifyInstance {
	const app = Fastify({ exposeHeadRoutes: false });
	onTestFinished(() => app.close());
	const table = new RouteTable(app, "copilot");
	app.decorate("routeTable", table);
	decorateCredentials(app);
	installDoor(app, table);
	app.setErrorHandler((error, _request, reply) =>
		reply.code(error instanceof EngineError ? error.status : 500).send(),
	);
	app.addHook("onRequest", async (request) => {
		request.principal = by;
	});
	return app;
}

const url = "/api/v1/projects/:project_id/monitoring/integrations";

async function statusOf(
	by: Member | null,
	method: "GET" | "POST",
	handler: (request: FastifyRequest) => unknown,
	project = projectId,
): Promise<number> {
	const app = open(by);
	useSchemas(app, {
		api: "copilot",
		tag: "",
		security: [],
		error: { mediaType: "", schema: z.unknown() },
	}).route({
		method,
		url,
		schema: { params: z.strictObject({ project_id: z.uuid() }) },
		handler: async (request) => {
			handler(request);
			return "";
		},
	});
	const answer = await app.inject({
		method,
		url: url.replace(":project_id", project),
	});
	return answer.statusCode;
}

function inPlace(role: "admin" | "viewer", isActive = true): Member {
	const place = { ...firstPlace, id: projectId, role, isActive };
	return testMember(tenant, "engineer", { places: [place] });
}

test("a listener with a route without a line does not start", async () => {
	const app = open(null);
	app.get("/api/v1/nowhere", async () => "");
	await expect(app.ready()).rejects.toThrow(
		"B GET /api/v1/nowhere has no line in route-needs.ts",
	);
});

test("every call of the contract has a line, and every line a call", () => {
	const names = (groups: object) =>
		Object.entries(groups)
			.flatMap(([group, calls]) =>
				Object.keys(calls).map((call) => `${group}.${call}`),
			)
			.sort();
	expect(names(callNeeds)).toEqual(names(contract));
});

describe("a route of a project", () => {
	test.each([
		["who has the role there", inPlace("admin"), 200],
		["who has too weak a one", inPlace("viewer"), 403],
		["a project that is switched off", inPlace("admin", false), 409],
		[
			"who is not in it",
			testMember(tenant, "owner", {
				places: [{ ...firstPlace, id: projectId, role: null }],
			}),
			403,
		],
		["a project of nobody's", testMember(tenant, "owner", { places: [] }), 404],
	])("lets in by the role in it: %s", async (_, by, status) => {
		const seen: string[] = [];
		const answer = await statusOf(by, "POST", (request) =>
			seen.push(grantedProject(request, "admin").projectId),
		);
		expect([answer, seen]).toEqual([status, status === 200 ? [projectId] : []]);
	});

	test("is read while it is switched off", async () => {
		const by = inPlace("viewer", false);
		expect(await statusOf(by, "GET", grantedProject)).toBe(200);
	});

	test("says first what is wrong with its path", async () => {
		expect(await statusOf(inPlace("viewer"), "POST", () => {}, "x")).toBe(422);
	});
});

test.each<[string, (request: FastifyRequest) => unknown]>([
	["a stronger role", (request) => grantedProject(request, "owner")],
	["a role in the tenant", (request) => grantedMember(request)],
])("no handler gets %s than its line grants", async (_, handler) => {
	const by = testMember(tenant, "owner", {
		places: [{ ...firstPlace, id: projectId, role: "owner" }],
	});
	expect(await statusOf(by, "POST", handler)).toBe(500);
});
