import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { grantedProject } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import {
	alert,
	alertJson,
	alertQuery,
	connection,
	connectionTest,
	integration,
	integrationJson,
	integrationParams,
	integrationPatch,
	madeIntegration,
	newIntegration,
	testJson,
} from "./monitoring-schemas.ts";
import { pageHeaders, pageOf, pageQuery, tellPage } from "./paging.ts";
import { done, projectParams } from "./project-schemas.ts";

const list = "/projects/:project_id/monitoring/integrations";
const one = `${list}/:integration_id`;

/** API B, "Monitoring Integrations". What is allowed is told by the role in the project of the path. */
export function monitoringRoutes(app: SchemaApp, engine: ServedEngine): void {
	const { integrations, alerts } = engine.monitoring;

	app.get(
		list,
		{
			schema: {
				summary: "The monitoring systems of a project, oldest first",
				params: projectParams,
				querystring: z.strictObject(pageQuery),
				response: { 200: z.array(integration) },
				answerHeaders: pageHeaders,
				errors: [403, 404],
			},
		},
		async (request, reply) => {
			const all = integrations.list(grantedProject(request));
			tellPage(request, reply, request.query, all.length);
			return pageOf(all, request.query).map((each) =>
				integrationJson(each, originOf(request)),
			);
		},
	);

	app.post(
		list,
		{
			schema: {
				summary: "Add a monitoring system; for the project's admins",
				description:
					"What it proves itself with is kept sealed and never answered. The secret of its webhook is in this answer only.",
				params: projectParams,
				body: newIntegration,
				response: { 201: madeIntegration },
				errors: [403, 404, 409, 507],
			},
		},
		async (request, reply) => {
			const { webhookSecret, ...made } = await integrations.create(
				grantedProject(request, "admin"),
				inFull(request.body),
			);
			reply.code(201).header("cache-control", "no-store");
			return {
				...integrationJson(made, originOf(request)),
				webhook_secret: webhookSecret,
			};
		},
	);

	app.get(
		one,
		{
			schema: {
				summary: "One monitoring system",
				params: integrationParams,
				response: { 200: integration },
				errors: [403, 404],
			},
		},
		async (request) =>
			integrationJson(
				integrations.get(
					grantedProject(request),
					request.params.integration_id,
				),
				originOf(request),
			),
	);

	app.patch(
		one,
		{
			schema: {
				summary: "Change a monitoring system; for the project's admins",
				description:
					"What is absent stays; null takes a secret away. A `url` of another scheme, host or port takes away `password` and `api_key` unless the same request gives new ones: nothing that was entered for one system is sent to another. `last_error_message` then says what to enter again.",
				params: integrationParams,
				body: integrationPatch,
				response: { 200: integration },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedProject(request, "admin");
			const { is_enabled: isEnabled, ...body } = request.body;
			return integrationJson(
				await integrations.update(by, request.params.integration_id, {
					...shared(body),
					...(isEnabled === undefined ? {} : { isEnabled }),
				}),
				originOf(request),
			);
		},
	);

	app.delete(
		one,
		{
			schema: {
				summary: "Remove a monitoring system; for the project's admins",
				description: "Its alerts stay; its secrets are gone.",
				params: integrationParams,
				response: { 200: done },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			integrations.remove(
				grantedProject(request, "admin"),
				request.params.integration_id,
			);
			return { status: "success" as const, message: "Integration removed" };
		},
	);

	app.post(
		`${list}/test-connection`,
		{
			schema: {
				summary: "Ask a monitoring system, before it is added",
				params: projectParams,
				body: connection,
				response: { 200: connectionTest },
				errors: [403, 404, 409],
			},
		},
		async (request) => {
			const by = grantedProject(request, "engineer");
			const { integration_type: type, api_key: apiKey, ...at } = request.body;
			return testJson(
				await integrations.testConnection(by, { type, apiKey, ...at }),
			);
		},
	);

	app.post(
		`${one}/test`,
		{
			schema: {
				summary: "Ask a monitoring system, and keep how that went",
				params: integrationParams,
				response: { 200: connectionTest },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) =>
			testJson(
				await integrations.test(
					grantedProject(request, "engineer"),
					request.params.integration_id,
				),
			),
	);

	app.get(
		"/projects/:project_id/monitoring/alerts",
		{
			schema: {
				summary: "The alerts of a project, newest first",
				params: projectParams,
				querystring: alertQuery,
				response: { 200: z.array(alert) },
				answerHeaders: pageHeaders,
				errors: [403, 404],
			},
		},
		async (request, reply) => {
			const by = grantedProject(request);
			const { skip, limit, status } = request.query;
			const { items, total } = alerts.list(by, {
				skip,
				limit,
				...(status === undefined ? {} : { status }),
			});
			tellPage(request, reply, { skip, limit }, total);
			return items.map((item) => alertJson(alerts.get(by, item.id)));
		},
	);
}

/** Where the one who asks reaches this listener; the guard has checked the Host. */
function originOf(request: FastifyRequest): string {
	return `http://${request.headers.host ?? ""}`;
}

type Patch = Omit<z.output<typeof integrationPatch>, "is_enabled">;

/** The fields that are given, in the engine's words. */
function shared(body: Patch) {
	const { api_key, webhook_enabled, is_primary } = body;
	return {
		...(body.name === undefined ? {} : { name: body.name }),
		...(body.description === undefined
			? {}
			: { description: body.description }),
		...(body.url === undefined ? {} : { url: body.url }),
		...(body.username === undefined ? {} : { username: body.username }),
		...(body.password === undefined ? {} : { password: body.password }),
		...(body.config === undefined ? {} : { config: body.config }),
		...(api_key === undefined ? {} : { apiKey: api_key }),
		...(webhook_enabled === undefined
			? {}
			: { webhookEnabled: webhook_enabled }),
		...(is_primary === undefined ? {} : { isPrimary: is_primary }),
	};
}

/** All that a new one has. */
function inFull(body: z.output<typeof newIntegration>) {
	return {
		type: body.integration_type,
		name: body.name,
		description: body.description,
		url: body.url,
		username: body.username,
		password: body.password,
		apiKey: body.api_key,
		signingSecret: null,
		config: body.config,
		severities: {},
		webhookEnabled: body.webhook_enabled,
		isPrimary: body.is_primary,
	};
}
