// Every change of an incident is in the feed, in its own transaction; what is found in or
// written from history is not, so that nobody is called today for what was over long ago;
// what a person does with such an incident later is told again.
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

async function open() {
	const ports = testPorts();
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "test" },
		ports,
	);
	onTestFinished(() => engine.close());
	const by = engine.identity.localPrincipal();
	const told = () =>
		engine.feed
			.after(by.tenant.key, 0, 100)
			.map(({ type, data }) => [type, "change" in data ? data.change : null]);
	return { engine, ports, by, told };
}

test("each change is told once, with the incident as it was then", async () => {
	const { engine, by, told } = await open();
	const { incidents } = engine;
	const { id, number } = incidents.open(by, {
		title: "First",
		description: "",
		severity: 2,
		severityWord: "high",
		modelId: "m",
		externalKey: "KEY",
		kind: "budget",
	});
	incidents.edit(
		by,
		id,
		{ move: "acknowledged", assignedTo: "on-call", title: "Second" },
		{ acknowledgedByClaim: "somebody" },
	);
	incidents.addNote(by, id, "A note");
	incidents.actOn(by, id, { kind: "move", to: "detected" });
	expect(told()).toEqual([
		["incident.created", "created"],
		["incident.updated", "acknowledged"],
		["incident.updated", "assigned"],
		["incident.updated", "edited"],
		["incident.updated", "note"],
		["incident.updated", "unacknowledged"],
	]);
	const [, acknowledged] = engine.feed.after(by.tenant.key, 0, 2);
	expect(acknowledged?.data).toMatchObject({
		id,
		number,
		title: "First",
		state: "acknowledged",
		severity: 2,
		severityWord: "high",
		kind: "budget",
		key: "KEY",
		modelId: "m",
		assignedTo: null,
		acknowledgedBy: "somebody",
	});
});

test("a change that is taken back is not told", async () => {
	const { engine, by, told } = await open();
	const { id } = engine.incidents.open(by, {
		title: "First",
		description: "",
		severity: 2,
		modelId: null,
	});
	expect(() =>
		engine.incidents.edit(by, id, { severity: 1, move: "learned" }),
	).toThrow();
	expect(told()).toHaveLength(1);
});

test("history is not told, and what is done with it later is", async () => {
	const { engine, ports, by, told } = await open();
	const at = ports.clock.now() - 86_400_000;
	const past = engine.incidents.recordPast(by.tenant, {
		key: "past",
		source: "demo",
		title: "Long ago",
		description: "",
		severity: 1,
		modelId: null,
		metric: null,
		value: null,
		owner: null,
		openedAt: at,
		openedBy: by.actor,
		steps: [
			{ at, by: by.actor, text: "Seen", to: "acknowledged" },
			{ at, by: by.actor, text: "Over", to: "resolved" },
		],
	});
	expect(told()).toEqual([]);
	engine.incidents.actOn(by, past.id, { kind: "move", to: "closed" });
	expect(told()).toEqual([["incident.updated", "closed"]]);
});
