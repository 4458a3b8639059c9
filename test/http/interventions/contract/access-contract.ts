import { describe, expect, test } from "vitest";
import { documentedLimits, refusalExample } from "../interventions-document.ts";
import { addPerson, call } from "../open-interventions.ts";
import { type Operation, operations, perform, record } from "./operations.ts";
import {
	newIncident,
	opened,
	openForContract,
	type SharedInterventions,
	stateOf,
} from "./shared-interventions.ts";

const all = (Object.keys(operations) as Operation[]).filter(
	(operation) => operation !== "stream",
);
const numbered = all.filter((operation) =>
	operations[operation].includes("{id}"),
);
const writes = all.filter(
	(operation) => !operations[operation].startsWith("GET"),
);

/** A request that would do something, were it allowed. */
function valid(operation: Operation, id: number) {
	const bodies: Partial<Record<Operation, unknown>> = {
		create: newIncident(),
		patch: { summary: "Changed" },
		acknowledge: { notes: "x" },
		mitigate: {},
		resolve: {},
		close: {},
		assign: { assigned_to: "on-call" },
		dryRun: { action_type: "add_word", params: { word: "a" } },
		execute: { action_type: "add_word", params: { word: "a" } },
		rollback: {},
	};
	const json = bodies[operation];
	return { id, actionId: 1, ...(json === undefined ? {} : { json }) };
}

