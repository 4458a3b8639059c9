/*
 * An engine from the source behind its listeners, until it is stopped. It makes an
 * integration where there is none, and prints where alerts are taken.
 *
 * Started by alerts.mjs with a data folder and a port.
 */
import { createEngine } from "../../src-main/engine/engine.ts";
import { realPorts } from "../../src-main/entry/real-ports.ts";
import { startListeners } from "../../src-main/http/index.ts";

const [dataDirectory, port] = process.argv.slice(2);
const engine = await createEngine(
	{ dataDirectory, version: "0.0.0", playbooksDirectory: null },
	realPorts(dataDirectory),
);
const listeners = await startListeners(engine, {
	host: "127.0.0.1",
	port: 0,
	copilotPort: Number(port),
	eventsPort: 0,
	rateLimitScale: 1,
	uiDirectory: null,
});
const owner = engine.identity.localPrincipal();
const projectId = engine.identity.projects.firstId(owner.tenant.key);
const { integrations } = engine.services;
const [known] = await integrations.list(owner, { projectId });
const { id, webhookSecret } =
	known ??
	(await integrations.create(owner, {
		projectId,
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
	}));
console.log(
	JSON.stringify({
		url: `${listeners.urls.copilot}/api/v1/webhooks/alertmanager/${id}`,
		secret: webhookSecret ?? null,
	}),
);
