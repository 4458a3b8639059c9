/*
 * Nothing leaves before somebody has set a model server, has said which kinds of fields
 * may leave, and has seen and agreed to the very bytes. What is sent is what was seen,
 * byte for byte: the allowed fields alone, without what looks like a secret. Another
 * server, model or policy has to be agreed to anew. The server's key is shown nowhere, and
 * never goes to another address than the one it was given for.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildPrompt } from "../../../src-main/engine/assistant/prompt.ts";
import { redactSecrets } from "../../../src-main/engine/assistant/redact-secrets.ts";
import { egressField } from "../../../src-shared/contract/index.ts";
import { chatAnswer, factsIn } from "./model-server.ts";
import { everything, openAssistant } from "./open-assistant.ts";

test("nothing is set by itself, and nothing is sent", async () => {
	const { assistant, by, id, server, settings } = await openAssistant();
	expect(await assistant.settings(by, undefined)).toEqual({
		server: null,
		policy: { fields: [], labels: [] },
		confirmation: null,
		lastRequest: null,
	});
	const refused = (message: string) =>
		expect(assistant.consult(by, { incidentId: id })).rejects.toMatchObject({
			code: "CONFLICT",
			message: expect.stringContaining(message),
		});
	await refused("No model server is set");
	await assistant.setServer(by, settings({ isEnabled: false }));
	await refused("turned off");
	await assistant.setServer(by, settings());
	await refused("lets nothing leave");
	await assistant.setPolicy(by, everything);
	await refused("Nobody has agreed yet");
	expect(server.received).toEqual([]);
});

test("the request that was sent last is told of, with why it failed until one does not", async () => {
	const { assistant, by, id, server, ready } = await openAssistant();
	await ready();
	server.answers(() => ({ status: 503, body: "" }));
	await assistant.consult(by, { incidentId: id });
	const failed = await assistant.settings(by, undefined);
	expect(failed.lastRequest).toMatchObject({
		incidentId: id,
		model: "tiny-1",
		error: expect.stringContaining("answered 503"),
	});
	server.answers(() => chatAnswer({ claims: [] }));
	await assistant.consult(by, { incidentId: id });
	const answered = await assistant.settings(by, undefined);
	expect(answered.lastRequest).toMatchObject({ error: null });
});

test("what is sent is what somebody saw and agreed to, byte for byte", async () => {
	const { assistant, by, id, server, ready } = await openAssistant();
	server.answers(() => chatAnswer({ claims: [] }));
	const preview = await ready({ apiKey: "the-key-1234567890" });
	expect(preview).toMatchObject({
		url: `${server.url}/v1/chat/completions`,
		bytes: Buffer.byteLength(preview.body),
		hash: createHash("sha256").update(preview.body).digest("hex"),
		isConfirmed: false,
	});
	expect(await assistant.consult(by, { incidentId: id })).toMatchObject({
		isSuccess: true,
	});
	expect(server.received).toMatchObject([
		{
			path: "/v1/chat/completions",
			body: preview.body,
			headers: { authorization: "Bearer the-key-1234567890" },
		},
	]);
	const shown = await assistant.settings(by, undefined);
	expect(shown.server).toMatchObject({ hasKey: true });
	expect(shown.confirmation).toMatchObject({ hash: preview.hash });
	expect(JSON.stringify([shown, preview])).not.toContain("the-key");
});

test("other bytes than those that were seen are not agreed to", async () => {
	const { assistant, engine, by, id, settings } = await openAssistant();
	await assistant.setServer(by, settings());
	await assistant.setPolicy(by, everything);
	const { hash } = await assistant.preview(by, { incidentId: id });
	engine.insight.recordChange(by.tenant, {
		kind: "config_change",
		service: "checkout",
		summary: "limit 5",
	});
	await expect(
		assistant.confirm(by, { incidentId: id, hash }),
	).rejects.toMatchObject({ code: "CONFLICT" });
});

test.each([
	["policy", { policy: { fields: ["times" as const], labels: [] } }],
	["model", { server: { model: "tiny-2" } }],
	["address", { server: { baseUrl: "http://127.0.0.1:9" } }],
	["kind", { server: { kind: "ollama" as const } }],
])("another %s has to be agreed to anew", async (_, change) => {
	const { assistant, by, id, server, ready, settings } = await openAssistant();
	await ready();
	if ("policy" in change) await assistant.setPolicy(by, change.policy);
	else await assistant.setServer(by, settings(change.server));
	const { isConfirmed } = await assistant.preview(by, { incidentId: id });
	expect(isConfirmed).toBe(false);
	await expect(assistant.consult(by, { incidentId: id })).rejects.toMatchObject(
		{ code: "CONFLICT" },
	);
	expect(server.received).toEqual([]);
});

test("a key is not sent to another address", async () => {
	const { assistant, by, settings } = await openAssistant();
	await assistant.setServer(by, settings({ apiKey: "the-key" }));
	const same = await assistant.setServer(by, settings({ model: "other" }));
	expect(same.server?.hasKey).toBe(true);
	const moved = await assistant.setServer(
		by,
		settings({ baseUrl: "http://127.0.0.1:9" }),
	);
	expect(moved.server?.hasKey).toBe(false);
});

test.each([
	"ftp://models.example",
	"file:///etc/passwd",
	"http://user:word@models.example",
	"http://models.example/?key=1",
	"models.example",
])("%s is no address of a model server", async (baseUrl) => {
	const { assistant, by, settings } = await openAssistant();
	expect(() => assistant.setServer(by, settings({ baseUrl }))).toThrow(
		"baseUrl",
	);
});

test("only what the policy names is in the bytes", async () => {
	const { assistant, by, id, settings, changeId } = await openAssistant();
	await assistant.setServer(by, settings());
	const words: Readonly<Record<string, string>> = {
		incident_title: "Checkout times out",
		incident_description: "Customers of",
		changes: "v2.4.5",
		services: '"checkout"',
		times: "minutes",
	};
	for (const field of egressField.options) {
		await assistant.setPolicy(by, { fields: [field], labels: [] });
		const preview = await assistant.preview(by, { incidentId: id });
		const facts = JSON.stringify(factsIn(preview.body));
		for (const [other, word] of Object.entries(words)) {
			expect([field, other, facts.includes(word)]).toEqual([
				field,
				other,
				field === other,
			]);
		}
		expect(facts).not.toContain(changeId);
		expect(facts).not.toContain("payments");
		expect(preview.withheld).not.toHaveProperty(field);
		expect(preview.withheld).toMatchObject({ labels: 2 });
	}
	await assistant.setPolicy(by, { fields: [], labels: ["team"] });
	const labelled = await assistant.preview(by, { incidentId: id });
	expect(factsIn(labelled.body).incident).toEqual({
		labels: ["team:payments"],
	});
});

test("what looks like a secret does not leave", async () => {
	const secrets = [
		"password=hunter2hunter2",
		"AKIAIOSFODNN7EXAMPLE",
		"ghp_abcdefghijklmnopqrstuvwxyz0123456789",
		"Bearer abc.def.ghi",
		"postgres://root:sesame@db.internal/x",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
		"-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----",
	];
	const { ready } = await openAssistant(`Deploy with ${secrets.join(" and ")}`);
	const { body, redactions } = await ready();
	for (const part of [
		"hunter2",
		"AKIAIOSFODNN7",
		"ghp_abc",
		"abc.def.ghi",
		"sesame",
		"eyJhbGci",
		"MIIabc",
		"alice@example.com",
	]) {
		expect([part, body.includes(part)]).toEqual([part, false]);
	}
	expect(redactions).toBeGreaterThanOrEqual(2);
	fc.assert(
		fc.property(
			fc.string({ maxLength: 2_000 }),
			fc.stringMatching(/^[a-zA-Z0-9]{12,30}$/),
			(text, secret) => {
				const { text: clean } = redactSecrets(
					`${text} api_key=${secret} ${text}`,
				);
				expect(clean.includes(`api_key=${secret}`)).toBe(false);
			},
		),
	);
});

test("what does not fit into the limit of tokens is left out, the last first", async () => {
	const { assistant, engine, by, id, ready } = await openAssistant();
	for (let index = 0; index < 40; index++) {
		engine.insight.recordChange(by.tenant, {
			kind: "config_change",
			service: "checkout",
			summary: `${index} ${"long ".repeat(50)}`,
		});
	}
	const { leftOut } = await ready({ maxInputTokens: 2_000 });
	expect(leftOut).toBeGreaterThan(10);
	const { body } = await assistant.preview(by, { incidentId: id });
	expect(factsIn(body).records).toHaveLength(41 - leftOut);
	expect(Buffer.byteLength(body)).toBeLessThan(8_000);
});

test.each([
	["db at postgres://me:hunter22@db.test/x is down", "hunter22"],
	[
		"me:hunter22@host of amqp://me:hunter22@host",
		"me:hunter22@host of amqp://me",
	],
	["ask ada.lovelace+x@example.org", "ada.lovelace"],
	["password = hunter22, then", "hunter22"],
	["key AKIAABCDEFGHIJKLMNOP is old", "AKIAABCDEFGHIJKLMNOP"],
])("of %j nothing secret stays", (text, secret) => {
	const { text: clean, isRedacted } = redactSecrets(text);
	expect(clean).not.toContain(secret);
	expect(isRedacted).toBe(true);
});

test("labels that may leave leave without the secrets in them", () => {
	const { user, redactions, withheld } = buildPrompt(
		{
			incidentId: "i",
			fields: [],
			labels: ["team:pay", "owner=ada@example.org", "private=1"],
			records: [],
		},
		{ fields: [], labels: ["team", "owner"] },
		10_000,
	);
	expect(user).toContain("team:pay");
	expect(user).not.toContain("ada@example.org");
	expect(redactions).toBe(1);
	expect(withheld).toEqual({ labels: 1 });
});
