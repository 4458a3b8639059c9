/*
 * An engine behind its listeners until it is killed. It makes an integration where there is
 * none, and prints where alerts are taken and how many are stored.
 *
 * node test/crash/intake-kill-engine.ts DATA_FOLDER
 */
const { createEngine } = await import("../../src-main/engine/engine.ts");
const { startListeners } = await import("../../src-main/http/index.ts");
const { realPorts } = await import("../../src-main/entry/real-ports.ts");

const [dataDirectory = ""] = process.argv.slice(2);
const engine = await createEngine(
	{ dataDirectory, version: "0.0.0", playbooksDirectory: null },
	realPorts(dataDirectory),
);
const listeners = await startListeners(engine, {
	host: "127.0.0.1",
	port: 0,
	copilotPort: 0,
	eventsPort: 0,
	rateLimitScale: 1,
	uiDirectory: null,
});
const owner = engine.identity.localPrincipal();
const here = owner
	.in(engine.identity.projects.firstId(owner.tenant.key))
	.needs("owner");
const { integrations, alerts } = engine.monitoring;
const [known] = integrations.list(here);
const { id, webhookSecret } =
	known === undefined
		? await integrations.create(here, {
				type: "alertmanager",
				name: "Alertmanager",
				description: "",
				url: null,
				username: null,
				password: null,
				apiKey: null,
				signingSecret: null,
				config: {},
				severities: {},
				webhookEnabled: true,
				isPrimary: false,
			})
		: { id: known.id, webhookSecret: null };
const { total } = alerts.list(here, { skip: 0, limit: 1 });
process.stdout.write(
	`${JSON.stringify({
		url: `${listeners.urls.copilot}/api/v1/webhooks/alertmanager/${id}`,
		secret: webhookSecret,
		total,
	})}\n`,
);

export {};
