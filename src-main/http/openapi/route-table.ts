import type { FastifyInstance, RouteOptions } from "fastify";
import type { ApiName } from "./api-description.ts";

/** One route of a listener. `url` is the whole pattern, such as `/api/v1/incidents/:incident_id`. */
export interface RouteRow {
	readonly method: string;
	readonly url: string;
	readonly api: ApiName;
}

/** A route as the table of needs has it: the listener of API B has paths that API A has, too. */
export function routeName({ api, method, url }: RouteRow): string {
	return `${api === "copilot" ? "B " : ""}${method} ${url}`;
}

declare module "fastify" {
	interface FastifyInstance {
		/** The routes of the listener. */
		routeTable: RouteTable;
	}
}

/** Keeps every route that is registered on an app after it, for tests, documents and `Allow`. */
export class RouteTable {
	readonly #routes: RouteOptions[] = [];
	readonly #others: ApiName;

	/** `others` is the API of the routes that name none with `useSchemas`. */
	constructor(app: FastifyInstance, others: ApiName) {
		this.#others = others;
		app.addHook("onRoute", (route) => {
			this.#routes.push(route);
		});
	}

	get rows(): RouteRow[] {
		return this.#routes.flatMap((route) => this.rowsOf(route));
	}

	/** Those of one route, by method; once all of its plugin is registered. */
	rowsOf({ method, url, config }: RouteOptions): RouteRow[] {
		const api = config?.description?.api ?? this.#others;
		return [method].flat().map((each) => ({ method: each, url, api }));
	}

	/** The methods that a path is known with: what `Allow` says of it. Empty for an unknown path. */
	methodsOf(path: string): string[] {
		const methods = this.rows
			.filter(({ url }) => matches(url, path))
			.map(({ method }) => method);
		return [...new Set(methods)].sort();
	}
}

/** True where the router would take the path for the pattern. */
function matches(pattern: string, path: string): boolean {
	const wanted = pattern.split("/");
	const given = path.split("/");
	if (wanted.at(-1) === "*") {
		return (
			given.length >= wanted.length &&
			wanted.slice(0, -1).every((part, index) => part === given[index])
		);
	}
	return (
		wanted.length === given.length &&
		wanted.every(
			// To the router, nothing is a parameter too.
			(part, index) => part.startsWith(":") || part === given[index],
		)
	);
}
