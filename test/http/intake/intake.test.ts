// A sender is told 2xx only when its alerts are stored, 400 for what will never be taken, 401
// for a wrong secret, 404 for an integration that is not there or is another tenant's, and
// 503, never 429, for what may be taken later. A secret, a bearer token, the password of
// Basic and the sender's own signature over the exact bytes all prove who it is.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EngineError } from "../../../src-main/engine/errors.ts";
import { amAlert, amBody } from "../../engine/monitoring/open-monitoring.ts";
import { openIntake } from "./open-intake.ts";

test("the secret is taken in its own header, as a bearer token and as a password", async () => {
	const { add, send, first, urls } = await openIntake();
	const source = await add("alertmanager");
	const secret = source.webhookSecret;
	const body = amBody(amAlert());
	const basic = Buffer.from(`tocsin:${secret}`).toString("base64");
	const answers = await Promise.all([
		send(source, body, { "x-webhook-secret": secret }),
		send(source, body, { authorization: `Bearer ${secret}` }),
		send(source, body, { authorization: `Basic ${basic}` }),
		send(source, body, { "x-webhook-secret": secret }, urls.api),
		fetch(`${urls.copilot}${source.webhookPath}`, {
			method: "PUT",
			headers: { "x-webhook-secret": secret, "content-type": "text/plain" },
			body: JSON.stringify(body),
		}),
	]);
	expect(answers.map(({ status }) => status)).toEqual([
		202, 202, 202, 202, 202,
	]);
	expect(first()).toMatchObject({ name: "HighErrorRate", times: 5 });
});

test("who does not prove it is refused, and stores nothing", async () => {
	const { add, send, alerts, other } = await openIntake();
	const source = await add("alertmanager");
	const foreign = await add("alertmanager", {}, other);
	const body = amBody(amAlert());
	const unknown = {
		webhookPath:
			"/api/v1/webhooks/alertmanager/00000000-0000-4000-8000-000000000000",
	};
	const otherType = {
		webhookPath: source.webhookPath.replace("alertmanager", "grafana"),
	};
	const right = { "x-webhook-secret": source.webhookSecret };
	const answers = await Promise.all([
		send(source, body),
		send(source, body, { "x-webhook-secret": "whsec_wrong" }),
		send(source, body, { authorization: "Bearer " }),
		send(unknown, body, right),
		send(otherType, body, right),
		send(foreign, body, right),
	]);
	expect(answers.map(({ status }) => status)).toEqual([
		401, 401, 401, 404, 404, 404,
	]);
	const texts = await Promise.all(answers.slice(3).map((each) => each.text()));
	expect(new Set(texts).size).toBe(1);
	expect([...alerts(), ...alerts(other)]).toEqual([]);
});

test("what is no JSON or of no such shape is 400, and a fault of one alert costs no other", async () => {
	const { add, send, first } = await openIntake();
	const source = await add("alertmanager");
	const headers = { "x-webhook-secret": source.webhookSecret };
	const bad = [
		"{",
		"",
		"null",
		"[]",
		'{"alerts":{}}',
		'{"alerts":[{}]}',
		"[".repeat(200_000),
	];
	const statuses = await Promise.all(
		bad.map(async (body) => (await send(source, body, headers)).status),
	);
	expect(statuses).toEqual(bad.map(() => 400));
	const mixed = await send(
		source,
		amBody(amAlert(), { labels: {}, startsAt: "yesterday" }),
		headers,
	);
	expect([mixed.status, await mixed.json()]).toMatchObject([
		202,
		{ received: 1, created: 1, faults: [{ index: 1 }] },
	]);
	expect(first().times).toBe(1);
});

test("an integration that is turned off, or whose webhook is, takes nothing", async () => {
	const { add, send, engine, one } = await openIntake();
	const source = await add("alertmanager");
	const headers = { "x-webhook-secret": source.webhookSecret };
	const set = (change: object) =>
		engine.monitoring.integrations.update(one.here, source.id, change);
	const status = async () =>
		(await send(source, amBody(amAlert()), headers)).status;
	await set({ webhookEnabled: false });
	const withoutWebhook = await status();
	await set({ webhookEnabled: true, isEnabled: false });
	const turnedOff = await status();
	engine.monitoring.integrations.remove(one.here, source.id);
	expect([withoutWebhook, turnedOff, await status()]).toEqual([403, 403, 404]);
});

