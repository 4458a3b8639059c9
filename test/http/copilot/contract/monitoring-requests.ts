import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { must } from "../../../../src-shared/domain/must.ts";
import {
	amAlert,
	amBody,
	newIntegration,
} from "../../../engine/monitoring/open-monitoring.ts";
import type { OpenCopilot, Sent } from "../open-copilot.ts";
import { projectOfAll, word } from "./requests.ts";

/** An integration of a project of everybody. */
export async function integrationIn(copilot: OpenCopilot, projectId: string) {
	const { engine, founder } = copilot;
	return await engine.monitoring.integrations.create(
		founder.holder.principal.in(projectId).needs("admin"),
		{ ...newIntegration("alertmanager"), name: word() },
	);
}

/** Sends a project's integration one alert; answers its name. */
export async function alertIn(
	copilot: OpenCopilot,
	{ id, webhookSecret }: { id: string; webhookSecret: string },
	more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
	const alertname = word();
	await copilot.engine.monitoring.door.receive({
		type: "alertmanager",
		integrationId: id,
		headers: { "x-webhook-secret": webhookSecret },
		body: Buffer.from(
			JSON.stringify(amBody(amAlert({ labels: { alertname }, ...more }))),
		),
	});
	return alertname;
}

/** A request of the monitoring part that would do something; each makes one project. */
export async function monitoringRequest(
	copilot: OpenCopilot,
	operation: string,
): Promise<Sent> {
	if (!operation.includes("/monitoring/")) return {};
	const projectId = projectOfAll(copilot);
	const json = jsonOf(operation);
	const ids = operation.includes("{integration_id}")
		? [projectId, (await integrationIn(copilot, projectId)).id]
		: [projectId];
	return json === undefined ? { ids } : { ids, json };
}

function jsonOf(operation: string): object | undefined {
	if (operation.endsWith("/test-connection")) {
		return { integration_type: "generic" };
	}
	if (operation.startsWith("PATCH ")) return { name: word() };
	return operation === operations.create
		? { integration_type: "generic", name: word() }
		: undefined;
}

/** A server that answers JSON by path, or nothing until `release` is called; closed when the test is over. */
export async function otherSystem(
	answers: Readonly<Record<string, { status: number; body: unknown }>>,
) {
	const asked: { path: string; authorization: string | undefined }[] = [];
	let gate: Promise<void> = Promise.resolve();
	const server = createServer(async (request, response) => {
		const path = must(request.url, "a path");
		asked.push({ path, authorization: request.headers.authorization });
		await gate;
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
	return {
		url: `http://127.0.0.1:${port}`,
		asked,
		/** Holds answers back until the call of the answer. */
		hold: () => {
			const { promise, resolve } = Promise.withResolvers<void>();
			gate = promise;
			return resolve;
		},
	};
}

const integrations = "/projects/{id}/monitoring/integrations";

/** The operations of the monitoring part. */
export const operations = {
	list: `GET ${integrations}`,
	create: `POST ${integrations}`,
	get: `GET ${integrations}/{integration_id}`,
	change: `PATCH ${integrations}/{integration_id}`,
	remove: `DELETE ${integrations}/{integration_id}`,
	test: `POST ${integrations}/{integration_id}/test`,
	testConnection: `POST ${integrations}/test-connection`,
	alerts: "GET /projects/{id}/monitoring/alerts",
};

/** What an answer that made an integration holds. */
export interface Made {
	readonly id: string;
	readonly webhook_url: string;
	readonly webhook_secret: string;
}

/** Makes an integration as the founder; `ids` are its project's and its own. */
export async function madeIntegration(
	copilot: OpenCopilot,
	json: Readonly<Record<string, unknown>> = {},
	projectId = projectOfAll(copilot),
) {
	const { status, body } = await copilot.founder.call(operations.create, {
		ids: [projectId],
		json: { integration_type: "alertmanager", name: word(), ...json },
	});
	expect(status).toBe(201);
	return { ...(body as Made), ids: [projectId, (body as Made).id] as const };
}
