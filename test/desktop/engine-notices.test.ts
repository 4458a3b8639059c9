// Whatever happens to the engine, a person is told once, in words, with choices that work.
import { expect, test } from "vitest";
import { noticeEngine } from "../../src-main/desktop/engine/engine-notices.ts";
import type { StartEngine } from "../../src-main/entry/engine-protocol.ts";
import { fakeElectron } from "./fake-electron.ts";

const start: StartEngine = {
	kind: "start",
	engine: { dataDirectory: "/d", version: "0.0.0" },
	listeners: {
		host: "127.0.0.1",
		port: 8000,
		copilotPort: 8580,
		eventsPort: 8505,
		rateLimitScale: 1,
		uiDirectory: null,
	},
};

function noticed(answer: number) {
	const { electron, asked, answers } = fakeElectron();
	answers.push(answer);
	const calls: unknown[] = [];
	const observer = noticeEngine(electron.dialog, start, {
		start: (message) => calls.push(message.listeners?.port ?? null),
		quit: () => calls.push("quit"),
		tell: (title) => calls.push(title),
		showState: (state) => calls.push(state),
		showCounts: ({ open }) => calls.push(open),
		showCritical: ({ id }) => calls.push(id),
		log() {},
	});
	return { observer, asked, calls };
}

async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

const taken = {
	kind: "failed",
	code: "PORT_IN_USE",
	message: "Port 8000 is taken.",
} as const;

test("a taken port: use free ports, try again or quit", async () => {
	for (const [answer, outcome] of [
		[0, ["stopped", "starting", 0]],
		[1, ["stopped", "starting", 8000]],
		[2, ["stopped", "quit"]],
	] as const) {
		const { observer, asked, calls } = noticed(answer);
		observer.refused(taken);
		await settle();
		expect(asked[0]?.buttons).toEqual(["Use free ports", "Try again", "Quit"]);
		expect(calls).toEqual(outcome);
	}
});

test("another refusal offers no free ports, and closing the question quits", async () => {
	const { observer, asked, calls } = noticed(1);
	observer.refused({ ...taken, code: "DATA_FOLDER_IN_USE" });
	await settle();
	expect(asked[0]).toMatchObject({
		buttons: ["Try again", "Quit"],
		cancelId: 1,
	});
	expect(calls).toEqual(["stopped", "quit"]);
});

test("a streak of crashes is told once, its end asked about, the next streak told anew", async () => {
	const { observer, asked, calls } = noticed(0);
	observer.crashed("broken", 500);
	observer.crashed("broken", 1_000);
	observer.crashed("broken", null);
	await settle();
	expect(asked[0]?.detail).toContain("broken");
	const told = "Tocsin's engine stopped and is being restarted";
	expect(calls).toEqual([
		"restarting",
		told,
		"restarting",
		"stopped",
		"starting",
		8000,
	]);
	observer.crashed("broken", 500);
	expect(calls.at(-1)).toBe(told);
});
