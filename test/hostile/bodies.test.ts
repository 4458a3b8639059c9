// Hundreds of generated bad bodies and requests: each is refused in API C's own words, none
// brings the engine down or changes a row, and a good request goes through right after.
import { expect, test, vi } from "vitest";
import {
	type OpenSentryml,
	openSentryml,
} from "../http/sentryml/open-sentryml.ts";
import { type BadCase, badBodies, badEnvelopes } from "./bad-json.ts";
import { contents } from "./unchanged.ts";

async function open() {
	const opened = await openSentryml();
	const json = { model_id: "known", score: 0.5, event_id: "known-event" };
	await opened.call("POST", "/v1/events/prediction", { json });
	// The model registry takes note of it a moment later.
	await vi.waitFor(async () => {
		const rows = contents(opened.folder)["command.db registered_models"];
		expect(rows).toMatch(/^1 rows/);
	});
	return opened;
}

/** What a case got, when that is not a clear refusal. */
async function unclear(
	{ call }: OpenSentryml,
	bad: BadCase,
): Promise<string | null> {
	const { status, body } = await call(bad.method, bad.path, {
		...(bad.body === undefined ? {} : { raw: bad.body }),
		...(bad.headers === undefined ? {} : { headers: bad.headers }),
	});
	const { detail, accepted, rejected } = Object(body);
	const isRefused =
		status >= 400 &&
		status < 500 &&
		typeof detail === "string" &&
		detail.length > 0;
	const isReported =
		bad.mayReport === true && status === 200 && accepted === 0 && rejected > 0;
	if (isRefused || isReported) return null;
	return `${bad.name}: ${status} ${JSON.stringify(body).slice(0, 200)}`;
}

test.each([
	["bodies", badBodies, 450],
	["envelopes", badEnvelopes, 90],
])(
	"bad %s",
	async (_, generate, atLeast) => {
		const opened = await open();
		const before = contents(opened.folder);
		const cases = generate();
		const wrong: string[] = [];
		for (const [index, bad] of cases.entries()) {
			const answer = await unclear(opened, bad);
			if (answer !== null) wrong.push(answer);
			if (index % 100 === 0) {
				expect((await opened.call("GET", "/v1/models")).status).toBe(200);
			}
		}
		console.info(`${cases.length} bad requests, ${wrong.length} not refused`);
		expect(wrong).toEqual([]);
		expect(cases.length).toBeGreaterThanOrEqual(atLeast);
		expect(contents(opened.folder)).toEqual(before);
		expect(opened.logged).toEqual([]);
		const json = { model_id: "known", score: 0.25 };
		expect(
			await opened.call("POST", "/v1/events/prediction", { json }),
		).toMatchObject({ status: 200, body: json });
	},
	120_000,
);
