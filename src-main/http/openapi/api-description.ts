import type { ZodType } from "zod";

/** The APIs of the listeners; also the names of their folders. */
export type ApiName =
	| "platform"
	| "copilot"
	| "sentryml"
	| "mlservice"
	| "interventions"
	| "ui";

/** The credentials of `securitySchemes`; each entry alone is enough. */
export type SecurityScheme =
	| "bearer"
	| "apiKey"
	| "accessCookie"
	| "refreshCookie"
	| "sessionCookie"
	| "ticket";

/** What all routes of one API have in common in the document. */
export interface ApiDescription {
	readonly api: ApiName;
	/** Heading of its operations on the documentation page. */
	readonly tag: string;
	/** Which credentials its routes take, unless a route says otherwise. */
	readonly security: readonly SecurityScheme[];
	/** The body of every refusal, and its media type. */
	readonly error: { readonly mediaType: string; readonly schema: ZodType };
	/** Statuses that every route may answer with, beside those that follow from what it takes in. */
	readonly errors?: readonly number[];
	/** Headers of every answer: name -> what it says. */
	readonly headers?: Readonly<Record<string, string>>;
}

/** One answer of several media types, or of none. */
export interface AnswerContent {
	readonly description: string;
	readonly content: Readonly<Record<string, { schema: ZodType }>>;
}

/** What a route of any API may say of itself in its `schema`, beside what fastify knows. */
declare module "fastify" {
	interface FastifySchema {
		/** Statuses of refusals that the route's own rules cause, such as 404 and 409. */
		errors?: readonly number[];
		/** Headers of an answer by status: name -> what it says. They are in every answer of that status. */
		answerHeaders?: Readonly<Record<number, Readonly<Record<string, string>>>>;
		/** The credentials of this route, where the API's own do not hold; `[]` for public ones. */
		credentials?: readonly SecurityScheme[];
		/** Body schemas by media type, where JSON is not the only one. For documentation alone. */
		bodies?: Readonly<Record<string, ZodType>>;
	}
	interface FastifyContextConfig {
		/** Set by `useSchemas`. */
		description?: ApiDescription;
		/** Describes a route whose handler does its own checks, without validating anything. */
		documentation?: import("fastify").FastifySchema;
	}
}
