// Every route of API C needs a live key, and a key reaches its own tenant's things only:
// what belongs to another does not exist.
import { describe, expect, test } from "vitest";
import { openSentryml, openTenants, rowCounts } from "./open-sentryml.ts";

interface Route {
	readonly method: string;
	readonly path: string;
	readonly json?: unknown;
}

/** Every route; those of a model and of a result by their ids. */
function routes(modelId: string, driftId: string): Route[] {
	const model = `/v1/models/${modelId}`;
	return [
		{
			method: "POST",
			path: "/v1/events/prediction",
			json: { model_id: modelId, score: 1 },
		},
		{
			method: "POST",
			path: "/v1/events/predictions",
			json: [{ model_id: modelId, score: 1 }],
		},
		{
			method: "POST",
			path: "/v1/events/labels",
			json: [{ event_id: "e", label: 1 }],
		},
		{ method: "GET", path: "/v1/models" },
		{ method: "GET", path: model },
		{ method: "GET", path: `${model}/drift` },
		{ method: "POST", path: `${model}/drift`, json: {} },
		{ method: "GET", path: `${model}/drift/${driftId}` },
		{ method: "GET", path: `${model}/monitor` },
		{ method: "PUT", path: `${model}/monitor`, json: { min_samples: 9 } },
		{ method: "GET", path: "/v1/incidents" },
	];
}

test("the table above names every route there is", async () => {
	const { listeners, key } = await openSentryml();
	// A route that exists never answers 404 to a made-up key; one that does not always does.
	for (const { method, path } of routes("m", "d")) {
		const { status } = await fetch(listeners.urls.api + path, { method });
		expect([method, path, status]).toEqual([method, path, 401]);
	}
	const { status } = await fetch(`${listeners.urls.api}/v1/nothing`, {
		headers: { "x-api-key": key },
	});
	expect(status).toBe(404);
});

describe("without a live key", () => {
	test("every route answers 401 and changes nothing", async () => {
		const opened = await openSentryml();
		const { call, key, engine } = opened;
		const spare = await engine.services.keys.create(
			engine.identity.localPrincipal(),
			{ name: "to be revoked" },
		);
		engine.identity.apiKeys.revoke(engine.identity.localPrincipal(), spare.id);
		const flipped = key.endsWith("0")
			? `${key.slice(0, -1)}1`
			: `${key.slice(0, -1)}0`;
		const keys: (string | null)[] = [
			null,
			"",
			"sk_live_",
			"sk_live_wrong",
			flipped,
			key.slice(0, -1),
			`${key}0`,
			key.toUpperCase(),
			`Bearer ${key}`,
			spare.key,
			"'; --",
			"x".repeat(5_000),
		];
		const before = rowCounts(opened);
		for (const { method, path, json } of routes("m", "d")) {
			for (const bad of keys) {
				const { status, body, headers } = await call(method, path, {
					json,
					key: bad,
				});
				expect([path, bad, status, body]).toEqual([
					path,
					bad,
					401,
					{ detail: expect.any(String) },
				]);
				expect(headers.get("www-authenticate")).not.toBeNull();
			}
		}
		expect(rowCounts(opened)).toEqual(before);
	});

	test("a key in another place does not count", async () => {
		const { call, key } = await openSentryml();
		const options = { key: null, headers: { authorization: `Bearer ${key}` } };
		expect((await call("GET", "/v1/models", options)).status).toBe(401);
		expect(
			(await call("GET", `/v1/models?api_key=${key}`, { key: null })).status,
		).toBe(401);
	});

	test("a revoked key is refused at once", async () => {
		const opened = await openSentryml();
		const { first } = await openTenants(opened);
		const read = () => opened.call("GET", "/v1/models", { key: first.key });
		expect((await read()).status).toBe(200);
		opened.engine.identity.apiKeys.revoke(
			first.principal.needs("engineer"),
			first.keyId,
		);
		expect((await read()).status).toBe(401);
	});
});

describe("two tenants", () => {
	test("the same names are two things, and foreign ones do not exist", async () => {
		const opened = await openSentryml();
		const { call, engine } = opened;
		const { first, second } = await openTenants(opened);
		const ingest = (key: string, fields: object) =>
			call("POST", "/v1/events/prediction", {
				json: { model_id: "shared", score: 0.5, event_id: "e", ...fields },
				key,
			});
		await ingest(first.key, { entity_id: "first's" });
		const assessed = await call("POST", "/v1/models/shared/drift", {
			key: first.key,
		});
		const { drift_id: driftId } = assessed.body as { drift_id: string };
		const { incident } = engine.incidents.reportSignal(first.tenant, {
			modelId: "shared",
			metric: "psi_score",
			value: 0.5,
			severity: 1,
			driftId,
			at: opened.ports.clock.now(),
			isHistory: false,
			title: "first's",
			text: "",
		});
		expect(incident).not.toBeNull();

		const foreign = async (method: string, path: string, json?: unknown) => {
			const answer = await call(method, path, { json, key: second.key });
			return [answer.status, answer.body];
		};
		expect(await foreign("GET", "/v1/models")).toEqual([200, []]);
		expect(await foreign("GET", "/v1/incidents?status=any")).toEqual([200, []]);
		for (const { method, path, json } of routes("shared", driftId)) {
			if (!path.startsWith("/v1/models/")) continue;
			const answer = await foreign(method, path, json);
			expect([method, path, answer[0]]).toEqual([method, path, 404]);
			expect(JSON.stringify(answer[1])).not.toContain("first's");
		}
		// The same event id is free in the other tenant, and its label stays there.
		expect((await ingest(second.key, { score: 0.9 })).body).toMatchObject({
			org_id: second.tenant.id,
			score: 0.9,
			entity_id: null,
		});
		expect(await foreign("GET", "/v1/models/shared/drift")).toEqual([200, []]);
		expect(await foreign("GET", `/v1/models/shared/drift/${driftId}`)).toEqual([
			404,
			{ detail: expect.any(String) },
		]);
		await foreign("PUT", "/v1/models/shared/monitor", { min_samples: 9 });
		await foreign("POST", "/v1/events/labels", [{ event_id: "e", label: 1 }]);
		const own = async (path: string) =>
			(await call("GET", path, { key: first.key })).body;
		expect(await own("/v1/models/shared/monitor")).toMatchObject({
			min_samples: 500,
		});
		expect(await own("/v1/models")).toMatchObject([{ event_count: 1 }]);
		expect(await own("/v1/incidents")).toMatchObject([
			{ org_id: first.tenant.id, model_id: "shared" },
		]);
		const labelled = engine.predictions.store.connection
			.prepare("SELECT tenant_id FROM labels")
			.pluck()
			.all();
		expect(labelled).toEqual([second.tenant.key]);
	});
});

test.each([
	["GET", "/v1"],
	["GET", "/v1/"],
	["GET", "/v1/nothing"],
	["DELETE", "/v1/models"],
	["POST", "/v1/models"],
	["GET", "/v1/events/prediction"],
	["PATCH", "/v1/models/m/monitor"],
	["DELETE", "/v1/incidents"],
])("%s %s is not there, said in the API's own format", async (method, path) => {
	const { call } = await openSentryml();
	const { status, body } = await call(method, path);
	expect([status, body]).toEqual([404, { detail: expect.any(String) }]);
});
