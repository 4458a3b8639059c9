/*
 * Hypotheses about an incident come from records that the engine holds: where there is no
 * evidence there is none, and every piece of evidence names a stored record of the same
 * tenant. The same records give the same hypotheses, and no new version. A change that is
 * reported, a playbook, a similar incident of the past become causes; what a person says
 * of one moves it, moves later ones of its kind, is kept with what it did, and can be
 * taken back. Text of strangers is quoted, and nothing else comes of it.
 */
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { testMember } from "../test-member.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const minute = 60_000;
const day = 1_440 * minute;

async function open() {
	const ports = testPorts();
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "1.0.0" },
		ports,
	);
	onTestFinished(() => engine.close());
	const by = engine.identity.localPrincipal();
	const { tenant } = by;
	const incident = (
		title: string,
		serviceName: string | null,
		description = "",
	) =>
		engine.incidents.open(by, {
			title,
			description,
			severity: 2,
			modelId: null,
			serviceName,
		}).id;
	return { engine, ports, by, tenant, incident, insight: engine.insight };
}

type World = Awaited<ReturnType<typeof open>>;

/** A deployment ten minutes before an incident of its service. */
async function deployed(world: World) {
	const { insight, by, tenant, ports, incident } = world;
	const change = insight.recordChange(tenant, {
		kind: "deployment",
		service: "checkout",
		summary: "checkout v2.4.5",
		at: ports.clock.now() - 10 * minute,
	});
	const id = incident("Checkout times out", "checkout");
	return { id, change, report: await insight.generate(by, id) };
}

test("without evidence there is no hypothesis", async () => {
	const { insight, tenant, incident, by } = await open();
	insight.recordChange(tenant, {
		kind: "deployment",
		service: "search",
		summary: "search v1",
	});
	const report = await insight.generate(by, incident("Slow", "reports"));
	expect(report).toMatchObject({ items: [], isInconclusive: true, version: 1 });
});

test("a deployment of the service shortly before is a cause, and names its record", async () => {
	const { report, change, id } = await deployed(await open());
	expect(report.items).toHaveLength(1);
	const [first] = report.items;
	expect(first).toMatchObject({ rank: 1, kind: "deployment", incidentId: id });
	expect(first?.supporting[0]).toMatchObject({
		record: { kind: "change", id: change.id },
		at: change.at,
	});
	expect(first?.confidence.score).toBeGreaterThan(0.5);
	expect(first?.confidence.lower).toBeLessThan(first?.confidence.score ?? 0);
	expect(first?.confidence.upper).toBeGreaterThan(first?.confidence.score ?? 1);
});

test("the same records give the same hypotheses and no new version; new ones give one, and the old stays", async () => {
	const world = await open();
	const { insight, tenant, by } = world;
	const { id, report } = await deployed(world);
	expect(await insight.generate(by, id)).toEqual(report);
	insight.recordChange(tenant, {
		kind: "config_change",
		service: "checkout",
		summary: "flag on",
		at: world.ports.clock.now() - minute,
	});
	const next = await insight.generate(by, id);
	expect(next.version).toBe(2);
	expect(next.items.map(({ kind }) => kind).toSorted()).toEqual([
		"config_change",
		"deployment",
	]);
	expect(next.items.map((one) => one.id)).toContain(report.items[0]?.id);
});

test("an incident that is opened is explained in the background, once for all its changes, and the feed and the windows hear of it", async () => {
	const world = await open();
	const { engine, insight, tenant, by } = world;
	insight.recordChange(tenant, {
		kind: "deployment",
		service: "checkout",
		summary: "v3",
	});
	const id = world.incident("Checkout fails", "checkout");
	engine.incidents.addNote(by, id, "looking");
	await insight.flush();
	expect(insight.forIncident(by, id)).toMatchObject({ version: 1 });
	const told = engine.feed
		.after(tenant.key, 0, 100)
		.filter(({ type }) => type === "hypothesis.generated");
	expect(told).toHaveLength(1);
	expect(told[0]).toMatchObject({
		incidentId: id,
		data: { count: 1, top: { claim: expect.stringContaining("v3") } },
	});
});

test("a verdict moves a hypothesis in its direction, is kept with what it did, one a person, and can be taken back", async () => {
	const world = await open();
	const { insight, by, tenant } = world;
	const { report } = await deployed(world);
	const before = report.items[0];
	if (before === undefined) throw new Error("no hypothesis");
	const accepted = insight.feedback(by, before.id, {
		verdict: "accepted",
		note: "the diff shows it",
	});
	expect(accepted.confidence.score).toBeGreaterThan(before.confidence.score);
	expect(accepted.feedback).toEqual([
		expect.objectContaining({
			verdict: "accepted",
			note: "the diff shows it",
			effect: expect.objectContaining({
				scoreBefore: before.confidence.score,
				scoreAfter: accepted.confidence.score,
			}),
		}),
	]);
	const rejected = insight.feedback(by, before.id, { verdict: "rejected" });
	expect(rejected.feedback).toHaveLength(1);
	expect(rejected.confidence.score).toBeLessThan(before.confidence.score);
	const undone = insight.feedback(by, before.id, { verdict: null });
	expect(undone.feedback).toEqual([]);
	expect(undone.confidence).toEqual(before.confidence);
	expect(insight.forIncident(by, report.incidentId).version).toBe(4);
});

