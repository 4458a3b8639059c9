import { inProject, inTenant, type Need, ofProject } from "./need.ts";

/**
 * What a request proves who asks with: an access token, an API key, either of them
 * (`caller`), the cookie of the browser's war room, or nothing of a person or a program.
 */
export type RouteProof = "public" | "bearer" | "key" | "caller" | "session";

/** What a route needs; nobody is asked for where `need` is null. */
export interface RouteNeed {
	readonly by: RouteProof;
	readonly need: Need | null;
}

const anybody: RouteNeed = { by: "public", need: null };
const bearer = (need: Need): RouteNeed => ({ by: "bearer", need });
const key = (need: Need): RouteNeed => ({ by: "key", need });
const caller = (need: Need): RouteNeed => ({ by: "caller", need });
const session = (need: Need): RouteNeed => ({ by: "session", need });

const incident = "/api/v1/incidents/:incident_id";
const project = "/api/v1/projects/:project_id";
const integrations = `${project}/monitoring/integrations`;
const integration = `${integrations}/:integration_id`;
const actions = "/api/playbooks/incidents/:id/actions";

/** Pages of the documentation, which say nothing of anyone. */
const pages: Record<string, RouteNeed> = {
	"GET /openapi.json": anybody,
	"GET /docs": anybody,
	"GET /docs/": anybody,
	"GET /docs/start.js": anybody,
	"GET /docs/static/*": anybody,
	"HEAD /docs/static/*": anybody,
	"B GET /openapi.json": anybody,
	"B GET /docs": anybody,
	"B GET /docs/": anybody,
	"B GET /docs/start.js": anybody,
	"B GET /docs/static/*": anybody,
	"B HEAD /docs/static/*": anybody,
	"B GET /redoc": anybody,
	"B GET /redoc/": anybody,
	"B GET /redoc/start.js": anybody,
	"B GET /redoc/static/*": anybody,
	"B HEAD /redoc/static/*": anybody,
};

/** The war room in a browser. */
const warRoom: Record<string, RouteNeed> = {
	"GET /": anybody,
	"GET /*": anybody,
	"HEAD /*": anybody,
	"POST /ui/sign-in": anybody,
	"POST /ui/sign-out": anybody,
	"GET /ui/session": session(inTenant("viewer")),
	"PUT /ui/uploads": session(inTenant("engineer")),
};

const platform: Record<string, RouteNeed> = {
	"POST /api/v1/auth/token": anybody,
	// With the refresh token.
	"POST /api/v1/auth/refresh": anybody,
	"POST /api/v1/auth/logout": bearer(inTenant("viewer")),
	"GET /api/v1/api-keys": bearer(inTenant("viewer")),
	"POST /api/v1/api-keys": bearer(inTenant("engineer")),
	// One's own; those of others need an admin.
	"DELETE /api/v1/api-keys/:id": bearer(inTenant("engineer")),
	"GET /api/v1/incidents": bearer(inTenant("viewer")),
	"POST /api/v1/incidents": bearer(inTenant("engineer")),
	[`GET ${incident}`]: bearer(inTenant("viewer")),
	[`PATCH ${incident}`]: bearer(inTenant("engineer")),
	[`POST ${incident}/timeline`]: bearer(inTenant("engineer")),
	"GET /api/v1/models/:model_id/drift": bearer(inTenant("viewer")),
};

/** What names no project is of the one that the token is of. */
const copilot: Record<string, RouteNeed> = {
	"B POST /api/v1/auth/register": anybody,
	"B POST /api/v1/auth/login": anybody,
	"B POST /api/v1/auth/refresh": anybody,
	"B POST /api/v1/auth/logout": bearer(inTenant("viewer")),
	"B GET /api/v1/auth/me": bearer(inTenant("viewer")),
	"B POST /api/v1/auth/switch-project": bearer(inTenant("viewer")),
	"B GET /api/v1/auth/ws-token": bearer(inTenant("viewer")),
	"B GET /api/v1/projects": bearer(inTenant("viewer")),
	"B POST /api/v1/projects": bearer(inTenant("engineer")),
	[`B GET ${project}`]: bearer(ofProject("viewer")),
	[`B PATCH ${project}`]: bearer(ofProject("owner")),
	[`B DELETE ${project}`]: bearer(ofProject("owner")),
	[`B GET ${project}/members`]: bearer(ofProject("viewer")),
	[`B POST ${project}/members`]: bearer(ofProject("admin")),
	[`B PATCH ${project}/members/:user_id`]: bearer(ofProject("admin")),
	[`B DELETE ${project}/members/:user_id`]: bearer(ofProject("admin")),
	"B GET /api/v1/incidents": bearer(inProject("viewer")),
	"B POST /api/v1/incidents": bearer(inProject("engineer")),
	"B GET /api/v1/incidents-stats": bearer(inProject("viewer")),
	[`B GET ${incident}`]: bearer(inProject("viewer")),
	[`B PATCH ${incident}/state`]: bearer(inProject("engineer")),
	[`B PATCH ${incident}/severity`]: bearer(inProject("engineer")),
	[`B GET ${incident}/activities`]: bearer(inProject("viewer")),
	[`B POST ${incident}/comments`]: bearer(inProject("engineer")),
	[`B GET ${incident}/hypotheses`]: bearer(inProject("viewer")),
	[`B POST ${incident}/hypotheses/:hypothesis_id/feedback`]: bearer(
		inProject("engineer"),
	),
	[`B GET ${incident}/workflow`]: bearer(inProject("viewer")),
	[`B GET ${incident}/metrics`]: bearer(inProject("viewer")),
	"B GET /api/v1/analytics/incident-metrics/:incident_id": bearer(
		inProject("viewer"),
	),
	"B GET /api/v1/analytics/token-usage": bearer(inProject("viewer")),
	"B GET /api/v1/analytics/cost-summary": bearer(inProject("viewer")),
	[`B GET ${integrations}`]: bearer(inProject("viewer")),
	[`B POST ${integrations}`]: bearer(inProject("admin")),
	[`B POST ${integrations}/test-connection`]: bearer(inProject("engineer")),
	[`B GET ${integration}`]: bearer(inProject("viewer")),
	[`B PATCH ${integration}`]: bearer(inProject("admin")),
	[`B DELETE ${integration}`]: bearer(inProject("admin")),
	[`B POST ${integration}/test`]: bearer(inProject("engineer")),
	[`B GET ${project}/monitoring/alerts`]: bearer(inProject("viewer")),
};

