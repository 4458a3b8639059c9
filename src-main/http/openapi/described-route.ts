import { STATUS_CODES } from "node:http";
import type { SwaggerTransform } from "@fastify/swagger";
import type { FastifySchema, RouteOptions } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { ZodType, ZodUndefined } from "zod";
import {
	type RouteNeed,
	routeNeeds,
} from "../../../src-shared/domain/access/route-needs.ts";
import type {
	AnswerContent,
	ApiDescription,
	SecurityScheme,
} from "./api-description.ts";
import { routeName } from "./route-table.ts";

type OpenapiObject = Extract<
	Parameters<SwaggerTransform>[0],
	{ openapiObject: unknown }
>["openapiObject"];

type Converted = Record<string, unknown>;

/** A route's schemas as Swagger's plugin wants them: JSON Schema, with the API's own answers added. */
export function describedRoute(
	route: RouteOptions,
	openapiObject: OpenapiObject,
): FastifySchema {
	const { config } = route;
	const api = config?.description;
	const schema = config?.documentation ?? route.schema;
	if (api === undefined || schema === undefined) return { hide: true };
	const convert = (zod: ZodType, io: "input" | "output"): Converted =>
		toJsonSchema(zod, io, openapiObject);
	const inputs = (["params", "querystring", "headers"] as const).flatMap(
		(part) =>
			schema[part] instanceof ZodType
				? [[part, convert(schema[part], "input")] as const]
				: [],
	);
	const body = bodyOf(schema, convert);
	const credentials = schema.credentials ?? api.security;
	const [method = ""] = [route.method].flat();
	const line = routeNeeds[routeName({ api: api.api, method, url: route.url })];
	const description = [schema.description, needWords(line)]
		.filter((part) => part !== undefined)
		.join(" ");
	return {
		tags: [api.tag],
		operationId: schema.operationId ?? operationId(route),
		...(schema.summary === undefined ? {} : { summary: schema.summary }),
		...(description === "" ? {} : { description }),
		...(line === undefined ? {} : { "x-tocsin-needs": line }),
		...(schema.deprecated === undefined
			? {}
			: { deprecated: schema.deprecated }),
		security: credentials.map((name) => ({ [name]: [] })),
		...Object.fromEntries(inputs),
		...body,
		response: answersOf(schema, api, {
			credentials,
			hasInput: inputs.length > 0,
			hasBody: body.body !== undefined,
			convert,
		}),
	};
}

/** Who may, as a sentence; undefined where anybody may. */
function needWords(line: RouteNeed | undefined): string | undefined {
	const need = line?.need ?? null;
	if (need === null) return undefined;
	return `Needs the role ${need.role}${need.of === "project" ? " in the project" : ""}.`;
}

function bodyOf(
	schema: FastifySchema,
	convert: (zod: ZodType, io: "input" | "output") => Converted,
): { body?: Converted; "x-optional-body"?: true } {
	if (schema.bodies !== undefined) {
		const content = Object.entries(schema.bodies).map(([mediaType, zod]) => [
			mediaType,
			{ schema: convert(zod, "input") },
		]);
		return { body: { content: Object.fromEntries(content) } };
	}
	if (!(schema.body instanceof ZodType)) return {};
	return {
		body: convert(schema.body, "input"),
		...(schema.body.safeParse(undefined).success
			? { "x-optional-body": true }
			: {}),
	};
}

function answersOf(
	schema: FastifySchema,
	api: ApiDescription,
	route: {
		credentials: readonly SecurityScheme[];
		hasInput: boolean;
		hasBody: boolean;
		convert: (zod: ZodType, io: "input" | "output") => Converted;
	},
): Record<string, Converted> {
	const answers = new Map<number, Converted>();
	const statuses = [
		...(route.credentials.length > 0 ? [401] : []),
		...(route.hasBody ? [400, 413, 415] : []),
		...(route.hasBody || route.hasInput ? [422] : []),
		...(api.errors ?? []),
		...(schema.errors ?? []),
		500,
		503,
	];
	const refusal = route.convert(api.error.schema, "output");
	for (const status of statuses) {
		answers.set(status, {
			description: reason(status),
			content: { [api.error.mediaType]: { schema: refusal } },
		});
	}
	for (const [status, answer] of Object.entries(Object(schema.response))) {
		answers.set(Number(status), answerOf(status, answer, route.convert));
	}
	return Object.fromEntries(
		[...answers]
			.sort(([one], [other]) => one - other)
			.map(([status, answer]) => {
				const headers = {
					...api.headers,
					...(status === 401 ? { "WWW-Authenticate": "How to sign in." } : {}),
					...(status === 429 || status === 503
						? { "Retry-After": "Seconds to wait." }
						: {}),
					...schema.answerHeaders?.[status],
				};
				return [String(status), { ...answer, headers: headerSchemas(headers) }];
			}),
	);
}

function answerOf(
	status: string,
	answer: unknown,
	convert: (zod: ZodType, io: "input" | "output") => Converted,
): Converted {
	if (answer instanceof ZodUndefined) {
		return { type: "null", description: reason(status) };
	}
	if (answer instanceof ZodType) {
		return {
			description: answer.description ?? reason(status),
			content: { "application/json": { schema: convert(answer, "output") } },
		};
	}
	const { description, content } = answer as AnswerContent;
	const converted = Object.entries(content).map(([mediaType, { schema }]) => [
		mediaType,
		{ schema: convert(schema, "output") },
	]);
	return { description, content: Object.fromEntries(converted) };
}

function headerSchemas(headers: Readonly<Record<string, string>>): Converted {
	return Object.fromEntries(
		Object.entries(headers).map(([name, description]) => [
			name,
			{ type: "string", description },
		]),
	);
}

function toJsonSchema(
	zod: ZodType,
	io: "input" | "output",
	openapiObject: OpenapiObject,
): Converted {
	const { schema } = jsonSchemaTransform({
		schema: io === "input" ? { body: zod } : { response: { 200: zod } },
		url: "",
		route: { method: "GET", url: "" } as RouteOptions,
		openapiObject,
	} as never) as { schema: { body: Converted; response: Converted } };
	return io === "input" ? schema.body : (schema.response[200] as Converted);
}

/** `get /api/v1/models/:id` -> `get_api_v1_models_id`. */
function operationId({ method, url }: RouteOptions): string {
	return [method]
		.flat()
		.concat(url)
		.join("_")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "_");
}

function reason(status: number | string): string {
	return STATUS_CODES[status] ?? "Answer";
}
