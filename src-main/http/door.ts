import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import type { ZodType } from "zod";
import type { Need } from "../../src-shared/domain/access/need.ts";
import {
	type RouteNeed,
	routeNeeds,
} from "../../src-shared/domain/access/route-needs.ts";
import { must } from "../../src-shared/domain/must.ts";
import { type Role, roleAtLeast } from "../../src-shared/domain/roles.ts";
import {
	enter,
	type InProject,
	type Member,
} from "../engine/identity/index.ts";
import { principalOf, tokenHolderOf } from "./credentials.ts";
import { checked, type RouteTable, routeName } from "./openapi/index.ts";

/** What stands behind the door, and what was needed to get there. */
interface Entered {
	readonly need: Need;
	readonly who: Member | InProject;
}

declare module "fastify" {
	interface FastifyRequest {
		/** Set by the door, of routes that need somebody. */
		entered: Entered | null;
	}
}

/**
 * The door of a listener: every route that is registered after it enters by what its line in
 * the table of needs says, once its API's own hooks know who asks and before a body is read.
 * An app with a route without a line does not become ready.
 */
export function installDoor(app: FastifyInstance, table: RouteTable): void {
	const routes = new Map<RouteOptions, Map<string, RouteNeed>>();
	app.decorateRequest("entered", null);
	app.addHook("onRoute", (route) => {
		const lines = new Map<string, RouteNeed>();
		routes.set(route, lines);
		route.onRequest = [
			...[route.onRequest ?? []].flat(),
			(request, _reply, done) => {
				try {
					const { need } = must(lines.get(request.method), "the app is ready");
					if (need !== null) {
						request.entered = { need, who: enterRoute(request, route, need) };
					}
					done();
				} catch (error) {
					done(error as Error);
				}
			},
		];
	});
	app.addHook("onReady", async () => {
		for (const [route, lines] of routes) {
			for (const row of table.rowsOf(route)) {
				lines.set(row.method, lineOf(routeName(row)));
			}
		}
	});
}

/** @throws Error for a route that the table does not have. */
function lineOf(name: string): RouteNeed {
	const line = routeNeeds[name];
	if (line !== undefined) return line;
	throw new Error(`${name} has no line in route-needs.ts`);
}

function enterRoute(
	request: FastifyRequest,
	route: RouteOptions,
	need: Need,
): Member | InProject {
	const principal = principalOf(request);
	return need.of === "tenant"
		? enter(principal, need)
		: enter(principal, need, projectOf(request, route));
}

/** The project of the path, in which a fault comes first as everywhere, else that of the token. */
function projectOf(
	request: FastifyRequest,
	{ url, schema }: RouteOptions,
): string {
	if (!url.includes("/:project_id")) return tokenHolderOf(request).projectId;
	const params = schema?.params as ZodType<{ project_id: string }>;
	return checked(params, request.params).project_id;
}

/** Who asks, of a route that needs a role in the tenant. */
export function grantedMember(request: FastifyRequest): Member;
export function grantedMember<Least extends Role>(
	request: FastifyRequest,
	least: Least,
): Member<Least>;
export function grantedMember(
	request: FastifyRequest,
	least: Role = "viewer",
): Member {
	return granted(request, "tenant", least) as Member;
}

/** Who asks, of a route that needs a role in a project. */
export function grantedProject(request: FastifyRequest): InProject;
export function grantedProject<Least extends Role>(
	request: FastifyRequest,
	least: Least,
): InProject<Least>;
export function grantedProject(
	request: FastifyRequest,
	least: Role = "viewer",
): InProject {
	return granted(request, "project", least) as InProject;
}

/** @throws Error where the route's line grants less than its handler asks for: a fault of the program. */
function granted(
	request: FastifyRequest,
	of: Need["of"],
	least: Role,
): Member | InProject {
	const { entered, routeOptions } = request;
	if (
		entered === null ||
		entered.need.of !== of ||
		!roleAtLeast(entered.need.role, least)
	) {
		throw new Error(
			`${request.method} ${routeOptions.url} asks for ${least} of the ${of}, which its line in route-needs.ts does not grant`,
		);
	}
	return entered.who;
}
