import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../src-main/engine/engine.ts";
import { must } from "../../src-shared/domain/must.ts";
import { newIntegration } from "../engine/monitoring/open-monitoring.ts";
import { alertsOf, startEngine } from "./engine.ts";
import { freePort, until } from "./programs.ts";
import {
	startAlertmanager,
	startExporter,
	startPrometheus,
} from "./sources.ts";

const seen = 2_000;
const defaultGroupWait = 30_000;
const shortGroupWait = 1_000;
/** The moments at which history is looked at. */
const step = 15_000;
const away = 25_000;

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** Throws what does not hold. Everything it starts is stopped. */
export async function proveMonitoring(programs: {
	readonly prometheus: string;
	readonly alertmanager: string;
	readonly folder: string;
}): Promise<void> {
	const stops: (() => unknown)[] = [];
	try {
		await prove(programs, (stop) => stops.unshift(stop));
	} finally {
		for (const stop of stops) await stop();
	}
}

async function prove(
	{ prometheus, alertmanager, folder }: Parameters<typeof proveMonitoring>[0],
	onEnd: (stop: () => unknown) => void,
): Promise<void> {
	const data = join(folder, "data");
	mkdirSync(data);
	const enginePort = await freePort();
	const alertmanagerPort = await freePort();
	const exporter = await startExporter();
	onEnd(exporter.stop);
	const source = await startPrometheus(
		prometheus,
		folder,
		exporter.port,
		alertmanagerPort,
	);
	onEnd(() => source.running.stop());
	let running = await startEngine(data, enginePort);
	onEnd(() => running.stop());
	const { engine } = running;
	const integrations = await connect(
		engine,
		source.url,
		`http://127.0.0.1:${alertmanagerPort}`,
	);
	const manager = await startAlertmanager(
		alertmanager,
		folder,
		alertmanagerPort,
		Object.values(integrations).map(({ webhookPath, webhookSecret }) => ({
			url: `http://127.0.0.1:${enginePort}${webhookPath}`,
			secret: webhookSecret,
		})),
	);
	onEnd(() => manager.stop());
	const { sent, managed, asked } = integrations;

	/** When Prometheus itself says that the queue's alert fires. */
	const firesAt = (queue: string) =>
		until(`${queue} fires`, 20_000, async () =>
			(await firing(source.url)).includes(queue),
		);
	const is = async (
		of: { id: string },
		queue: string,
		statuses: string,
		millis: number,
	) =>
		await until(`${queue} is ${statuses}`, millis, async () => {
			const alerts = await alertsOf(running.engine, of.id, queue);
			return alerts.map(({ status }) => status).join() === statuses;
		});

	exporter.set("orders", 500);
	const fired = await firesAt("orders");
	const waits = await Promise.all(
		[asked, managed, sent].map((one) => is(one, "orders", "firing", 20_000)),
	);
	const [byAsking = 0, byManager = 0, bySending = 0] = waits.map(
		(at) => at - fired,
	);
	say(
		`seen after Prometheus fires: asking Prometheus ${byAsking} ms, asking Alertmanager ${byManager} ms, webhook ${bySending} ms with a group wait of ${shortGroupWait} ms`,
	);
	assert(byAsking <= seen, "asking Prometheus takes longer than 2 s");
	assert(byManager <= seen, "asking Alertmanager takes longer than 2 s");
	assert(bySending - shortGroupWait <= seen, "the webhook takes longer");
	const [incidentAlert] = await alertsOf(engine, managed.id, "orders");
	assert.equal(incidentAlert?.labels.region, "test");

	exporter.set("orders", 0);
	for (const one of [asked, managed, sent]) {
		await is(one, "orders", "resolved", 30_000);
	}
	say("intake, polling, resolve: one episode each, by webhook and by asking");

	exporter.set("page-1", 500);
	const paged = await firesAt("page-1");
	const early = (await is(asked, "page-1", "firing", 20_000)) - paged;
	const late = (await is(sent, "page-1", "firing", 60_000)) - paged;
	say(
		`with Alertmanager's default group wait of 30 s: asking ${early} ms, webhook ${late} ms, ${late - defaultGroupWait} ms beyond the wait`,
	);
	assert(early <= seen, "asking takes longer than 2 s");
	assert(late - defaultGroupWait <= seen, "the webhook takes 2 s longer");
	exporter.set("page-1", 0);
	await is(asked, "page-1", "resolved", 30_000);
	assert.equal((await alertsOf(engine, asked.id, "page-1")).length, 1);

	await proveSilence(engine, managed.id, exporter.set, is);

	const left = Date.now();
	await running.stop();
	exporter.set("night", 500);
	const from = await firesAt("night");
	await pause(away - (Date.now() - left));
	exporter.set("night", 0);
	const to = await until("night is over", 20_000, async () =>
		(await firing(source.url)).every((queue) => queue !== "night"),
	);
	// So that the whole of it is well before the engine is back.
	await pause(step);
	running = await startEngine(data, enginePort);
	for (const one of [asked, managed]) {
		await is(one, "night", "resolved", 30_000);
		const [alert] = await alertsOf(running.engine, one.id, "night");
		const { startsAt, endsAt, isBackfilled, incidentId } = must(alert, "there");
		assert(isBackfilled, "it is marked as rebuilt");
		assert.equal(incidentId, null, "it opens no incident");
		const ends = must(endsAt, "it is over");
		assert(Math.abs(startsAt - from) <= step + 1_000, "its beginning is right");
		assert(Math.abs(ends - to) <= step + 1_000, "its end is right");
		say(
			`backfill: fired and over while the engine was away; beginning off by ${startsAt - from} ms, end by ${ends - to} ms`,
		);
	}
	assert.equal((await alertsOf(running.engine, sent.id, "night")).length, 0);
}

