import { onTestFinished } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import type {
	EgressPolicy,
	ModelServerInput,
} from "../../../src-shared/contract/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";
import { modelServer } from "./model-server.ts";

export const everything: EgressPolicy = {
	fields: [
		"incident_title",
		"incident_description",
		"services",
		"models",
		"alert_names",
		"changes",
		"metrics",
		"actions",
		"past_incidents",
		"times",
	],
	labels: ["team"],
};

/** An engine, a model server that it may ask, and an incident ten minutes after a deployment. */
export async function openAssistant(change = "checkout v2.4.5") {
	const ports = testPorts();
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "1.0.0" },
		ports,
	);
	onTestFinished(() => engine.close());
	engine.insight.pauseRefreshing();
	const by = engine.identity.localPrincipal();
	const { assistant } = engine.services;
	const { id: changeId } = engine.insight.recordChange(by.tenant, {
		kind: "deployment",
		service: "checkout",
		summary: change,
		at: ports.clock.now() - 600_000,
	});
	const { id } = engine.incidents.open(by, {
		title: "Checkout times out",
		description: "Customers of alice@example.com cannot pay",
		severity: 2,
		modelId: null,
		serviceName: "checkout",
		labels: ["team:payments", "region:eu"],
	});
	const server = await modelServer(onTestFinished);
	const settings = (
		more: Partial<ModelServerInput> = {},
	): ModelServerInput => ({
		kind: "openai_compatible",
		baseUrl: server.url,
		model: "tiny-1",
		isLocal: true,
		isEnabled: true,
		timeoutSeconds: 5,
		maxInputTokens: 8_000,
		maxOutputTokens: 1_000,
		...more,
	});
	/** Sets everything that is needed to ask. */
	const ready = async (more: Partial<ModelServerInput> = {}) => {
		await assistant.setServer(by, settings(more));
		await assistant.setPolicy(by, everything);
		const preview = await assistant.preview(by, { incidentId: id });
		await assistant.confirm(by, { incidentId: id, hash: preview.hash });
		return preview;
	};
	const hypotheses = () => engine.insight.forIncident(by, id).items;
	const usage = () => engine.analytics.ofIncident(by, id);
	return {
		ports,
		engine,
		by,
		id,
		changeId,
		assistant,
		server,
		settings,
		ready,
		hypotheses,
		usage,
	};
}
