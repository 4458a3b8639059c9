// What is to be retired says so in every answer, with the date, and no sooner than 90 days
// after it was announced: a shorter notice does not start.
import Fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import {
	collectRoutes,
	useSchemas,
} from "../../../src-main/http/openapi/index.ts";
import {
	announceRetirements,
	type Retirement,
} from "../../../src-main/http/retirement.ts";
import { testPorts } from "../../engine/test-ports.ts";

const now = Date.UTC(2026, 0, 1);
const { clock } = testPorts(now);

function open(version: Retirement | null, route?: Retirement) {
	const app = Fastify();
	onTestFinished(() => app.close());
	announceRetirements(app, clock, version);
	app.get("/plain", async () => "");
	app.get(
		"/route",
		route === undefined ? {} : { config: { retirement: route } },
		async () => "",
	);
	app.get("/broken", async () => {
		throw new Error("no");
	});
	const headersOf = async (url: string) => {
		const { headers } = await app.inject({ url });
		return [headers.deprecation, headers.sunset];
	};
	return { app, headersOf };
}

const none = [undefined, undefined];
const may = ["true", "Fri, 01 May 2026 00:00:00 GMT"];

describe("retirement", () => {
	test("of nothing is told nowhere", async () => {
		const { headersOf } = open(null);
		expect(await headersOf("/plain")).toEqual(none);
	});

	test("of a version is told in every answer of it", async () => {
		const { headersOf } = open({ sunset: "2026-05-01" });
		for (const url of ["/plain", "/route", "/broken", "/nowhere"]) {
			expect([url, await headersOf(url)]).toEqual([url, may]);
		}
	});

	test("of a route is told there alone, and goes before the version's", async () => {
		const one = open(null, { sunset: "2026-05-01" });
		expect(await one.headersOf("/route")).toEqual(may);
		expect(await one.headersOf("/plain")).toEqual(none);
		const both = open({ sunset: "2027-01-01" }, { sunset: "2026-05-01" });
		expect(await both.headersOf("/route")).toEqual(may);
		expect((await both.headersOf("/plain"))[1]).toMatch(/2027/);
	});

	test("is in the document", async () => {
		const app = Fastify();
		onTestFinished(() => app.close());
		const document = await collectRoutes(app);
		await app.register(async (plugin) => {
			announceRetirements(plugin, clock, { sunset: "2026-05-01" });
			const api = useSchemas(plugin, {
				api: "platform",
				tag: "Test",
				security: [],
				error: { mediaType: "application/json", schema: z.unknown() },
			});
			const schema = { response: { 200: z.string() } };
			api.get("/going", { schema }, async () => "");
		});
		await app.ready();
		expect(document("http://here")).toMatchObject({
			paths: { "/going": { get: { deprecated: true } } },
		});
	});

	test.each<[string, Retirement, boolean]>([
		["89 days ahead", { sunset: "2026-03-31" }, false],
		["90 days ahead", { sunset: "2026-04-01" }, true],
		["in the past", { sunset: "2025-01-01" }, false],
		["no date", { sunset: "soon" }, false],
		[
			"announced in time",
			{ announced: "2025-10-01", sunset: "2026-01-02" },
			true,
		],
		[
			"announced too late",
			{ announced: "2025-11-01", sunset: "2026-01-02" },
			false,
		],
		[
			"announced at no date",
			{ announced: "once", sunset: "2026-05-01" },
			false,
		],
	])("%s: %o starts: %s", (_, retirement, starts) => {
		const start = [() => open(retirement), () => open(null, retirement)];
		for (const each of start) {
			if (starts) each();
			else expect(each).toThrow(/^sunset: .* is not 90 days after /);
		}
	});
});