test("a full disk and an overload are 503 with a Retry-After", async () => {
	const { add, send, engine } = await openIntake();
	const source = await add("alertmanager");
	for (const code of [
		"STORAGE_FULL",
		"STORAGE_FAILED",
		"UNAVAILABLE",
	] as const) {
		const add = engine.monitoring.intake.add;
		engine.monitoring.intake.add = () => Promise.reject(new EngineError(code));
		const answer = await send(source, amBody(amAlert()), {
			"x-webhook-secret": source.webhookSecret,
		});
		engine.monitoring.intake.add = add;
		expect([code, answer.status, answer.headers.get("retry-after")]).toEqual([
			code,
			503,
			"5",
		]);
	}
});

test("no number of notifications is too many, on either listener", async () => {
	const { add, send, urls } = await openIntake();
	const source = await add("alertmanager");
	const secret = { "x-webhook-secret": source.webhookSecret };
	for (const base of [urls.copilot, urls.api]) {
		const statuses = new Set<number>();
		for (let count = 0; count < 120; count++) {
			statuses.add((await send(source, amBody(), secret, base)).status);
		}
		expect([...statuses]).toEqual([202]);
	}
});

test("PagerDuty's signature is over the exact bytes, and any of several counts", async () => {
	const { add, send, first } = await openIntake();
	const source = await add("pagerduty", { signingSecret: "made by PagerDuty" });
	const body = fixture("pagerduty-webhook.json");
	const sign = (secret: string, text = body) =>
		`v1=${createHmac("sha256", secret).update(text).digest("hex")}`;
	const right = sign("made by PagerDuty");
	const answers = await Promise.all([
		send(source, body, { "x-pagerduty-signature": right }),
		send(source, body, { "x-pagerduty-signature": `${sign("old")},${right}` }),
		send(source, `${body} `, { "x-pagerduty-signature": right }),
		send(source, body, { "x-pagerduty-signature": sign("another") }),
		send(source, body, { "x-pagerduty-signature": "v1=" }),
	]);
	expect(answers.map(({ status }) => status)).toEqual([
		202, 202, 401, 401, 401,
	]);
	expect(first()).toMatchObject({ source: "pagerduty", times: 2 });
});

test("Grafana's signature may be over a time, which must be near", async () => {
	const { add, send, engine } = await openIntake();
	const plain = await add("grafana", { signingSecret: "hmac" });
	const timed = await add("grafana", {
		signingSecret: "hmac",
		config: { timestampHeader: "X-Signed-At" },
	});
	const body = fixture("grafana.json");
	const sign = (text: string) =>
		createHmac("sha256", "hmac").update(text).digest("hex");
	const now = Math.floor(engine.clock.now() / 1_000);
	const at = (seconds: number) => ({
		"x-signed-at": String(seconds),
		"x-grafana-alerting-signature": sign(`${seconds}:${body}`),
	});
	const answers = await Promise.all([
		send(plain, body, { "x-grafana-alerting-signature": sign(body) }),
		send(timed, body, at(now)),
		send(timed, body, at(now - 3_600)),
		send(timed, body, { "x-grafana-alerting-signature": sign(body) }),
	]);
	expect(answers.map(({ status }) => status)).toEqual([202, 202, 401, 401]);
});

test("a rotated secret is taken for 24 hours more", async () => {
	const { add, send, engine, one, ports } = await openIntake();
	const source = await add("alertmanager");
	const rotated = engine.monitoring.integrations.rotateSecret(
		one.here,
		source.id,
	);
	const statusWith = async (secret: string) =>
		(await send(source, amBody(amAlert()), { "x-webhook-secret": secret }))
			.status;
	const statuses = async () => [
		await statusWith(source.webhookSecret),
		await statusWith(rotated.webhookSecret),
	];
	expect(await statuses()).toEqual([202, 202]);
	ports.clock.set(ports.clock.now() + 25 * 3_600_000);
	expect(await statuses()).toEqual([401, 202]);
});

