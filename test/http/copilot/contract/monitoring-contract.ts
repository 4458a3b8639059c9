import { describe, expect, test } from "vitest";
import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import { type OpenCopilot, openCopilot, see } from "../open-copilot.ts";
import { alertStatuses, integrationTypes } from "./monitoring-details.ts";
import {
	type Made,
	madeIntegration,
	operations,
	otherSystem,
} from "./monitoring-requests.ts";
import { projectOfAll, word } from "./requests.ts";

const at = "2026-01-20T12:00:00.000Z";

/** Whether other systems answer, what they tell, and that their secrets stay here. */
export function monitoringContract(copilot: () => OpenCopilot): void {
	describe("tests of a connection", () => {
		const answers = {
			"/api/v2/status": {
				status: 200,
				body: {
					versionInfo: { version: "0.25.0" },
					cluster: { status: "ready" },
				},
			},
		};

		test.each(integrationTypes)(
			"of type %s, before it is added",
			async (type) => {
				const { call } = copilot().founder;
				const ids = [projectOfAll(copilot())];
				const answer = await call(operations.testConnection, {
					ids,
					json: { integration_type: type },
				});
				expect(answer.body).toEqual({
					success: false,
					message: expect.stringMatching(/Nothing was asked|no address/),
					details: {},
					response_time_ms: null,
				});
				see(operations.testConnection, `input integration_type=${type}`);
				expect((await call(operations.list, { ids })).body).toEqual([]);
			},
		);

		test("say what answered, and are told what was given", async () => {
			const { call } = copilot().founder;
			const { url, asked } = await otherSystem(answers);
			const ids = [projectOfAll(copilot())];
			const json = { integration_type: "alertmanager", url, api_key: "key" };
			expect(
				(await call(operations.testConnection, { ids, json })).body,
			).toEqual({
				success: true,
				message: expect.stringContaining("0.25.0"),
				details: { version: "0.25.0", cluster: "ready" },
				response_time_ms: expect.any(Number),
			});
			expect(asked).toEqual([
				{ path: "/api/v2/status", authorization: "Bearer key" },
			]);
		});

		test.each(["file:///etc/passwd", "http://169.254.169.254/", "nowhere"])(
			"of %s ask nothing",
			async (url) => {
				const { call } = copilot().founder;
				const { body } = await call(operations.testConnection, {
					ids: [projectOfAll(copilot())],
					json: { integration_type: "grafana", url },
				});
				expect(body).toMatchObject({ success: false, response_time_ms: null });
			},
		);

		test("of an address that is no text are refused", async () => {
			const { call } = copilot().founder;
			const answer = await call(operations.testConnection, {
				ids: [projectOfAll(copilot())],
				json: { integration_type: "grafana", url: 7 },
			});
			expect(answer.status).toBe(422);
			see(operations.testConnection, "bad url");
		});

		test("are kept with the integration: testing, active, error, and inactive when turned off", async () => {
			const { call } = copilot().founder;
			const { url, hold } = await otherSystem(answers);
			const { ids } = await madeIntegration(copilot(), { url });
			const show = async (status: string) => {
				const { body } = await call(operations.get, { ids });
				expect(body).toMatchObject({ status });
				see(operations.get, `output status=${status}`);
				return body;
			};
			const release = hold();
			const test = call(operations.test, { ids });
			await expect
				.poll(async () => (await call(operations.get, { ids })).body)
				.toMatchObject({ status: "testing" });
			await show("testing");
			release();
			expect((await test).body).toMatchObject({ success: true });
			expect(await show("active")).toMatchObject({
				last_test_at: at,
				last_test_success: true,
				last_error_message: null,
			});
			await call(operations.change, { ids, json: { url: `${url}/elsewhere` } });
			const failed = (await call(operations.test, { ids })).body as {
				message: string;
			};
			expect(await show("error")).toMatchObject({
				last_test_success: false,
				last_error_message: failed.message,
			});
			await call(operations.change, { ids, json: { is_enabled: false } });
			await show("inactive");
		});
	});

	describe("alerts", () => {
		test("come in at the webhook's address with its secret, and are listed as the system told them", async () => {
			const { call } = copilot().founder;
			const { webhook_url, webhook_secret, ids, id } = await madeIntegration(
				copilot(),
			);
			const labels = {
				alertname: word(),
				severity: "critical",
				service: "pay",
			};
			const sent = {
				status: "firing",
				labels,
				annotations: { summary: "Errors above 5 %", description: "Since noon" },
				startsAt: "2026-01-20T11:59:00.123456789Z",
				endsAt: "0001-01-01T00:00:00Z",
				generatorURL: "http://prometheus.example/graph",
				fingerprint: "c2a4f9d1e0b37586",
			};
			const send = (secret: string) =>
				fetch(webhook_url, {
					method: "POST",
					headers: {
						"content-type": "application/json",
						"x-webhook-secret": secret,
					},
					body: JSON.stringify({
						version: "4",
						status: "firing",
						alerts: [sent],
					}),
				});
			expect((await send("wrong")).status).toBe(401);
			expect((await send(webhook_secret)).status).toBe(202);
			const { body } = await call(operations.alerts, { ids: [ids[0]] });
			const [{ incident_id }] = body as [{ incident_id: string | null }];
			expect(body).toEqual([
				{
					id: expect.any(String),
					project_id: ids[0],
					integration_id: id,
					alert_name: labels.alertname,
					status: "firing",
					severity: "critical",
					service_name: "pay",
					summary: "Errors above 5 %",
					description: "Since noon",
					labels,
					annotations: sent.annotations,
					starts_at: "2026-01-20T11:59:00.123Z",
					ends_at: null,
					external_url: "http://prometheus.example/graph",
					fingerprint: sent.fingerprint,
					incident_id,
					raw_payload: sent,
				},
			]);
			// Whether it opened an incident is for the project's rules to say.
			if (incident_id !== null) {
				const { tenant } = copilot().founder.holder.principal;
				const { incidents } = copilot().engine;
				const { projectId } = incidents.entry(
					Sight.ofTenant(tenant.key),
					incident_id,
				);
				expect(projectId).toBe(ids[0]);
			}
			await call(operations.change, { ids, json: { webhook_enabled: false } });
			expect((await send(webhook_secret)).ok).toBe(false);
		});

		test("are found by status and paged, newest first", async () => {
			const { call } = copilot().founder;
			const { ids, id, webhook_secret } = await madeIntegration(copilot(), {
				integration_type: "pagerduty",
			});
			const projectId = ids[0];
			const event = (action: string, key: string) =>
				fetch(`${copilot().listeners.urls.copilot}/v2/enqueue`, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({
						routing_key: webhook_secret,
						event_action: action,
						dedup_key: key,
						payload: { summary: key, source: "here", severity: "info" },
					}),
				});
			for (const [key, actions] of [
				["firing", ["trigger"]],
				["acknowledged", ["trigger", "acknowledge"]],
				["resolved", ["trigger", "resolve"]],
			] as const) {
				for (const action of actions) {
					expect((await event(action, key)).status).toBe(202);
				}
			}
			for (const status of alertStatuses) {
				const { body, headers } = await call(operations.alerts, {
					ids: [projectId],
					query: `?status=${status}`,
				});
				expect(body).toMatchObject([
					{
						status,
						summary: status,
						integration_id: id,
						ends_at: status === "resolved" ? expect.any(String) : null,
					},
				]);
				expect(headers.get("x-total-count")).toBe("1");
				see(operations.alerts, `filter status=${status}`);
			}
			const page = await call(operations.alerts, {
				ids: [projectId],
				query: "?skip=1&limit=1",
			});
			expect(page.body).toMatchObject([{ summary: "acknowledged" }]);
			expect(page.headers.get("x-total-count")).toBe("3");
			see(operations.alerts, "page good");
			for (const [query, item] of [
				["?limit=0", "page bad"],
				["?status=open", "filter status bad"],
			] as const) {
				const bad = await call(operations.alerts, { ids: [projectId], query });
				expect(bad.status).toBe(422);
				see(operations.alerts, item);
			}
		});
	});

	test("secrets are in no answer but that which made the webhook's, in no error, no log and no event", async () => {
		const own = await openCopilot();
		const { founder, engine, logged, listeners } = own;
		const { call, projectId } = founder;
		const secrets = {
			password: "hunter2-of-the-shop",
			api_key: "glsa_of-the-shop",
			older: "an-older-password",
		};
		// It answers with what it was sent, as a careless system does.
		const { url } = await otherSystem({
			"/api/health": {
				status: 401,
				body: { error: `wrong key ${secrets.api_key}` },
			},
		});
		const json = {
			integration_type: "grafana",
			name: word(),
			url,
			username: "me",
			password: secrets.older,
			api_key: secrets.api_key,
		};
		const said: unknown[] = [];
		const ask = async (operation: string, sent: object) => {
			const { status, body, headers } = await call(operation, sent);
			said.push([operation, status, body, [...headers]]);
			return body;
		};
		const { webhook_secret, webhook_url, id } = (
			await call(operations.create, { ids: [projectId], json })
		).body as Made;
		const ids = [projectId, id];
		await ask(operations.change, { ids, json: { password: secrets.password } });
		await ask(operations.list, { ids: [projectId] });
		await ask(operations.get, { ids });
		await ask(operations.test, { ids });
		await ask(operations.get, { ids });
		await ask(operations.testConnection, {
			ids: [projectId],
			json: { ...json, name: undefined },
		});
		// Refused, with the secrets in the body.
		await ask(operations.create, {
			ids: [projectId],
			json: { ...json, is_primary: 7 },
		});
		await ask(operations.create, {
			ids: [projectId],
			json: { ...json, url: "nowhere" },
		});
		await ask(operations.change, {
			ids,
			text: `{"password":"${secrets.password}"`,
		});
		await ask(operations.change, { ids, json: { api_key: [secrets.api_key] } });
		for (const secret of [webhook_secret, secrets.password]) {
			const answer = await fetch(webhook_url, {
				method: "POST",
				headers: { "x-webhook-secret": secret },
				body: JSON.stringify({ title: "no alerts" }),
			});
			said.push(await answer.text());
		}
		await ask(operations.alerts, { ids: [projectId] });
		await ask(operations.remove, { ids });
		const { key } = founder.holder.principal.tenant;
		said.push(engine.feed.after(key, 0, 1_000), logged);
		said.push(
			await (await fetch(`${listeners.urls.copilot}/openapi.json`)).text(),
		);
		const text = JSON.stringify(said);
		expect(text).toContain("answered 401");
		for (const secret of [...Object.values(secrets), webhook_secret]) {
			expect(text.includes(secret)).toBe(false);
		}
	});
}
