// An integration holds what is needed to reach a monitoring system and to know it: secrets go
// in and never come out, one of each type is a project's first choice, and a test says honestly
// what was asked, what was answered, and what cannot be asked at all. What is another
// project's or tenant's is not there.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { EngineError } from "../../../../src-main/engine/errors.ts";
import { testInProject } from "../../test-member.ts";
import {
	amAlert,
	amBody,
	here as by,
	openMonitoring,
	project,
	tenant,
} from "../open-monitoring.ts";

/** A server that answers JSON by path; closed when the test is over. */
async function system(
	answers: Record<string, { status: number; body: unknown }>,
) {
	const asked: { path: string; authorization: string | undefined }[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? "";
		asked.push({ path, authorization: request.headers.authorization });
		const { status, body } = answers[path] ?? { status: 404, body: {} };
		response
			.writeHead(status, { "content-type": "application/json" })
			.end(JSON.stringify(body));
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, asked };
}

function codeOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return (error as EngineError).code;
	}
	return "ok";
}

describe("a test of the connection", () => {
	test("asks each system where it says how it is, with the credentials, and keeps how that went", async () => {
		const { url, asked } = await system({
			"/prometheus/api/v1/status/buildinfo": {
				status: 200,
				body: { status: "success", data: { version: "2.42.0" } },
			},
			"/api/v2/status": {
				status: 200,
				body: {
					versionInfo: { version: "0.25.0" },
					cluster: { status: "ready" },
				},
			},
			"/api/health": {
				status: 200,
				body: { database: "ok", version: "11.0.0" },
			},
		});
		const { monitoring, add } = openMonitoring();
		const { integrations } = monitoring;
		const made = [
			await add("prometheus", { url: `${url}/prometheus/`, apiKey: "token" }),
			await add("alertmanager", { url, username: "me", password: "secret" }),
			await add("grafana", { url }),
		];
		const outcomes = [];
		for (const { id } of made) {
			outcomes.push(await integrations.test(by, id));
		}
		expect(outcomes).toMatchObject([
			{ success: true, details: { version: "2.42.0" } },
			{ success: true, details: { version: "0.25.0", cluster: "ready" } },
			{ success: true, details: { version: "11.0.0", database: "ok" } },
		]);
		expect(asked.map(({ authorization }) => authorization)).toEqual([
			"Bearer token",
			`Basic ${Buffer.from("me:secret").toString("base64")}`,
			undefined,
		]);
		expect(integrations.list(by)).toMatchObject(
			made.map(() => ({ status: "active", lastTestSuccess: true })),
		);
	});

	test("tells a wrong password, another program and silence apart", async () => {
		const { url } = await system({
			"/locked/api/health": { status: 401, body: {} },
			"/other/api/health": { status: 200, body: { hello: "world" } },
		});
		const { monitoring, add } = openMonitoring();
		const tested = async (address: string) => {
			const { id } = await add("grafana", { url: address });
			const { success, message } = await monitoring.integrations.test(by, id);
			const { status, lastErrorMessage } = monitoring.integrations.get(by, id);
			expect([success, status, lastErrorMessage]).toEqual([
				false,
				"error",
				message,
			]);
			return message;
		};
		expect(await tested(`${url}/locked`)).toMatch(/answered 401/);
		expect(await tested(`${url}/other`)).toMatch(/is not what grafana answers/);
		expect(await tested("http://127.0.0.1:1")).not.toBe("");
	});

	test("says what cannot be asked, and takes it for no fault", async () => {
		const { monitoring, add } = openMonitoring();
		for (const type of [
			"pagerduty",
			"opsgenie",
			"datadog",
			"cloudwatch",
			"generic",
		] as const) {
			const { id } = await add(type);
			const outcome = await monitoring.integrations.test(by, id);
			expect(outcome).toMatchObject({ success: false, responseTimeMs: null });
			expect(outcome.message).toMatch(/Nothing was asked/);
			expect(monitoring.integrations.get(by, id)).toMatchObject({
				status: "active",
				lastTestAt: null,
			});
		}
	});

	test("may ask private addresses, and never a cloud's metadata service", async () => {
		const { add } = openMonitoring();
		await expect(
			add("grafana", { url: "http://169.254.169.254/" }),
		).rejects.toMatchObject({ code: "INVALID" });
	});
});

test("one of each type is the project's first choice", async () => {
	const { monitoring, add } = openMonitoring();
	await add("grafana", { isPrimary: true });
	await add("prometheus", { isPrimary: true });
	await add("grafana", { isPrimary: true });
	expect(
		monitoring.integrations.list(by).map(({ isPrimary }) => isPrimary),
	).toEqual([false, true, true]);
});

