// Requests made from the engine's own OpenAPI document, good ones and spoilt ones: whatever
// comes, no answer is a 5xx, every answer is one that the document describes, a refusal
// changes nothing that people wrote, and nothing unforeseen is logged. Each operation gets
// its share. TOCSIN_FUZZ_RUNS multiplies the number of requests.

import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { Sight } from "../../src-main/engine/identity/access/index.ts";
import {
	alice,
	openInterventions,
	type Person,
} from "../http/interventions/open-interventions.ts";
import { checkedFetch } from "../http/openapi/checked-fetch.ts";
import { nasties, plausible, type Schema, spoilt } from "./document-samples.ts";

const runsPerOperation = 40 * Number(process.env.TOCSIN_FUZZ_RUNS ?? 1);

interface Operation {
	readonly method: string;
	readonly path: string;
	readonly parameters: readonly {
		name: string;
		in: string;
		schema: Schema;
	}[];
	readonly body: Schema | null;
}

interface Document {
	readonly paths: Record<
		string,
		Record<
			string,
			{
				parameters?: Operation["parameters"];
				requestBody?: { content: Record<string, { schema: Schema }> };
			}
		>
	>;
	readonly components: { schemas: Record<string, Schema> };
}

/** Those that end the caller's own session, never end, or are no JSON. */
const leftOut = new Set([
	"POST /api/v1/auth/logout",
	"GET /api/sse/events",
	"POST /v1/events/bulk",
	"POST /v1/labels/bulk",
]);

test("every operation of the document, good and spoilt", async () => {
	const opened = await openInterventions();
	const person = await opened.signUp(alice);
	const known = await seed(opened, person);
	const document = (await (
		await fetch(`${opened.listeners.urls.api}/openapi.json`)
	).json()) as Document;
	const operations = operationsOf(document).filter(
		({ method, path }) => !leftOut.has(`${method} ${path}`),
	);
	expect(operations.length).toBeGreaterThan(24);
	const written = watchWrites(opened.folder);
	const tally = new Map<number, number>();
	const faults = new Map<string, string>();
	for (const operation of operations) {
		const name = `${operation.method} ${operation.path}`;
		await fc.assert(
			fc.asyncProperty(requestOf(document, operation, known), async (sent) => {
				const before = written();
				let response: Response;
				try {
					response = await checkedFetch(opened.listeners, sent.path, {
						method: operation.method,
						headers: { ...known.headers, ...sent.headers },
						body: sent.body,
					});
				} catch (error) {
					faults.set(name, `${sent.body} ${error}`.slice(0, 600));
					return;
				}
				const { status } = response;
				tally.set(status, (tally.get(status) ?? 0) + 1);
				if (status >= 500 && !isHonest(status)) {
					faults.set(
						name,
						`${sent.path} ${sent.body}: ${await response.text()}`,
					);
				}
				// A duplicate adds the attempt to the timeline of the incident that is there.
				if (status >= 400 && status !== 409 && !isSame(before, written())) {
					faults.set(name, `${sent.path} ${sent.body}: ${status} and a change`);
				}
			}),
			{ numRuns: runsPerOperation, seed: 20_260_117, endOnFailure: true },
		);
	}
	console.info(
		`${operations.length} operations, ${[...tally.values()].reduce((sum, count) => sum + count, 0)} requests: ${[
			...tally,
		]
			.sort(([one], [other]) => one - other)
			.map(([status, count]) => `${count} x ${status}`)
			.join(", ")}`,
	);
	expect([...faults]).toEqual([]);
	// A busy machine makes statements slow, and that is logged.
	expect(
		opened.logged.filter((line) => !line.startsWith("slow statement")),
	).toEqual([]);
}, 300_000);

/** A program or a server that a playbook needs is absent: an honest end, told as the document says. */
function isHonest(status: number): boolean {
	return status === 503 || status === 504;
}

