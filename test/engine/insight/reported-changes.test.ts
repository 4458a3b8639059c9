/*
 * What another system tells of a deployment is evidence for the incidents of its project
 * alone, and is shown whole: with its own words, its details and its link, to nobody of
 * another project or tenant.
 */
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { newIntegration } from "../monitoring/open-monitoring.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

async function open() {
	const ports = testPorts();
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "1.0.0" },
		ports,
	);
	onTestFinished(() => engine.close());
	engine.insight.pauseRefreshing();
	const by = engine.identity.localPrincipal();
	const first = engine.identity.projects.firstId(by.tenant.key);
	const told = async (projectId: string) => {
		const { webhookSecret } = await engine.services.integrations.create(
			engine.identity.localPrincipal().in(projectId).needs("admin"),
			{
				...newIntegration("pagerduty"),
				projectId,
			},
		);
		const change = {
			routing_key: webhookSecret,
			payload: {
				summary: "checkout v2.4.5 went live",
				timestamp: new Date(ports.clock.now() - 600_000).toISOString(),
				source: "ci.example.com",
				custom_details: { service: "checkout", build: "1742" },
			},
			links: [{ href: "https://ci.example.com/1742", text: "Build" }],
		};
		await engine.monitoring.door.enqueueChange(
			Buffer.from(JSON.stringify(change)),
		);
	};
	const incident = () =>
		engine.incidents.open(by, {
			title: "Checkout times out",
			description: "",
			severity: 2,
			modelId: null,
			serviceName: "checkout",
		}).id;
	return { engine, by, first, told, incident };
}

test("a deployment that was told of is a cause, and opens its record", async () => {
	const { engine, by, first, told, incident } = await open();
	await told(first);
	const { items } = await engine.insight.generate(by, incident());
	expect(items).toHaveLength(1);
	expect(items[0]?.kind).toBe("deployment");
	const { record } = items[0]?.supporting[0] ?? {};
	expect(record?.kind).toBe("change");
	const id = record?.id ?? "";
	expect(await engine.services.hypotheses.change(by, { id })).toMatchObject({
		kind: "deployment",
		summary: "checkout v2.4.5 went live",
		service: "checkout",
		source: "ci.example.com",
		details: { service: "checkout", build: "1742" },
		link: "https://ci.example.com/1742",
	});
});

test("of another project it is no evidence", async () => {
	const { engine, by, told, incident } = await open();
	const { id } = engine.identity.projects.create(by, { name: "Search" });
	await told(id);
	const { items } = await engine.insight.generate(by, incident());
	expect(items).toEqual([]);
});

test("there is no other change", async () => {
	const { engine, by } = await open();
	const change = async () => engine.services.hypotheses.change(by, { id: "x" });
	await expect(change()).rejects.toMatchObject({ code: "NOT_FOUND" });
});