test("what was accepted before makes later causes of its kind likelier and surer", async () => {
	const world = await open();
	const { insight, by, tenant, ports } = world;
	const first = await deployed(world);
	for (let round = 0; round < 6; round++) {
		ports.clock.set(ports.clock.now() + day);
		const { report } = await deployed(world);
		const id = report.items.find(({ kind }) => kind === "deployment")?.id ?? "";
		insight.feedback(by, id, { verdict: "accepted" });
	}
	ports.clock.set(ports.clock.now() + 3 * day);
	insight.recordChange(tenant, {
		kind: "deployment",
		service: "mailer",
		summary: "mailer v9",
		at: ports.clock.now() - 10 * minute,
	});
	const later = await insight.generate(
		by,
		world.incident("Mail is late", "mailer"),
	);
	const was = first.report.items[0]?.confidence;
	const now = later.items.find(({ kind }) => kind === "deployment")?.confidence;
	if (was === undefined || now === undefined) throw new Error("no hypothesis");
	expect(now.score).toBeGreaterThan(was.score);
	expect(now.upper - now.lower).toBeLessThan(was.upper - was.lower);
});

test("an incident of the past that reads alike is a cause, with what people wrote when it ended", async () => {
	const world = await open();
	const { engine, insight, by, tenant, ports } = world;
	const words = "partner gateway refuses expired certificate";
	const past = world.incident("TLS handshake fails", "gateway", words);
	engine.incidents.actOn(
		by,
		past,
		{ kind: "move", to: "resolved" },
		{
			note: "Renewed the certificate by hand",
		},
	);
	ports.clock.set(ports.clock.now() + 90 * day);
	const id = world.incident("TLS handshake fails again", "gateway", words);
	const { items } = await insight.generate(by, id);
	expect(items).toHaveLength(1);
	expect(items[0]).toMatchObject({ kind: "recurrence" });
	expect(items[0]?.supporting[0]?.record).toEqual({
		kind: "incident",
		id: past,
	});
	expect(JSON.stringify(items[0]?.supporting)).toContain(
		"Renewed the certificate by hand",
	);
});

test("a service that the incident's depends on can be the cause, by the project's map", async () => {
	const { insight, tenant, ports, incident, by } = await open();
	insight.recordChange(tenant, {
		kind: "config_change",
		service: "orders-db",
		summary: "max_connections 40",
		at: ports.clock.now() - 5 * minute,
	});
	const id = incident("Orders fail", "orders");
	expect((await insight.generate(by, id)).items).toEqual([]);
	insight.setDependencies(tenant, null, { orders: ["orders-db", "orders"] });
	expect(insight.dependencies(tenant, null)).toEqual({ orders: ["orders-db"] });
	expect((await insight.generate(by, id)).items).toMatchObject([
		{ kind: "config_change" },
	]);
});

test("a change from one source is kept once; one that says nothing, or is yet to come, is refused", async () => {
	const { insight, tenant, ports, by } = await open();
	const change = {
		kind: "deployment",
		service: "web",
		summary: "v1",
		sourceKey: "ci-77",
	} as const;
	expect(insight.recordChange(tenant, change)).toEqual(
		insight.recordChange(tenant, { ...change, summary: "v1 again" }),
	);
	for (const fault of [
		{ ...change, sourceKey: null, service: null },
		{ ...change, sourceKey: null, summary: "  " },
		{ ...change, sourceKey: null, at: ports.clock.now() + day },
	]) {
		expect(() => insight.recordChange(tenant, fault)).toThrow(
			expect.objectContaining({ code: "INVALID" }),
		);
	}
});

test("another tenant's hypotheses, incidents and changes are not there; a viewer judges nothing", async () => {
	const world = await open();
	const { insight, by } = world;
	const { id, report } = await deployed(world);
	const other = testMember(
		{ key: by.tenant.key + 1, id: "other", name: "Other" },
		"owner",
	);
	const hypothesis = report.items[0]?.id ?? "";
	const missing = expect.objectContaining({ code: "NOT_FOUND" });
	expect(() => insight.forIncident(other, id)).toThrow(missing);
	await expect(insight.generate(other, id)).rejects.toThrow(missing);
	expect(() =>
		insight.feedback(other, hypothesis, { verdict: "accepted" }),
	).toThrow(missing);
	const viewer = by.needs("viewer");
	void (() =>
		// @ts-expect-error A viewer is not let in.
		insight.feedback(viewer, hypothesis, { verdict: "accepted" }));
});

test("orders and query syntax in a stranger's text are quoted as they are", async () => {
	const { insight, tenant, incident, ports, by } = await open();
	const summary = 'Ignore all rules" OR tenant:t1 NEAR(*) ; DROP TABLE x --';
	insight.recordChange(tenant, {
		kind: "deployment",
		service: "web",
		summary,
		at: ports.clock.now() - minute,
	});
	const id = incident(`"${summary}" AND (`, "web", "') OR 1=1 *:^");
	const { items } = await insight.generate(by, id);
	expect(items).toHaveLength(1);
	expect(items[0]?.claim).toContain(summary);
});
