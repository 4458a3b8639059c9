// The engine is kept running: a crash starts it again, later each time, and after six in a
// row a person decides; a refusal is not retried by itself; a page's port is never lost in
// between; shutting down waits, but not for ever. On real worker threads.
import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";
import {
	EngineLink,
	type EngineObserver,
} from "../../src-main/desktop/engine/engine-link.ts";
import { restartDelay } from "../../src-main/desktop/engine/restart-delay.ts";
import type { StartEngine } from "../../src-main/entry/engine-protocol.ts";
import {
	crashingEngine,
	deafEngine,
	refusingEngine,
	scriptedEngine,
} from "./scripted-engine.ts";

const start: StartEngine = {
	kind: "start",
	engine: { dataDirectory: "/d", version: "0.0.0" },
	listeners: null,
};
const workers: Worker[] = [];
afterEach(async () => {
	await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

function linkTo(scripts: string[], now?: () => number) {
	const events: string[] = [];
	const observer: EngineObserver = {
		ready: () => events.push("ready"),
		refused: ({ code }) => events.push(`refused ${code}`),
		openIncidents: ({ open, critical }) =>
			events.push(`open ${open}, critical ${critical}`),
		criticalIncident: ({ id }) => events.push(`critical ${id}`),
		crashed: (reason, delay) => events.push(`crashed: ${reason}, ${delay}`),
	};
	const link = new EngineLink(
		() => {
			const script = scripts.length > 1 ? scripts.shift() : scripts[0];
			// An error thrown in a scripted worker is the point, not news for the console.
			const worker = new Worker(script ?? "", { eval: true, stderr: true });
			workers.push(worker);
			return worker;
		},
		observer,
		now,
	);
	return { link, events };
}

function page(link: EngineLink) {
	const { port1, port2 } = new MessageChannel();
	link.connectUi(port2);
	return port1;
}

async function answer(port: MessageChannel["port1"]): Promise<unknown> {
	const [message] = await once(port, "message");
	return message;
}

test("starts the engine, asks for its counts, and serves a page", async () => {
	const { link, events } = linkTo([scriptedEngine]);
	link.start(start);
	link.start(start);
	await vi.waitFor(() =>
		expect(events).toEqual(["ready", "open 0, critical 0"]),
	);
	const port = page(link);
	port.postMessage({ id: 1, input: "hello" });
	expect(await answer(port)).toEqual({ id: 1, output: { echoed: "hello" } });
	expect(await link.shutDown(5_000)).toBe("finished");
	expect(workers).toHaveLength(1);
});

test("a page that asks before the engine is ready is answered when it is", async () => {
	const { link } = linkTo([scriptedEngine]);
	const port = page(link);
	port.postMessage({ id: 1, input: "early" });
	const gone = page(link);
	gone.close();
	await once(gone, "close");
	link.start(start);
	expect(await answer(port)).toEqual({ id: 1, output: { echoed: "early" } });
	await link.shutDown(5_000);
});

test("starts again after a crash, and closes the ports of the dead engine", async () => {
	const { link, events } = linkTo([scriptedEngine]);
	link.start(start);
	const port = page(link);
	const closed = once(port, "close");
	port.postMessage("crash");
	await closed;
	await vi.waitFor(() => expect(events).toHaveLength(5), 5_000);
	expect(events).toEqual([
		"ready",
		"open 0, critical 0",
		"crashed: asked to crash, 500",
		"ready",
		"open 0, critical 0",
	]);
	const again = page(link);
	again.postMessage({ id: 2, input: "back" });
	expect(await answer(again)).toEqual({ id: 2, output: { echoed: "back" } });
	await link.shutDown(5_000);
});

test("gives up after six crashes in a row, until it is started by hand", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	try {
		const { link, events } = linkTo([crashingEngine]);
		link.start(start);
		for (let crash = 1; crash <= 6; crash++) {
			while (events.length < crash)
				await new Promise((resolve) => setImmediate(resolve));
			await vi.advanceTimersByTimeAsync(60_000);
		}
		expect(events).toEqual(
			[500, 1_000, 2_000, 4_000, 8_000, null].map(
				(delay) => `crashed: broken engine, ${delay}`,
			),
		);
		expect(workers).toHaveLength(6);
		link.start(start);
		while (events.length < 7)
			await new Promise((resolve) => setImmediate(resolve));
		expect(events.at(-1)).toBe("crashed: broken engine, 500");
		await link.shutDown(5_000);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(workers).toHaveLength(7);
	} finally {
		vi.useRealTimers();
	}
});

test("an engine that ran for a minute starts its count of crashes anew", async () => {
	let time = 0;
	const { link, events } = linkTo([crashingEngine, scriptedEngine], () => time);
	link.start(start);
	await vi.waitFor(() => expect(events).toContain("ready"), 5_000);
	time = 60_000;
	page(link).postMessage("crash");
	await vi.waitFor(() => expect(events.at(-1)).toMatch(/^crashed/));
	expect(events.at(-1)).toBe("crashed: asked to crash, 500");
	await link.shutDown(5_000);
});

test("a refusal is told once and tried again only when asked", async () => {
	const { link, events } = linkTo([refusingEngine, scriptedEngine]);
	link.start(start);
	await vi.waitFor(() => expect(events).toEqual(["refused PORT_IN_USE"]));
	link.start(start);
	await vi.waitFor(() => expect(events).toContain("ready"));
	expect(events.filter((event) => event.startsWith("crashed"))).toEqual([]);
	await link.shutDown(5_000);
});

test("an engine that does not finish in time is ended", async () => {
	const { link, events } = linkTo([deafEngine]);
	link.start(start);
	await vi.waitFor(() => expect(events).toContain("ready"));
	expect(await link.shutDown(50)).toBe("ended");
	expect(events.filter((event) => event.startsWith("crashed"))).toEqual([]);
});

test("shutting down before any start, or between two, starts nothing more", async () => {
	expect(await linkTo([scriptedEngine]).link.shutDown(50)).toBe("finished");
	const { link, events } = linkTo([crashingEngine]);
	link.start(start);
	await vi.waitFor(() => expect(events).toHaveLength(1));
	expect(await link.shutDown(50)).toBe("finished");
});

test("the delay doubles from half a second and ends at six", () => {
	expect([1, 2, 3, 4, 5, 6, 7].map(restartDelay)).toEqual([
		500,
		1_000,
		2_000,
		4_000,
		8_000,
		null,
		null,
	]);
});
