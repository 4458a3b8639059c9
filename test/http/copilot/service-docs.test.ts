// With `--service-docs` each of the four services that API B's document lists has a
// documentation page on a listener of its own, in the order of the document's ports: it
// describes that part alone, together they describe every operation once, all are answered at
// API B's own listener, which the description names, and the pages themselves send nothing.
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { openListeners } from "../open-listeners.ts";
import { documentedRoutes, documentedServices } from "./copilot-document.ts";

interface Document {
	readonly openapi: string;
	readonly info: { readonly title: string };
	readonly servers: readonly { readonly url: string }[];
	readonly tags: readonly { readonly name: string }[];
	readonly paths: Readonly<
		Record<string, Readonly<Record<string, { readonly tags: string[] }>>>
	>;
}

const open = () =>
	openListeners({ config: { serviceDocsPorts: [0, 0, 0, 0] } });

async function documentOf(page: string): Promise<Document> {
	const answer = await fetch(new URL("/openapi.json", page));
	expect(answer.status).toBe(200);
	return (await answer.json()) as Document;
}

function operationsOf({ paths }: Document): string[] {
	return Object.entries(paths).flatMap(([path, operations]) =>
		Object.keys(operations).map(
			(method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, ":")}`,
		),
	);
}

test("each page is the document's, and describes its part alone", async () => {
	const { serviceDocs, urls } = await open();
	expect(serviceDocs).toHaveLength(documentedServices.length);
	const documents = await Promise.all(serviceDocs.map(documentOf));
	expect(documents.map(({ info }) => info.title)).toEqual(
		documentedServices.map(({ name }) => `Tocsin: ${name}`),
	);
	for (const [index, document] of documents.entries()) {
		expect(document.servers).toMatchObject([{ url: urls.copilot }]);
		const names = document.tags.map(({ name }) => name);
		for (const operations of Object.values(document.paths)) {
			for (const { tags } of Object.values(operations)) {
				expect(tags.every((tag) => names.includes(tag))).toBe(true);
			}
		}
		expect(operationsOf(document).length).toBeGreaterThan(0);
		const { valid, errors } = await new Validator().validate(
			structuredClone(document) as never,
		);
		expect([index, valid, errors ?? []]).toEqual([index, true, []]);
	}
});

test("every operation of the listener is on one page, and those of the document on the page of their service", async () => {
	const { serviceDocs, urls } = await open();
	const [auth = [], incident = [], ai = [], integration = []] = (
		await Promise.all(serviceDocs.map(documentOf))
	).map(operationsOf);
	const whole = operationsOf(
		(await (await fetch(`${urls.copilot}/openapi.json`)).json()) as Document,
	);
	const described = [...auth, ...incident, ...ai, ...integration];
	const fromOthers = whole.filter((name) => !described.includes(name));
	// What other systems send their alerts to has a description of its own.
	expect(fromOthers.filter((name) => !/webhooks|\/v2\//.test(name))).toEqual(
		[],
	);
	expect(new Set(described).size).toBe(described.length);
	for (const { method, path } of documentedRoutes) {
		const name = `${method} /api/v1${path.replaceAll(/\{\w+\}/g, ":")}`;
		if (!whole.includes(name)) continue;
		const page = path.includes("/monitoring/")
			? integration
			: /hypotheses|workflow|metrics|analytics/.test(path)
				? ai
				: path.startsWith("/incidents")
					? incident
					: auth;
		expect([name, page.includes(name)]).toEqual([name, true]);
	}
});

test("a page is HTML of this machine alone, answers nothing else, and sends nothing", async () => {
	const { serviceDocs } = await open();
	for (const page of serviceDocs) {
		const answer = await fetch(page);
		expect(answer.status).toBe(200);
		expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
		expect(answer.headers.get("content-security-policy")).toContain(
			"default-src 'none'",
		);
		expect(await answer.text()).not.toMatch(/https?:/);
		const start = await fetch(new URL("/docs/start.js", page));
		expect(await start.text()).toContain("supportedSubmitMethods: []");
		const elsewhere = await fetch(new URL("/api/v1/incidents", page));
		expect([elsewhere.status, await elsewhere.json()]).toEqual([
			404,
			{ detail: "Not Found" },
		]);
		const foreign = await fetch(page, {
			headers: { origin: "http://elsewhere.example" },
		});
		expect(foreign.status).toBe(403);
	}
});

test("without the flag there are none", async () => {
	const { serviceDocs } = await openListeners();
	expect(serviceDocs).toEqual([]);
});