/** With the secret of an integration. */
const intake: Record<string, RouteNeed> = {
	"B POST /api/v1/webhooks/:type/:integration_id": anybody,
	"B PUT /api/v1/webhooks/:type/:integration_id": anybody,
	"B POST /v2/enqueue": anybody,
	"B POST /v2/change/enqueue": anybody,
};

const sentryml: Record<string, RouteNeed> = {
	"POST /v1/events/prediction": key(inTenant("engineer")),
	"POST /v1/events/predictions": key(inTenant("engineer")),
	"POST /v1/events/labels": key(inTenant("engineer")),
	"GET /v1/models": key(inTenant("viewer")),
	"GET /v1/models/:model_id": key(inTenant("viewer")),
	"GET /v1/models/:model_id/drift": key(inTenant("viewer")),
	"POST /v1/models/:model_id/drift": key(inTenant("engineer")),
	"GET /v1/models/:model_id/drift/:drift_id": key(inTenant("viewer")),
	"GET /v1/models/:model_id/monitor": key(inTenant("viewer")),
	"PUT /v1/models/:model_id/monitor": key(inTenant("engineer")),
	"GET /v1/incidents": key(inTenant("viewer")),
};

const mlservice: Record<string, RouteNeed> = {
	"POST /api/v1/models": bearer(inTenant("engineer")),
	"GET /api/v1/models": bearer(inTenant("viewer")),
	"GET /api/v1/models/:model_id": bearer(inTenant("viewer")),
	"PUT /api/v1/models/:model_id/stage": bearer(inTenant("engineer")),
};

const interventions: Record<string, RouteNeed> = {
	"POST /api/sse/tickets": caller(inTenant("viewer")),
	"GET /api/sse/events": caller(inTenant("viewer")),
	"GET /api/incidents": caller(inTenant("viewer")),
	"POST /api/incidents": caller(inTenant("engineer")),
	"GET /api/incidents/:id": caller(inTenant("viewer")),
	"PATCH /api/incidents/:id": caller(inTenant("engineer")),
	"POST /api/incidents/:id/acknowledge": caller(inTenant("engineer")),
	"POST /api/incidents/:id/mitigate": caller(inTenant("engineer")),
	"POST /api/incidents/:id/resolve": caller(inTenant("engineer")),
	"POST /api/incidents/:id/close": caller(inTenant("engineer")),
	"POST /api/incidents/:id/assign": caller(inTenant("engineer")),
	[`GET ${actions}`]: caller(inTenant("viewer")),
	[`POST ${actions}/dry-run`]: caller(inTenant("engineer")),
	[`POST ${actions}/execute`]: caller(inTenant("engineer")),
	[`GET ${actions}/history`]: caller(inTenant("viewer")),
	[`GET ${actions}/:action_id`]: caller(inTenant("viewer")),
	[`GET ${actions}/:action_id/output`]: caller(inTenant("viewer")),
	[`POST ${actions}/:action_id/approve`]: caller(inTenant("admin")),
	[`POST ${actions}/:action_id/cancel`]: caller(inTenant("engineer")),
	[`POST ${actions}/:action_id/rollback`]: caller(inTenant("engineer")),
};

/**
 * What every route of every listener needs, by its method and pattern; those of API B begin
 * with a "B", for API A has some of the same. The door of the listeners asks for it,
 * `/openapi.json` says it, and the tests try each line with every role. A need of a project
 * is of the one in the path, or of the one that the access token is of.
 */
export const routeNeeds: Readonly<Record<string, RouteNeed>> = {
	...pages,
	...warRoom,
	...platform,
	...copilot,
	...intake,
	...sentryml,
	...mlservice,
	...interventions,
};
