import { isDeepStrictEqual } from "node:util";
import fastifySwagger, { type SwaggerTransform } from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { describedRoute } from "./described-route.ts";

/** The document as JSON. */
export type OpenapiDocument = Readonly<Record<string, unknown>>;

const securitySchemes = {
	bearer: {
		type: "http",
		scheme: "bearer",
		bearerFormat: "JWT",
		description:
			"The access token of POST /api/v1/auth/token. API E takes an API key here too.",
	},
	apiKey: {
		type: "apiKey",
		in: "header",
		name: "X-API-Key",
		description:
			"A key of POST /api/v1/api-keys or of `tocsin key create`: sk_live_ and 49 characters.",
	},
	accessCookie: {
		type: "apiKey",
		in: "cookie",
		name: "access_token",
		description: "The same access token, as API B sets it.",
	},
	refreshCookie: { type: "apiKey", in: "cookie", name: "refresh_token" },
	sessionCookie: {
		type: "apiKey",
		in: "cookie",
		name: "tocsin_session",
		description: "The session of the war room in a browser.",
	},
	ticket: {
		type: "apiKey",
		in: "query",
		name: "ticket",
		description:
			"A one-time ticket, for programs that can send no header with a stream.",
	},
} as const;

const mainListener = {
	title: "Tocsin",
	description: `The APIs of Tocsin's main listener, over one set of data: an incident opened by any of them is the same incident in all.

Times in answers are RFC 3339 in UTC. Lists are paged. Bodies are JSON in UTF-8 up to 1 MiB; a field that is not known is refused.
Requests are answered on this machine's own addresses alone, and never to pages of other sites.`,
};

/**
 * Collects every route of the app that is registered after it. `document(origin)` is
 * written on the first call, when all routes are there; `origin` is where the caller
 * reaches this listener.
 */
export async function collectRoutes(
	app: FastifyInstance,
	about: { title: string; description: string } = mainListener,
): Promise<(origin: string) => OpenapiDocument> {
	await app.register(fastifySwagger, {
		openapi: {
			openapi: "3.1.0",
			info: {
				...about,
				version: "1.0.0",
				license: { name: "Apache-2.0", identifier: "Apache-2.0" },
			},
			components: { securitySchemes },
		},
		convertConstToEnum: false,
		hideUntagged: true,
		transform: (given) => ({
			schema: describedRoute(given.route, openapiOf(given)),
			url: given.url,
		}),
		transformObject: (document) =>
			finished(jsonSchemaTransformObject(document) as Document),
	});
	return (origin) => ({ ...app.swagger(), servers: [{ url: origin }] });
}

/** Swagger's plugin writes Swagger 2 too, and types its hooks for both. */
function openapiOf(given: Parameters<SwaggerTransform>[0]) {
	if ("openapiObject" in given) return given.openapiObject;
	throw new Error("The document is OpenAPI 3.1");
}

interface Operation {
	tags?: string[];
	requestBody?: { required: boolean };
	responses: Record<string, { headers?: Record<string, unknown> }>;
	"x-optional-body"?: boolean;
}

interface Document {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, unknown> };
	[key: string]: unknown;
}

/** Swagger's plugin takes every body for required, and names no tags; zod's gives every schema twice, for both ways. */
function finished(document: Document): never {
	const operations = Object.values(document.paths).flatMap((path) =>
		Object.values(path),
	);
	for (const operation of operations) {
		if (operation["x-optional-body"] === true && operation.requestBody) {
			operation.requestBody.required = false;
		}
		delete operation["x-optional-body"];
	}
	const tags = new Set(operations.flatMap(({ tags }) => tags ?? []));
	const { components, paths } = document;
	return {
		...document,
		components: {
			...components,
			headers: shareHeaders(operations),
			schemas: usedSchemas(paths, components.schemas),
		},
		tags: [...tags].map((name) => ({ name })),
	} as never;
}

/** Most answers have the same headers: each is written once, and named where it is. */
function shareHeaders(operations: readonly Operation[]) {
	const shared: Record<string, unknown> = {};
	for (const { responses } of operations) {
		for (const { headers = {} } of Object.values(responses)) {
			for (const [name, header] of Object.entries(headers)) {
				shared[name] ??= header;
				if (isDeepStrictEqual(shared[name], header)) {
					headers[name] = { $ref: `#/components/headers/${name}` };
				}
			}
		}
	}
	return shared;
}

/** Those that something names, however far from a path. */
function usedSchemas(
	from: unknown,
	schemas: Record<string, unknown>,
): Record<string, unknown> {
	const used = new Set<string>();
	const look = (at: unknown) => {
		for (const [, name] of JSON.stringify(at).matchAll(
			/"\$ref":"#\/components\/schemas\/([^"]+)"/g,
		)) {
			if (name === undefined || used.has(name)) continue;
			used.add(name);
			look(schemas[name]);
		}
	};
	look(from);
	return Object.fromEntries(
		Object.entries(schemas).filter(([name]) => used.has(name)),
	);
}
