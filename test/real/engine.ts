import { createEngine, type Engine } from "../../src-main/engine/engine.ts";
import { realPorts } from "../../src-main/entry/real-ports.ts";
import { startListeners } from "../../src-main/http/index.ts";
import type { AlertSummary } from "../../src-shared/contract/index.ts";

/** An engine with its listeners, as it serves people. */
export async function startEngine(dataDirectory: string, copilotPort: number) {
	const ports = realPorts(dataDirectory);
	const engine = await createEngine(
		{ dataDirectory, version: "0.0.0", playbooksDirectory: null },
		ports,
	);
	const listeners = await startListeners(engine, {
		host: "127.0.0.1",
		port: 0,
		copilotPort,
		eventsPort: 0,
		rateLimitScale: 1,
		uiDirectory: null,
	});
	return {
		engine,
		stop: async () => {
			await listeners.close();
			await engine.close();
			await ports.close();
		},
	};
}

/** The alerts of a queue that an integration knows, as people see them, oldest first. */
export async function alertsOf(
	engine: Engine,
	integrationId: string,
	queue: string,
): Promise<AlertSummary[]> {
	const owner = engine.identity.localPrincipal();
	const projectId = engine.identity.projects.firstId(owner.tenant.key);
	const { items } = await engine.services.alerts.list(owner.in(projectId), {
		projectId,
		skip: 0,
		limit: 500,
	});
	return items
		.filter(
			(alert) =>
				alert.integrationId === integrationId && alert.labels.queue === queue,
		)
		.toReversed();
}
