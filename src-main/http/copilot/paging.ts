import type { FastifyReply, FastifyRequest } from "fastify";
import { wholeNumberParameter } from "../openapi/index.ts";

/** The query parameters of every list. */
export const pageQuery = {
	skip: wholeNumberParameter({ min: 0, max: 1_000_000_000, default: 0 }),
	limit: wholeNumberParameter({ min: 1, max: 100, default: 10 }),
};

export interface Page {
	readonly skip: number;
	readonly limit: number;
}

/** For the document: lists are bare arrays, and what is not in them is in the headers. */
export const pageHeaders = {
	200: { "X-Total-Count": "How many there are in all." },
};

/** Says how many there are in all, and where the pages before and after are (RFC 8288). */
export function tellPage(
	request: FastifyRequest,
	reply: FastifyReply,
	{ skip, limit }: Page,
	total: number,
): void {
	reply.header("x-total-count", total);
	const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
	const links = [
		["first", 0],
		...(skip > 0 ? [["prev", Math.max(0, skip - limit)] as const] : []),
		...(skip + limit < total ? [["next", skip + limit] as const] : []),
		["last", last],
	] as const;
	const [path = "", query = ""] = request.url.split("?", 2);
	reply.header(
		"link",
		links
			.map(([name, at]) => {
				const parameters = new URLSearchParams(query);
				parameters.set("skip", String(at));
				parameters.set("limit", String(limit));
				return `<${path}?${parameters}>; rel="${name}"`;
			})
			.join(", "),
	);
}

/** A page of a list that is in memory. */
export function pageOf<Item>(
	items: readonly Item[],
	{ skip, limit }: Page,
): Item[] {
	return items.slice(skip, skip + limit);
}