test("a change leaves what it does not name, and null takes a secret away", async () => {
	const { monitoring, add } = openMonitoring();
	const { integrations } = monitoring;
	const { id } = await add("grafana", {
		password: "secret",
		apiKey: "key",
		username: "me",
	});
	await integrations.update(by, id, {
		name: "Other",
		password: null,
	});
	expect(integrations.get(by, id)).toMatchObject({
		name: "Other",
		username: "me",
		hasPassword: false,
		hasApiKey: true,
	});
});

describe("an address of another origin", () => {
	const here = "http://127.0.0.1:9090";
	test.each([
		["another host", "http://192.168.7.7:9090"],
		["another port", "http://127.0.0.1:9091"],
		["another scheme", "https://127.0.0.1:9090"],
		["no address", null],
	])(
		"%s does not get what the old one was given, and it is said",
		async (_, url) => {
			const { monitoring, add } = openMonitoring();
			const { integrations } = monitoring;
			const { id } = await add("prometheus", {
				url: here,
				username: "me",
				password: "secret",
				apiKey: "key",
				signingSecret: "signs what comes",
			});
			const changed = await integrations.update(by, id, { url });
			expect(changed).toMatchObject({
				url,
				hasPassword: false,
				hasApiKey: false,
				hasSigningSecret: true,
				lastTestAt: null,
				lastTestSuccess: null,
				lastErrorMessage: expect.stringMatching(/enter .* again/i),
			});
			const back = await integrations.update(by, id, {
				url: here,
			});
			expect(back).toMatchObject({ hasPassword: false, hasApiKey: false });
		},
	);

	test("sends nothing of the old one's to the new one", async () => {
		const { monitoring, add } = openMonitoring();
		const { integrations } = monitoring;
		const other = await system({});
		const { id } = await add("prometheus", {
			url: here,
			username: "me",
			password: "secret",
		});
		await integrations.update(by, id, { url: other.url });
		await integrations.test(by, id);
		expect(other.asked.length).toBeGreaterThan(0);
		for (const { authorization } of other.asked) {
			expect(authorization ?? "").not.toContain(
				Buffer.from("me:secret").toString("base64"),
			);
		}
	});

	test("keeps what the same change gives, and another path of the same keeps all", async () => {
		const { monitoring, add } = openMonitoring();
		const { integrations } = monitoring;
		const { id } = await add("prometheus", {
			url: here,
			password: "secret",
			apiKey: "key",
		});
		const path = await integrations.update(by, id, {
			url: `${here}/behind/a/path`,
		});
		expect(path).toMatchObject({
			hasPassword: true,
			hasApiKey: true,
			lastErrorMessage: null,
		});
		const given = await integrations.update(by, id, {
			url: "http://192.168.7.7:9090",
			apiKey: "the new one's",
		});
		expect(given).toMatchObject({ hasPassword: false, hasApiKey: true });
	});

	test("asks for nothing where there was nothing", async () => {
		const { monitoring, add } = openMonitoring();
		const { id } = await add("prometheus", { url: here });
		const url = "http://192.168.7.7:9090";
		expect(await monitoring.integrations.update(by, id, { url })).toMatchObject(
			{ url, lastErrorMessage: null },
		);
	});
});

test("what is another's is not there, and what was removed is gone but for its alerts", async () => {
	const opened = openMonitoring();
	const { integrations } = opened.monitoring;
	const source = await opened.add("alertmanager");
	expect([
		codeOf(() => integrations.get(testInProject(2, project), source.id)),
		codeOf(() =>
			integrations.get(testInProject(tenant, "project-2"), source.id),
		),
		codeOf(() => integrations.remove(testInProject(2, project), source.id)),
	]).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
	await opened.send(source, amBody(amAlert()));
	integrations.remove(by, source.id);
	expect(codeOf(() => integrations.get(by, source.id))).toBe("NOT_FOUND");
	expect(integrations.list(by)).toEqual([]);
	expect(opened.alerts()).toMatchObject([
		{ integrationName: "The alertmanager" },
	]);
});

test("secrets are read again after a restart", async () => {
	const first = openMonitoring();
	const source = await first.add("alertmanager");
	first.close();
	const second = openMonitoring({ folder: first.folder });
	await second.send(source, amBody(amAlert()));
	expect(second.alerts()).toHaveLength(1);
});
