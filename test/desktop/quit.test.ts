// A quit waits for the work to be finished, once, and nothing that goes wrong keeps the app open.
import { expect, test } from "vitest";
import { finishBeforeQuit } from "../../src-main/desktop/quit.ts";
import { FakeApp } from "./fake-electron.ts";
import { FakeEvent } from "./fake-emitter.ts";

function ask(app: FakeApp): boolean {
	const event = new FakeEvent();
	app.emit("before-quit", event);
	return event.defaultPrevented;
}

async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

test("holds the quit back until the work is finished", async () => {
	const app = new FakeApp();
	const work = Promise.withResolvers<void>();
	let runs = 0;
	finishBeforeQuit(
		app,
		() => {
			runs++;
			return work.promise;
		},
		() => {},
	);
	expect([ask(app), ask(app)]).toEqual([true, true]);
	await settle();
	expect([runs, app.quits]).toEqual([1, 0]);
	work.resolve();
	await settle();
	expect([app.quits, ask(app)]).toEqual([1, false]);
});

test("work that fails is reported and the app goes all the same", async () => {
	const app = new FakeApp();
	const reported: unknown[] = [];
	finishBeforeQuit(
		app,
		() => Promise.reject(new Error("stuck")),
		(error) => reported.push(error),
	);
	ask(app);
	await settle();
	expect([reported, app.quits, ask(app)]).toEqual([
		[new Error("stuck")],
		1,
		false,
	]);
});