/** Who may do what, how often, and what is no request at all. */
export function accessContract(shared: () => SharedInterventions): void {
	const asOwner = () => shared().owner.authorized;

	describe("access", () => {
		test.each([...all, "stream" as const])(
			"%s needs a credential",
			async (operation) => {
				const id = await opened(shared());
				const before = stateOf(shared(), id);
				for (const headers of [
					{},
					{ authorization: "Bearer x.y.z" },
					{ authorization: "Basic YTpi" },
					{ authorization: "Bearer" },
					{ authorization: "Bearer sk_live_wrong" },
					{ "x-api-key": "sk_live_wrong" },
				] as Record<string, string>[]) {
					const answer = await perform(shared().opened, operation, {
						...valid(operation, id),
						headers,
					});
					expect([headers, answer.status]).toEqual([headers, 401]);
					expect(answer.headers.get("www-authenticate")).toBe("Bearer");
					expect(answer.body).toMatchObject({
						error: { code: "unauthorized" },
					});
				}
				if (operation !== "stream") {
					const cookie = `access_token=${shared().owner.token}`;
					const answer = await perform(shared().opened, operation, {
						...valid(operation, id),
						headers: { cookie },
					});
					expect(answer.status).toBe(401);
				}
				expect(stateOf(shared(), id)).toEqual(before);
			},
		);

		test("by the token of API A or B, or an API key in either header", async () => {
			const { engine, listeners } = shared().opened;
			const { principal } = shared().owner;
			const { key } = engine.identity.apiKeys.create(
				principal.needs("engineer"),
				"watcher",
			);
			const credentials = {
				email: "alice@example.com",
				password: "securepassword123",
			};
			const [a, b] = [
				await call("POST", `${listeners.urls.api}/api/v1/auth/token`, {
					json: { username: credentials.email, password: credentials.password },
				}),
				await call("POST", `${listeners.urls.copilot}/api/v1/auth/login`, {
					json: credentials,
				}),
			].map(({ body }) => (body as { access_token: string }).access_token);
			for (const headers of [
				{ authorization: `Bearer ${a}` },
				{ authorization: `Bearer ${b}` },
				{ authorization: `Bearer ${key}` },
				{ "x-api-key": key },
			] as Record<string, string>[]) {
				const made = await perform(shared().opened, "create", {
					json: newIncident(),
					headers,
				});
				expect(made.status).toBe(201);
			}
		});

		test("a viewer may only read", async () => {
			const { principal } = shared().owner;
			const viewer = await addPerson(
				shared().opened,
				principal,
				"vic",
				"viewer",
			);
			const id = await opened(shared());
			const before = stateOf(shared(), id);
			for (const operation of all) {
				const answer = await perform(shared().opened, operation, {
					...valid(operation, id),
					headers: viewer.authorized,
				});
				expect([operation, answer.status]).toEqual([
					operation,
					writes.includes(operation) ? 403 : 200,
				]);
			}
			expect(stateOf(shared(), id)).toEqual(before);
		});

		test.each(numbered)(
			"to %s, another tenant's incident is as one that never was",
			async (operation) => {
				const id = await opened(shared());
				const before = stateOf(shared(), id);
				const bodies = [];
				for (const number of [id, 999_999_999]) {
					const answer = await perform(shared().opened, operation, {
						...valid(operation, number),
						headers: shared().stranger.authorized,
					});
					expect([number, answer.status]).toEqual([number, 404]);
					bodies.push(
						JSON.stringify(answer.body).replaceAll(String(number), "N"),
					);
				}
				expect(bodies[0]).toBe(bodies[1]);
				expect(stateOf(shared(), id)).toEqual(before);
			},
		);

		test.each(numbered)("%s takes whole numbers alone", async (operation) => {
			for (const id of [
				"abc",
				"0",
				"-1",
				"1.5",
				"1e3",
				"9".repeat(16),
				"%20",
			]) {
				const answer = await perform(shared().opened, operation, {
					...valid(operation, 1),
					id: id as never,
					headers: asOwner(),
				});
				expect([id, answer.status]).toEqual([id, 422]);
			}
		});
	});

	describe("bodies", () => {
		test.each(writes)(
			"%s takes JSON of a megabyte at most",
			async (operation) => {
				const id = await opened(shared());
				const before = stateOf(shared(), id);
				const rows: [string, Record<string, string>, number][] = [
					["{", {}, 400],
					['{"a":1,}', {}, 400],
					["nothing", {}, 400],
					['{"__proto__":{"a":1}}', {}, 400],
					["[]", {}, 422],
					['"text"', {}, 422],
					["{}", { "content-type": "text/plain" }, 415],
					["a=1", { "content-type": "application/x-www-form-urlencoded" }, 415],
					["{}", { "content-encoding": "gzip" }, 415],
					[`{"notes":"${"x".repeat(1_100_000)}"}`, {}, 413],
				];
				for (const [text, headers, status] of rows) {
					const answer = await perform(shared().opened, operation, {
						...valid(operation, id),
						json: undefined,
						text,
						headers: { ...asOwner(), ...headers },
					});
					const what = text.slice(0, 30);
					expect([what, headers, answer.status]).toEqual([
						what,
						headers,
						status,
					]);
				}
				expect(stateOf(shared(), id)).toEqual(before);
			},
		);

		test("a refusal has the document's shape", async () => {
			const answer = await perform(shared().opened, "one", {
				id: 999_999_999,
				headers: asOwner(),
			});
			const { error } = refusalExample as {
				error: { code: string; details: object };
			};
			expect(answer.body).toEqual({
				error: {
					code: error.code,
					message: expect.stringContaining("incident"),
					details: error.details,
				},
			});
		});

		test("an unknown route is 404, a known one with another method 405 and its methods", async () => {
			const base = shared().opened.base;
			for (const path of ["/nothing", "/incidents/1/reopen", "/", "/sse"]) {
				const { status, body } = await call("GET", `${base}${path}`);
				expect([path, status, body]).toMatchObject([
					path,
					404,
					{ error: { code: "not_found" } },
				]);
			}
			for (const [method, path, allow] of [
				["DELETE", "/incidents", "GET, POST"],
				["PUT", "/incidents/1", "GET, PATCH"],
				["GET", "/incidents/1/acknowledge", "POST"],
				["POST", "/sse/events", "GET"],
			] as const) {
				const { status, body, headers } = await call(method, `${base}${path}`);
				expect([status, body]).toMatchObject([
					405,
					{ error: { code: "method_not_allowed" } },
				]);
				expect(headers.get("allow")).toBe(allow);
				expect(headers.get("x-ratelimit-limit")).not.toBeNull();
			}
		});
	});

	describe("limits", () => {
		test("every request of an address counts, known or not, signed in or not", async () => {
			const limited = await openForContract(0.03);
			const { base, listeners, ports } = limited.opened;
			const most = documentedLimits.address * 0.03;
			const headers = limited.owner.authorized;
			const rows: (() => ReturnType<typeof call>)[] = [
				() => call("GET", `${base}/incidents`, { headers }),
				() => call("GET", `${base}/incidents`),
				() => call("GET", `${base}/nothing`),
				() => call("PUT", `${base}/incidents`, { headers }),
			];
			for (let count = 1; count <= most; count++) {
				const answer = await rows[count % rows.length]?.();
				expect([
					answer?.headers.get("x-ratelimit-limit"),
					answer?.headers.get("x-ratelimit-remaining"),
				]).toEqual([String(most), String(most - count)]);
				const reset = Number(answer?.headers.get("x-ratelimit-reset"));
				expect(reset - ports.clock.now() / 1_000).toBeGreaterThan(3_500);
				expect(reset - ports.clock.now() / 1_000).toBeLessThanOrEqual(3_601);
			}
			for (const operation of Object.keys(operations) as Operation[]) {
				const answer = await perform({ listeners }, operation, {
					...valid(operation, 1),
					headers,
				});
				expect([operation, answer.status]).toEqual([operation, 429]);
				expect(answer.body).toMatchObject({ error: { code: "rate_limited" } });
				const wait = Number(answer.headers.get("retry-after"));
				expect(wait).toBeGreaterThan(3_500);
				expect(wait).toBeLessThanOrEqual(3_600);
				expect(answer.headers.get("x-ratelimit-remaining")).toBe("0");
			}
		});

		test.each([
			["dryRun", documentedLimits.dryRuns],
			["execute", documentedLimits.executions],
		] as const)("%s: %i an hour and incident", async (operation, most) => {
			const limited = await openForContract(1);
			const { base, engine, ports } = limited.opened;
			engine.playbooks.setLimitScale(1);
			const headers = limited.owner.authorized;
			const [id, other] = [await opened(limited), await opened(limited)];
			const path = operation === "dryRun" ? "dry-run" : "execute";
			const run = async (number: number) => {
				const answer = await call(
					"POST",
					`${base}/playbooks/incidents/${number}/actions/${path}`,
					{ json: { action_type: "add_word", params: { word: "a" } }, headers },
				);
				record(operation, answer);
				return answer;
			};
			for (let count = 0; count < most; count++) {
				expect((await run(id)).status).toBe(200);
			}
			const refused = await run(id);
			expect(refused.status).toBe(429);
			expect(refused.headers.get("x-ratelimit-limit")).toBe(String(most));
			expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
			const wait = Number(refused.headers.get("retry-after"));
			expect(wait).toBeGreaterThan(3_500);
			expect(wait).toBeLessThanOrEqual(3_600);
			expect(refused.headers.get("x-ratelimit-reset")).toBe(
				String(Math.ceil(ports.clock.now() / 1_000) + wait),
			);
			expect((await run(other)).status).toBe(200);
			ports.clock.set(ports.clock.now() + wait * 1_000);
			const again = await engine.identity.login(
				"alice@example.com",
				"securepassword123",
				3_600,
			);
			headers.authorization = `Bearer ${again.accessToken}`;
			expect((await run(id)).status).toBe(200);
		});
	});
}
