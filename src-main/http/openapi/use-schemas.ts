import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { ZodType } from "zod";
import type { ApiDescription } from "./api-description.ts";
import { checked, compileValidator } from "./validation.ts";

/** An app whose handlers are typed by their routes' schemas. */
export type SchemaApp = ReturnType<typeof useSchemas>;

/**
 * Makes the routes that are registered after it on this app, and on those below it, check
 * what comes in with their zod schemas: `params`, `querystring`, `headers` and `body`. What
 * does not fit is thrown as INVALID with `data.errors`, and the API's own error handler
 * writes it. The same schemas, and `response`, describe the routes in `/openapi.json`.
 * What goes out is not checked here: an answer that is not as described is still an answer.
 */
export function useSchemas(app: FastifyInstance, description: ApiDescription) {
	describeRoutes(app, description);
	app.setValidatorCompiler(compileValidator);
	// The validator is given null where nothing was sent; a null that was sent is seen here alone.
	app.addHook("preValidation", async ({ body, routeOptions }) => {
		const schema: unknown = routeOptions.schema?.body;
		if (body === null && schema instanceof ZodType) checked(schema, body);
	});
	app.setSerializerCompiler(() => JSON.stringify);
	return app.withTypeProvider<ZodTypeProvider>();
}

/**
 * Describes the routes that are registered after it without checking anything: they say
 * what they take and answer in `config.documentation`, in place of `schema`.
 */
export function describeRoutes(
	app: FastifyInstance,
	description: ApiDescription,
): void {
	app.addHook("onRoute", (route) => {
		route.config = { ...route.config, description };
	});
}
