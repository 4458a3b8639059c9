import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Role } from "../../../../src-shared/domain/roles.ts";
import { type OpenPlatform, openPlatform } from "../open-platform.ts";
import { newIncident, opened, stateOf } from "./incidents.ts";
import { type Operation, operations, perform, see } from "./operations.ts";

const all = Object.keys(operations) as Operation[];
const writes: readonly Operation[] = ["create", "patch", "append"];

/** A request that would do something, were it allowed. */
function valid(operation: Operation, id: string) {
	switch (operation) {
		case "list":
			return {};
		case "one":
			return { id };
		case "create":
			return { json: newIncident() };
		case "patch":
			return { id, json: { description: randomUUID() } };
		case "append":
			return { id, json: { event_type: "note", body: "b" } };
	}
}

const done: Readonly<Record<Operation, number>> = {
	list: 200,
	one: 200,
	create: 201,
	patch: 200,
	append: 201,
};

/** Who may do what, and how often. */
export function accessContract(platform: () => OpenPlatform): void {
	describe("access", () => {
		test.each(all)("%s needs a token", async (operation) => {
			const { owner, nobody, engine } = platform();
			const { id } = await opened(owner);
			const before = await stateOf(owner, id);
			const answer = await perform(nobody, operation, valid(operation, id));
			expect(answer.status).toBe(401);
			expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
			const key = engine.identity.apiKeys.create(
				owner.principal.needs("engineer"),
				"k",
			).key;
			const wrong = [`Bearer ${key}`, "Bearer x.y.z", "Basic YTpi", "Bearer"];
			for (const authorization of wrong) {
				const { url, init } = requestOf(platform(), operation, id);
				const refused = await fetch(url, {
					...init,
					headers: { ...init.headers, authorization },
				});
				expect(refused.status, authorization).toBe(401);
			}
			expect(await stateOf(owner, id)).toEqual(before);
		});

		test.each(["owner", "admin", "engineer"] as const)(
			"%s may do everything",
			async (role: Role) => {
				const { owner, addPerson } = platform();
				const { call } = await addPerson(
					owner.principal,
					`Everything ${role}`,
					role,
				);
				const { id } = await opened(owner);
				for (const operation of all) {
					const answer = await perform(call, operation, valid(operation, id));
					expect([operation, answer.status]).toEqual([
						operation,
						done[operation],
					]);
				}
			},
		);

		test("a viewer may only read", async () => {
			const { owner, addPerson, engine } = platform();
			const viewer = await addPerson(owner.principal, "Vic", "viewer");
			const { id } = await opened(owner);
			const before = await stateOf(owner, id);
			for (const operation of all) {
				const sent = valid(operation, id);
				const answer = await perform(viewer.call, operation, sent);
				const expected = writes.includes(operation) ? 403 : 200;
				expect([operation, answer.status]).toEqual([operation, expected]);
				const model = (sent.json as { model_id?: string } | undefined)
					?.model_id;
				if (model === undefined) continue;
				expect(engine.models.keyOf(owner.principal.tenant, model)).toBeNull();
			}
			expect(await stateOf(owner, id)).toEqual(before);
		});

		test("another tenant's incidents are not there, and stop no new one", async () => {
			const { owner, stranger } = platform();
			const { id, model_id } = await opened(owner);
			const before = await stateOf(owner, id);
			for (const operation of ["one", "patch", "append"] as const) {
				const answers = [];
				for (const each of [id, randomUUID()]) {
					const answer = await perform(
						stranger.call,
						operation,
						valid(operation, each),
					);
					expect([operation, answer.status]).toEqual([operation, 404]);
					answers.push(JSON.stringify(answer.body).replaceAll(each, "ID"));
				}
				expect(answers[0]).toBe(answers[1]);
			}
			const list = await perform(stranger.call, "list", {
				query: `?model_id=${model_id}`,
			});
			expect(list.body).toMatchObject({ total: 0, items: [] });
			expect(await stateOf(owner, id)).toEqual(before);
			const own = await perform(stranger.call, "create", {
				json: newIncident({ model_id }),
			});
			expect(own.status).toBe(201);
		});
	});

	test("writes and reads are limited apart, per user, and say so", async () => {
		const limited = await openPlatform({ rateLimitScale: 0.1 });
		const { owner, addPerson } = limited;
		const { id } = await opened(owner);
		const rows = { writes: 3 - 1, reads: 20 };
		for (let left = rows.writes; left > 0; left--) {
			const sent = valid("append", id);
			const answer = await perform(owner.call, "append", sent);
			expect([
				answer.status,
				answer.headers.get("x-ratelimit-limit"),
				answer.headers.get("x-ratelimit-remaining"),
			]).toEqual([201, "3", String(left - 1)]);
		}
		for (let left = rows.reads; left > 0; left--) {
			const answer = await perform(owner.call, "list");
			expect([answer.status, answer.headers.get("x-ratelimit-limit")]).toEqual([
				200,
				"20",
			]);
		}
		for (const operation of all) {
			const answer = await perform(owner.call, operation, valid(operation, id));
			expect([operation, answer.status]).toEqual([operation, 429]);
			const wait = Number(answer.headers.get("retry-after"));
			expect(wait).toBeGreaterThan(0);
			expect(wait).toBeLessThanOrEqual(60);
			expect(answer.headers.get("x-ratelimit-remaining")).toBe("0");
			see(operation, "status 429");
		}
		const other = await addPerson(owner.principal, "Other", "engineer");
		for (const operation of all) {
			const answer = await perform(other.call, operation, valid(operation, id));
			expect([operation, answer.status]).toEqual([operation, done[operation]]);
		}
	});
}

function requestOf(platform: OpenPlatform, operation: Operation, id: string) {
	const [method = "", pattern = ""] = operations[operation].split(" ");
	const { json } = valid(operation, id);
	return {
		url: `${platform.listeners.urls.api}/api/v1${pattern.replace("{incident_id}", id)}`,
		init: {
			method,
			headers: { "content-type": "application/json" },
			...(json === undefined ? {} : { body: JSON.stringify(json) }),
		},
	};
}