/** Three ways to the same alerts: sent only; asked of Alertmanager; asked of Prometheus. All are sent them too. */
async function connect(
	engine: Engine,
	prometheusUrl: string,
	alertmanagerUrl: string,
) {
	const owner = engine.identity.localPrincipal();
	const projectId = engine.identity.projects.firstId(owner.tenant.key);
	const here = owner.in(projectId).needs("owner");
	const add = (
		type: "alertmanager" | "prometheus",
		name: string,
		url: string | null,
		config: Record<string, string | number> = {},
	) =>
		engine.services.integrations.create(here, {
			...newIntegration(type),
			projectId,
			name,
			url,
			config: {
				graceSeconds: 2,
				warmUpSeconds: 5,
				...config,
			},
		});
	return {
		sent: await add("alertmanager", "sent", null),
		managed: await add("alertmanager", "managed", alertmanagerUrl, {
			prometheusUrl,
		}),
		asked: await add("prometheus", "asked", prometheusUrl),
	};
}

/** A silence from an incident keeps an alert quiet; one that ends meanwhile, of which Alertmanager tells nobody, is ended by asking. */
async function proveSilence(
	engine: Engine,
	integrationId: string,
	set: (queue: string, depth: number) => unknown,
	is: (
		of: { id: string },
		queue: string,
		statuses: string,
		millis: number,
	) => Promise<number>,
): Promise<void> {
	const owner = engine.identity.localPrincipal();
	const { services } = engine;
	const projectId = engine.identity.projects.firstId(owner.tenant.key);
	const here = owner.in(projectId).needs("owner");
	for (const queue of ["mail", "mail-2"]) set(queue, 500);
	for (const queue of ["mail", "mail-2"]) {
		await is({ id: integrationId }, queue, "firing", 20_000);
	}
	const alert = async (queue: string) =>
		must((await alertsOf(engine, integrationId, queue))[0], "it fires");
	const { id: incidentId } = await services.incidents.create(owner, {
		title: "Mail is stuck",
		description: "",
		severity: 3,
		modelId: null,
	});
	await services.alertRules.place(here, {
		projectId,
		ids: [(await alert("mail")).id],
		to: { kind: "incident", incidentId },
	});
	const target = { projectId, incidentId, integrationId };
	const proposed = await services.silences.preview(here, target);
	assert.equal(proposed.total, 1, "it matches the incident's alert alone");
	const wider = await services.silences.preview(here, {
		...target,
		matchers: [{ name: "queue", operator: "=~", value: "mail.*" }],
	});
	assert.deepEqual([wider.total, wider.ofIncident], [2, 1]);
	const silence = await services.silences.create(here, {
		...target,
		matchers: proposed.matchers,
		endsAt: Date.now() + 600_000,
		comment: "The mail server is being moved",
	});
	await until("mail is quiet", 10_000, async () =>
		((await alert("mail")).suppressedBy ?? "").includes(
			silence.sourceId ?? "?",
		),
	);
	assert.equal((await alert("mail-2")).suppressedBy, null);
	await services.silences.expire(here, { projectId, id: silence.id });
	await until(
		"mail is heard again",
		10_000,
		async () => (await alert("mail")).suppressedBy === null,
	);
	await services.silences.create(here, {
		...target,
		matchers: proposed.matchers,
		endsAt: Date.now() + 600_000,
		comment: "Once more",
	});
	await until(
		"mail is quiet again",
		10_000,
		async () => (await alert("mail")).suppressedBy !== null,
	);
	for (const queue of ["mail", "mail-2"]) set(queue, 0);
	await is({ id: integrationId }, "mail", "resolved", 30_000);
	const { events } = await services.alerts.get(here, {
		projectId,
		id: (await alert("mail")).id,
	});
	say(
		`silence: previewed, set, marked, ended; ${events.at(-1)?.kind} while silenced: ${JSON.stringify(events.at(-1)?.detail)}`,
	);
}

async function firing(prometheusUrl: string): Promise<string[]> {
	const answer = await fetch(`${prometheusUrl}/api/v1/alerts`);
	const { data } = (await answer.json()) as {
		data: { alerts: { state: string; labels: Record<string, string> }[] };
	};
	return data.alerts
		.filter(({ state }) => state === "firing")
		.map(({ labels }) => labels.queue ?? "");
}

async function pause(millis: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, Math.max(0, millis)));
}
