/*
 * Run as a process of its own: an engine with incidents, alerts, hypotheses, drift's
 * models, analytics and its listeners with their pages, under a network that refuses and
 * counts whatever is not the loopback address. Prints what was counted.
 */
import dgram from "node:dgram";
import dns from "node:dns";
import { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const refused: string[] = [];
let own = 0;

function refuse(what: string): never {
	refused.push(what);
	throw new Error(`the network refuses ${what}`);
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (
	this: net.Socket,
	...given: unknown[]
) {
	const [first] = given.flat() as [unknown];
	const { host, path } = Object(first) as { host?: string; path?: string };
	const isOwn = path !== undefined || host === "127.0.0.1" || host === "::1";
	if (!isOwn) refuse(`a connection to ${host ?? String(first)}`);
	own++;
	return (connect as (...all: unknown[]) => net.Socket).apply(this, given);
} as typeof connect;
dgram.Socket.prototype.send = (() => refuse("a datagram")) as never;
for (const holder of [
	dns,
	dns.promises,
	dns.Resolver.prototype,
	dns.promises.Resolver.prototype,
]) {
	for (const name of Object.getOwnPropertyNames(holder)) {
		if (!/^(lookup|lookupService|resolve\w*|reverse)$/.test(name)) continue;
		const original = Reflect.get(holder, name) as (
			...all: unknown[]
		) => unknown;
		Object.defineProperty(holder, name, {
			// An address of the machine itself is looked up without asking anybody.
			value(this: unknown, asked: string, ...rest: unknown[]) {
				if (asked !== "127.0.0.1") refuse(`${name} of ${asked}`);
				return original.call(this, asked, ...rest);
			},
		});
	}
}
syncBuiltinESMExports();

// What was loaded before the network was replaced would keep the old one.
const { createEngine } = await import("../../../src-main/engine/engine.ts");
const { startListeners } = await import("../../../src-main/http/index.ts");
const { newIntegration } = await import(
	"../../../src-shared/contract/index.ts"
);
const { testPorts } = await import("../test-ports.ts");

if (process.argv.includes("--self-test")) {
	for (const attempt of [
		async () => fetch("http://192.0.2.1/"),
		async () => fetch("http://tocsin.example/"),
		async () => dns.promises.resolve("tocsin.example"),
		async () => net.connect(80, "198.51.100.1"),
		async () => dgram.createSocket("udp4").send("x", 53, "192.0.2.1"),
	]) {
		await attempt().then(
			() => {},
			() => {},
		);
	}
	process.stdout.write(JSON.stringify({ refused, own }));
	process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "tocsin-quiet-"));
const ports = testPorts(Date.now());
const engine = await createEngine(
	{ dataDirectory: folder, version: "1.0.0" },
	ports,
);
const by = engine.identity.localPrincipal();
const projectId = engine.identity.projects.firstId(by.tenant.key);
const here = by.in(projectId).needs("admin");
const listeners = await startListeners(engine, {
	host: "127.0.0.1",
	port: 0,
	copilotPort: 0,
	eventsPort: 0,
	rateLimitScale: 0,
	uiDirectory: null,
});
const made = await engine.services.integrations.create(here, {
	...newIntegration.parse({ type: "alertmanager", name: "Told by webhook" }),
	projectId,
});
const { status: alerted } = await fetch(
	listeners.urls.copilot + made.webhookPath,
	{
		method: "POST",
		headers: {
			"content-type": "application/json",
			"x-webhook-secret": made.webhookSecret,
		},
		body: JSON.stringify({
			version: "4",
			status: "firing",
			receiver: "tocsin",
			groupKey: "{}",
			groupLabels: {},
			commonLabels: {},
			commonAnnotations: {},
			externalURL: "http://alertmanager.example",
			truncatedAlerts: 0,
			alerts: [
				{
					status: "firing",
					labels: {
						alertname: "HighErrorRate",
						service: "service-0",
						severity: "critical",
					},
					annotations: { runbook_url: "https://attacker.example/" },
					startsAt: new Date(ports.clock.now()).toISOString(),
					endsAt: "0001-01-01T00:00:00Z",
					generatorURL: "http://prometheus.example/graph",
					fingerprint: "c2a4f9d1e0b37586",
				},
			],
		}),
	},
);
const explained: number[] = [];
for (let index = 0; index < 5; index++) {
	engine.insight.recordChange(by.tenant, {
		kind: "deployment",
		service: `service-${index}`,
		summary: `service-${index} v2`,
	});
	const { id } = engine.incidents.open(by, {
		title: `service-${index} fails`,
		description: "https://attacker.example/pixel.png",
		severity: 2,
		modelId: null,
		serviceName: `service-${index}`,
	});
	await engine.insight.generate(by, id);
	explained.push(engine.insight.forIncident(by, id).items.length);
}
engine.analytics.cost(here, {
	from: 0,
	to: 86_400_000,
	timeZone: "UTC",
});
const pages: number[] = [];
const { api, copilot } = listeners.urls;
for (const url of [api, copilot].flatMap((base) =>
	["/", "/docs", "/redoc", "/openapi.json"].map((path) => base + path),
)) {
	const { status } = await fetch(url);
	pages.push(status);
}
await engine.insight.flush();
const { total: alerts } = await engine.services.alerts.list(here, {
	projectId,
	skip: 0,
	limit: 10,
} as never);
await listeners.close();
await engine.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
	JSON.stringify({ refused, own, pages, alerted, explained, alerts }),
);
process.exit(0);