interface Known {
	readonly headers: Record<string, string>;
	readonly ids: readonly string[];
	readonly numbers: readonly string[];
}

async function seed(
	opened: Awaited<ReturnType<typeof openInterventions>>,
	person: Person,
): Promise<Known> {
	const { engine } = opened;
	const numbers = opened.openIncidents(person.principal, 3);
	const ids = numbers.map(
		(number) =>
			engine.incidents.entryByNumber(
				Sight.ofTenant(person.principal.tenant.key),
				number,
			).id,
	);
	const { key } = engine.identity.apiKeys.create(
		person.principal.needs("engineer"),
		"fuzz",
	);
	return {
		headers: { ...person.authorized, "x-api-key": key },
		ids,
		numbers: numbers.map(String),
	};
}

function operationsOf(document: Document): Operation[] {
	return Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, described]) => ({
			method: method.toUpperCase(),
			path,
			parameters: described.parameters ?? [],
			body: described.requestBody?.content["application/json"]?.schema ?? null,
		})),
	);
}

function requestOf(
	document: Document,
	operation: Operation,
	known: Known,
): fc.Arbitrary<{
	path: string;
	headers: Record<string, string>;
	body: string | null;
}> {
	const resolve = (reference: string) =>
		document.components.schemas[reference.split("/").at(-1) ?? ""] ?? {};
	const segment = fc.oneof(
		{
			weight: 5,
			arbitrary: fc.constantFrom(
				...(operation.path.startsWith("/api/v1") ? known.ids : known.numbers),
			),
		},
		{
			weight: 1,
			arbitrary: fc
				.constantFrom(...nasties)
				.map((each) => asText(each).slice(0, 500))
				.filter((each) => each !== "" && each !== "." && each !== ".."),
		},
	);
	const queries = operation.parameters.filter((each) => each.in === "query");
	const query = fc.record(
		Object.fromEntries(
			queries.map(({ name, schema }) => [
				name,
				fc.oneof(plausible(schema, resolve), fc.constantFrom(...nasties)),
			]),
		),
		{ requiredKeys: [] },
	);
	const good =
		operation.body === null
			? fc.constant(undefined)
			: plausible(operation.body, resolve);
	const body = good.chain((value) =>
		value === undefined
			? fc.constant(value)
			: fc.oneof(fc.constant(value), spoilt(value)),
	);
	return fc
		.tuple(fc.array(segment, { minLength: 4, maxLength: 4 }), query, body)
		.map(([segments, asked, sent]) => {
			let next = 0;
			const path = operation.path.replace(/\{[^}]+\}/g, () =>
				encodeURIComponent(segments[next++] ?? ""),
			);
			const search = new URLSearchParams(
				Object.entries(asked).map(([name, value]): [string, string] => [
					name,
					// A longer address is refused before any route is found.
					asText(value).slice(0, 2_000),
				]),
			).toString();
			return {
				path: search === "" ? path : `${path}?${search}`,
				headers:
					sent === undefined
						? ({} as Record<string, string>)
						: { "content-type": "application/json" },
				body: sent === undefined ? null : JSON.stringify(sent),
			};
		});
}

function isSame(one: unknown[], other: unknown[]): boolean {
	return one.every((count, index) => count === other[index]);
}

function asText(value: unknown): string {
	const text = typeof value === "object" ? JSON.stringify(value) : `${value}`;
	return text.toWellFormed();
}

/** What people wrote, counted: it moves with every change of an incident, a playbook, a person or a key. */
function watchWrites(folder: string): () => unknown[] {
	const database = new Database(join(folder, "command.db"), { readonly: true });
	onTestFinished(() => {
		database.close();
	});
	const counts = [
		"incidents",
		"timeline_events",
		"feed",
		"users",
		"api_keys",
		"playbook_actions",
	].map((table) => database.prepare(`SELECT count(*) FROM "${table}"`).pluck());
	return () => counts.map((count) => count.get());
}
