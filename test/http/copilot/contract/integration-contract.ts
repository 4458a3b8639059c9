import { describe, expect, test } from "vitest";
import { type OpenCopilot, see } from "../open-copilot.ts";
import { integrationTypes } from "./monitoring-details.ts";
import {
	alertIn,
	integrationIn,
	type Made,
	madeIntegration,
	operations,
} from "./monitoring-requests.ts";
import { projectOfAll, word } from "./requests.ts";

const at = "2026-01-20T12:00:00.000Z";

/** Inputs that are none, for making and for changing. */
const badInputs: readonly (readonly [string, unknown])[] = [
	["name", ""],
	["name", "x".repeat(201)],
	["name", null],
	["description", 7],
	["description", "x".repeat(2_001)],
	["url", "not an address"],
	["url", "file:///etc/passwd"],
	["url", "http://169.254.169.254/latest"],
	["url", "http://me:a-secret@example.com/"],
	["username", 7],
	["password", ""],
	["password", ["a"]],
	["api_key", ""],
	["api_key", "x".repeat(4_001)],
	["config", "text"],
	["config", { long: "x".repeat(20_000) }],
	["webhook_enabled", "yes"],
	["is_primary", 1],
];

/** Systems that alerts come from: what they are, who changes them, and what is refused. */
export function integrationContract(copilot: () => OpenCopilot): void {
	describe("integrations", () => {
		test.each(integrationTypes)("of type %s", async (integration_type) => {
			const { call } = copilot().founder;
			const { listeners } = copilot();
			const projectId = projectOfAll(copilot());
			const name = word();
			const answer = await call(operations.create, {
				ids: [projectId],
				json: { integration_type, name },
			});
			see(operations.create, `input integration_type=${integration_type}`);
			const { id } = answer.body as Made;
			const shown = {
				id,
				project_id: projectId,
				integration_type,
				name,
				description: "",
				url: null,
				username: null,
				has_password: false,
				has_api_key: false,
				config: {},
				webhook_enabled: true,
				is_primary: false,
				status: "active",
				last_test_at: null,
				last_test_success: null,
				last_error_message: null,
				webhook_url: `${listeners.urls.copilot}/api/v1/webhooks/${integration_type}/${id}`,
				created_at: at,
				updated_at: at,
			};
			expect(answer.body).toEqual({
				...shown,
				webhook_secret: expect.stringMatching(/^.{32,}$/),
			});
			const one = await call(operations.get, { ids: [projectId, id] });
			expect(one.body).toEqual(shown);
			const list = await call(operations.list, { ids: [projectId] });
			expect(list.body).toEqual([shown]);
		});

		test("lists are of the project, oldest first, paged", async () => {
			const { call } = copilot().founder;
			const projectId = projectOfAll(copilot());
			await madeIntegration(copilot());
			const names = [];
			for (let left = 3; left > 0; left--) {
				names.push((await integrationIn(copilot(), projectId)).name);
			}
			const page = await call(operations.list, {
				ids: [projectId],
				query: "?skip=1&limit=1",
			});
			expect(page.body).toMatchObject([{ name: names[1] }]);
			expect(page.headers.get("x-total-count")).toBe("3");
			see(operations.list, "page good");
			const bad = await call(operations.list, {
				ids: [projectId],
				query: "?skip=-1",
			});
			expect(bad.status).toBe(422);
			see(operations.list, "page bad");
		});

		test("an address of another host is not sent the old one's secrets", async () => {
			const { call } = copilot().founder;
			const { ids } = await madeIntegration(copilot());
			const url = "http://127.0.0.1:9090";
			await call(operations.change, {
				ids,
				json: { url, password: "secret", api_key: "key" },
			});
			const changed = await call(operations.change, {
				ids,
				json: { url: "http://127.0.0.2:9090", api_key: "its own" },
			});
			expect(changed.body).toMatchObject({
				has_password: false,
				has_api_key: true,
				last_error_message: expect.stringContaining("enter the password"),
			});
		});

		test.each(badInputs)(
			"%s %j makes and changes none",
			async (name, value) => {
				const { call } = copilot().founder;
				const { ids } = await madeIntegration(copilot());
				const json = {
					integration_type: "grafana",
					name: word(),
					[name]: value,
				};
				const making = await call(operations.create, { ids: [ids[0]], json });
				const change = await call(operations.change, {
					ids,
					json: { [name]: value },
				});
				for (const [operation, { status, body }] of [
					[operations.create, making],
					[operations.change, change],
				] as const) {
					expect([operation, status]).toEqual([operation, 422]);
					expect(JSON.stringify(body)).not.toContain("a-secret");
					see(operation, `bad ${name}`);
				}
				const list = await call(operations.list, { ids: [ids[0]] });
				expect(list.body).toHaveLength(1);
			},
		);

		test("a type that is none is refused, a change of it and of nothing too", async () => {
			const { call } = copilot().founder;
			const { ids } = await madeIntegration(copilot());
			for (const operation of [operations.create, operations.testConnection]) {
				const answer = await call(operation, {
					ids: [ids[0]],
					json: { integration_type: "nagios", name: word() },
				});
				expect(answer.status).toBe(422);
				see(operation, "bad integration_type");
			}
			for (const json of [
				{},
				{ integration_type: "generic" },
				{ is_enabled: 1 },
			]) {
				expect((await call(operations.change, { ids, json })).status).toBe(422);
			}
			see(operations.change, "bad is_enabled");
		});

		test.each<[string, unknown, object]>([
			["name", "Alerts of the shop", { name: "Alerts of the shop" }],
			["description", "a\nb", { description: "a\nb" }],
			["url", "http://127.0.0.1:9093", { url: "http://127.0.0.1:9093" }],
			["url", null, { url: null }],
			["username", "me", { username: "me" }],
			["password", "a-secret", { has_password: true }],
			["password", null, { has_password: false }],
			["api_key", "a-secret", { has_api_key: true }],
			["config", { deep: [{ a: null }] }, { config: { deep: [{ a: null }] } }],
			["webhook_enabled", false, { webhook_enabled: false }],
			["is_primary", true, { is_primary: true }],
			["is_enabled", false, { status: "inactive" }],
		])("%s becomes %j", async (name, value, shown) => {
			const { call } = copilot().founder;
			const { ids } = await madeIntegration(copilot(), {
				password: "an-older-secret",
			});
			const before = (await call(operations.get, { ids })).body as object;
			const answer = await call(operations.change, {
				ids,
				json: { [name]: value },
			});
			expect(answer.body).toEqual({ ...before, ...shown });
			expect((await call(operations.get, { ids })).body).toEqual(answer.body);
			see(operations.change, `input ${name}`);
		});

		test("one of each type is the first choice", async () => {
			const { call } = copilot().founder;
			const first = await madeIntegration(copilot(), { is_primary: true });
			const [projectId] = first.ids;
			const grafana = { integration_type: "grafana", is_primary: true };
			const other = await madeIntegration(copilot(), grafana, projectId);
			const second = await madeIntegration(
				copilot(),
				{ is_primary: true },
				projectId,
			);
			const { body } = await call(operations.list, { ids: [projectId] });
			expect(
				(body as (Made & { is_primary: boolean })[])
					.filter(({ is_primary }) => is_primary)
					.map(({ id }) => id),
			).toEqual([other.id, second.id]);
		});

		test("a removed one is gone, and its alerts stay", async () => {
			const { call } = copilot().founder;
			const { ids, id, webhook_secret } = await madeIntegration(copilot());
			await alertIn(copilot(), { id, webhookSecret: webhook_secret });
			const gone = await call(operations.remove, { ids });
			expect(gone.body).toEqual({
				status: "success",
				message: "Integration removed",
			});
			for (const operation of [
				operations.get,
				operations.remove,
				operations.test,
			]) {
				expect((await call(operation, { ids })).status).toBe(404);
			}
			const alerts = await call(operations.alerts, { ids: [ids[0]] });
			expect(alerts.body).toMatchObject([{ integration_id: id }]);
		});

		test("fifty are the most", async () => {
			const { call } = copilot().founder;
			const projectId = projectOfAll(copilot());
			for (let left = 50; left > 0; left--) {
				await integrationIn(copilot(), projectId);
			}
			const json = { integration_type: "generic", name: word() };
			const answer = await call(operations.create, { ids: [projectId], json });
			expect(answer.status).toBe(409);
		});

		test("an integration of another project is not there", async () => {
			const { call } = copilot().founder;
			const { id } = await madeIntegration(copilot());
			const ids = [projectOfAll(copilot()), id];
			for (const [operation, sent] of [
				[operations.get, { ids }],
				[operations.change, { ids, json: { name: word() } }],
				[operations.remove, { ids }],
				[operations.test, { ids }],
			] as const) {
				const answer = await call(operation, sent);
				expect([operation, answer.status]).toEqual([operation, 404]);
			}
		});

		test("in a project that is not active all is read alone", async () => {
			const { engine, founder } = copilot();
			const { ids } = await madeIntegration(copilot());
			const [projectId] = ids;
			engine.identity.projects.deactivate(
				founder.holder.principal.in(projectId).governs("owner"),
			);
			for (const [operation, sent, status] of [
				[operations.list, { ids: [projectId] }, 200],
				[operations.get, { ids }, 200],
				[operations.alerts, { ids: [projectId] }, 200],
				[
					operations.create,
					{
						ids: [projectId],
						json: { integration_type: "generic", name: word() },
					},
					409,
				],
				[operations.change, { ids, json: { name: word() } }, 409],
				[operations.remove, { ids }, 409],
				[operations.test, { ids }, 409],
				[
					operations.testConnection,
					{ ids: [projectId], json: { integration_type: "generic" } },
					409,
				],
			] as const) {
				const answer = await founder.call(operation, sent);
				expect([operation, answer.status]).toEqual([operation, status]);
			}
		});
	});
}
