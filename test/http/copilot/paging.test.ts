// The headers of a list name the pages that there are, and no other.
import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { pageOf, tellPage } from "../../../src-main/http/copilot/paging.ts";

async function told(skip: number, limit: number, total: number, path = "/l") {
	const app = Fastify();
	onTestFinished(() => app.close());
	app.get("/l", async (request, reply) => {
		tellPage(request, reply, { skip, limit }, total);
		return [];
	});
	const { headers } = await app.inject(path);
	const links = String(headers.link).matchAll(/<([^>]*)>; rel="(\w+)"/g);
	return {
		total: headers["x-total-count"],
		links: Object.fromEntries(
			[...links].map(([, address = "", name]) => [name, address]),
		),
	};
}

const at = (skip: number, limit: number) => `/l?skip=${skip}&limit=${limit}`;

test.each([
	["none", 0, 10, 0, { last: 0 }],
	["one page, exactly full", 0, 10, 10, { last: 0 }],
	["one more than a page", 0, 10, 11, { next: 10, last: 10 }],
	["the last of two, exactly full", 10, 10, 20, { prev: 0, last: 10 }],
	["the last, with one", 20, 10, 21, { prev: 10, last: 20 }],
	["one in the middle", 10, 10, 30, { prev: 0, next: 20, last: 20 }],
	["one that begins askew", 5, 10, 15, { prev: 0, last: 10 }],
	["one after the end", 40, 10, 20, { prev: 30, last: 10 }],
] as const)("%s", async (_, skip, limit, total, links) => {
	expect(await told(skip, limit, total)).toEqual({
		total: String(total),
		links: {
			first: at(0, limit),
			...Object.fromEntries(
				Object.entries(links).map(([name, page]) => [name, at(page, limit)]),
			),
		},
	});
});

test("what else was asked stays in the links", async () => {
	const { links } = await told(0, 2, 3, "/l?status=open&skip=9");
	expect(links).toMatchObject({ next: "/l?status=open&skip=2&limit=2" });
});

test("a page of a list in memory begins and ends where it says", () => {
	const items = [0, 1, 2, 3, 4];
	expect(pageOf(items, { skip: 1, limit: 2 })).toEqual([1, 2]);
	expect(pageOf(items, { skip: 4, limit: 2 })).toEqual([4]);
	expect(pageOf(items, { skip: 5, limit: 2 })).toEqual([]);
});