test("programs that send to PagerDuty's Events API v2 can be pointed here", async () => {
	const { add, enqueue, first, urls } = await openIntake();
	const { webhookSecret } = await add("pagerduty");
	expect(webhookSecret).toHaveLength(32);
	const event = {
		routing_key: webhookSecret,
		event_action: "trigger",
		payload: { summary: "Disk full", source: "host-1", severity: "critical" },
	};
	const taken = await enqueue(event);
	const { dedup_key, ...answer } = (await taken.json()) as Record<
		string,
		string
	>;
	expect([taken.status, answer]).toEqual([
		202,
		{ status: "success", message: "Event processed" },
	]);
	const resolved = await enqueue(
		{ routing_key: webhookSecret, event_action: "resolve", dedup_key },
		urls.api,
	);
	expect([resolved.status, await resolved.json()]).toMatchObject([
		202,
		{ dedup_key },
	]);
	expect(first()).toMatchObject({ status: "resolved", severity: 1 });
	const refused = await Promise.all([
		enqueue({ ...event, routing_key: "x".repeat(32) }),
		enqueue({ ...event, event_action: "explode" }),
		enqueue({ ...event, payload: {} }),
	]);
	expect(refused.map(({ status }) => status)).toEqual([400, 400, 400]);
	expect(await refused[0]?.json()).toMatchObject({
		status: "invalid event",
		message: "Event object is invalid",
	});
});

test("changes that are sent to PagerDuty are kept once, with when they were made", async () => {
	const { add, engine, one, urls } = await openIntake();
	const { webhookSecret } = await add("pagerduty");
	const change = {
		routing_key: webhookSecret,
		payload: {
			summary: "Build 12 deployed",
			timestamp: "2026-01-20T11:00:00Z",
			source: "ci",
			custom_details: { build: 12 },
		},
		links: [{ href: "https://ci.example/12", text: "Build" }],
	};
	const enqueue = async (body: unknown) =>
		(
			await fetch(`${urls.copilot}/v2/change/enqueue`, {
				method: "POST",
				body: JSON.stringify(body),
			})
		).status;
	const statuses = [
		await enqueue(change),
		await enqueue(change),
		await enqueue({ ...change, payload: {} }),
		await enqueue({ ...change, routing_key: "unknown" }),
	];
	expect(statuses).toEqual([202, 202, 400, 400]);
	const at = Date.UTC(2026, 0, 20, 11);
	expect(
		engine.monitoring.changes.between(one.key, one.projectId, at, at, 10),
	).toMatchObject([
		{
			summary: "Build 12 deployed",
			source: "ci",
			details: { build: "12" },
			link: "https://ci.example/12",
			at,
		},
	]);
});

test("a topic of Amazon SNS that asks to be confirmed is shown, and asked by nobody", async () => {
	const { add, send, engine, one } = await openIntake();
	const source = await add("cloudwatch");
	const basic = Buffer.from(`sns:${source.webhookSecret}`).toString("base64");
	const confirmation = JSON.parse(fixture("sns-confirmation.json"));
	const answer = await send(source, confirmation, {
		authorization: `Basic ${basic}`,
		"content-type": "text/plain; charset=UTF-8",
	});
	expect(answer.status).toBe(202);
	const { confirmations } = engine.monitoring.integrations.get(
		one.here,
		source.id,
	);
	expect(confirmations).toMatchObject([
		{ topic: confirmation.TopicArn, url: confirmation.SubscribeURL },
	]);
	const forged = await send(
		source,
		{
			...confirmation,
			SubscribeURL: "https://sns.us-east-1.amazonaws.com.evil.example/",
		},
		{ authorization: `Basic ${basic}` },
	);
	expect(forged.status).toBe(400);
});

test("no secret is in the database or in any answer but the first", async () => {
	const { add, engine, one, folder } = await openIntake();
	const hidden = {
		password: "hidden-password",
		apiKey: "hidden-api-key",
		signingSecret: "hidden-signing",
	};
	const { webhookSecret, ...shown } = await add("grafana", hidden);
	const { integrations } = engine.monitoring;
	const said = JSON.stringify([
		shown,
		integrations.list(one.here),
		integrations.get(one.here, shown.id),
	]);
	const files = ["command.db", "command.db-wal"].map((name) =>
		readFileSync(join(folder, name)).toString("latin1"),
	);
	for (const secret of [webhookSecret, ...Object.values(hidden)]) {
		expect([said, ...files].filter((text) => text.includes(secret))).toEqual(
			[],
		);
	}
	expect(shown).toMatchObject({
		hasPassword: true,
		hasApiKey: true,
		hasSigningSecret: true,
	});
});

function fixture(name: string): string {
	return readFileSync(
		new URL(`../../fixtures/alerts/${name}`, import.meta.url),
		"utf8",
	);
}
