// The window opens where it was, wholly on a display that is there now; what it remembers
// is replaced as a whole; its page is reloaded when it dies.
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { askAboutPage } from "../../src-main/desktop/window/page-crash-question.ts";
import {
	type Placement,
	placeWindow,
	type Rectangle,
} from "../../src-main/desktop/window/placement.ts";
import {
	readPlacement,
	writePlacement,
} from "../../src-main/desktop/window/placement-file.ts";
import { rememberPlacement } from "../../src-main/desktop/window/remembered-placement.ts";
import { recoverRenderer } from "../../src-main/desktop/window/renderer-recovery.ts";
import { openShellWindow } from "../../src-main/desktop/window/shell-window.ts";
import { WindowKeeper } from "../../src-main/desktop/window/window-keeper.ts";
import { FakeContents, FakeWindow, fakeElectron } from "./fake-electron.ts";
import { FakeEvent } from "./fake-emitter.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-window-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.useRealTimers());

const left: Rectangle = { x: 0, y: 25, width: 1_920, height: 1_055 };
const right: Rectangle = { x: 1_920, y: 0, width: 2_560, height: 1_400 };

function at(x: number, y: number, width = 1_200, height = 800): Placement {
	return {
		bounds: { x, y, width, height },
		isMaximized: false,
		isFullScreen: false,
	};
}

test("the first window is in the middle of the primary display", () => {
	expect(placeWindow(null, [left]).bounds).toEqual({
		x: 240,
		y: 102,
		width: 1_440,
		height: 900,
	});
});

test("stays where it was, moves in when it hangs out, comes home when its display is gone", () => {
	expect(placeWindow(at(2_000, 100), [left, right])).toEqual(at(2_000, 100));
	expect(placeWindow(at(-300, 0), [left, right])).toEqual(at(0, 25));
	expect(placeWindow(at(2_000, 100), [left]).bounds).toMatchObject({ x: 360 });
	expect(placeWindow(at(0, 0, 9_000, 9_000), [left]).bounds).toEqual(left);
});

test("law: the window is wholly inside one work area, whatever was remembered", () => {
	const whole = (min: number, max: number) => fc.integer({ min, max });
	const area = fc.record({
		x: whole(-5_000, 5_000),
		y: whole(-5_000, 5_000),
		width: whole(300, 4_000),
		height: whole(200, 3_000),
	});
	const remembered = fc.record({
		bounds: fc.record({
			x: whole(-100_000, 100_000),
			y: whole(-100_000, 100_000),
			width: whole(1, 100_000),
			height: whole(1, 100_000),
		}),
		isMaximized: fc.boolean(),
		isFullScreen: fc.boolean(),
	});
	fc.assert(
		fc.property(
			fc.option(remembered),
			area,
			fc.array(area, { maxLength: 3 }),
			(placement, primary, others) => {
				const { bounds } = placeWindow(placement, [primary, ...others]);
				return [primary, ...others].some(
					(home) =>
						bounds.x >= home.x &&
						bounds.y >= home.y &&
						bounds.x + bounds.width <= home.x + home.width &&
						bounds.y + bounds.height <= home.y + home.height,
				);
			},
		),
	);
});

test("what is written reads back; anything else is as if nothing was remembered", () => {
	const file = join(folder, "deep", "window.json");
	expect(readPlacement(file)).toBeNull();
	writePlacement(file, at(1, 2));
	expect(readPlacement(file)).toEqual(at(1, 2));
	for (const text of [
		"",
		"{",
		"null",
		'{"bounds":{}}',
		'{"bounds":{"x":1e9}}',
	]) {
		writeFileSync(file, text);
		expect(readPlacement(file)).toBeNull();
	}
});

test("a write that fails leaves the old file and no draft", () => {
	const place = join(folder, "occupied");
	mkdirSync(join(place, "window.json", "x"), { recursive: true });
	expect(() => writePlacement(join(place, "window.json"), at(1, 2))).toThrow();
	expect(readdirSync(place)).toEqual(["window.json"]);
});

test("remembers once the window stands still, and at its close", () => {
	vi.useFakeTimers();
	const window = new FakeWindow({});
	const saved: Placement[] = [];
	rememberPlacement(
		window,
		(placement) => saved.push(placement),
		() => {},
	);
	for (let step = 0; step < 20; step++) {
		window.emit("move");
		vi.advanceTimersByTime(100);
	}
	expect(saved).toEqual([]);
	vi.advanceTimersByTime(500);
	expect(saved).toEqual([at(10, 20)]);
	window.emit("resize");
	window.close();
	vi.advanceTimersByTime(1_000);
	expect(saved).toHaveLength(2);
});

test("a disk that refuses is reported and does not disturb the window", () => {
	const window = new FakeWindow({});
	const reported: unknown[] = [];
	rememberPlacement(
		window,
		() => {
			throw new Error("disk full");
		},
		(error) => reported.push(error),
	);
	window.emit("close");
	expect(reported).toEqual([new Error("disk full")]);
});

test("the main window opens hidden at its place, and shows when painted", () => {
	const { electron } = fakeElectron();
	const placementFile = join(folder, "main.json");
	writePlacement(placementFile, { ...at(30, 40), isMaximized: true });
	openShellWindow(
		electron,
		{
			preload: "/p.cjs",
			address: "app://tocsin/",
			icon: "/i.png",
			isDevelopment: false,
			placementFile,
		},
		{ failed() {}, pageCrashed() {}, pageGaveUp() {} },
	);
	const [window] = FakeWindow.opened;
	expect(window?.options).toMatchObject({
		...at(30, 40).bounds,
		minWidth: 1_024,
		show: false,
	});
	expect(window?.calls).toEqual([]);
	window?.emit("ready-to-show");
	expect(window?.calls).toEqual(["maximize", "show"]);
	window?.close();
	expect(JSON.parse(readFileSync(placementFile, "utf8"))).toEqual(at(10, 20));
});

test("one window at most: shown again when it is there, opened again when it is gone", () => {
	fakeElectron();
	const keeper = new WindowKeeper(() => new FakeWindow({}));
	const first = keeper.show() as FakeWindow;
	first.isSmall = true;
	expect(keeper.show()).toBe(first);
	expect(first.calls).toEqual(["restore", "show", "focus"]);
	first.close();
	expect(keeper.show()).not.toBe(first);
	expect(FakeWindow.opened).toHaveLength(2);
});

test("a page whose process died is reloaded, thrice in a minute; then a person decides", () => {
	const contents = new FakeContents();
	let time = 0;
	const crashes: string[] = [];
	let again: (() => void) | null = null;
	recoverRenderer(contents, () => time, {
		crashed: (reason) => crashes.push(reason),
		gaveUp: (reload) => {
			again = reload;
		},
	});
	function die(reason: string): void {
		contents.emit("render-process-gone", new FakeEvent(), {
			reason,
			exitCode: 5,
		});
	}
	die("clean-exit");
	expect([contents.reloads, crashes]).toEqual([0, []]);
	for (let crash = 0; crash < 4; crash++) die("crashed");
	expect([contents.reloads, again !== null]).toEqual([3, true]);
	(again as (() => void) | null)?.();
	expect(contents.reloads).toBe(4);
	time = 61_000;
	die("oom");
	expect([contents.reloads, crashes.length]).toEqual([5, 5]);
	contents.isGone = true;
	die("killed");
	expect(contents.reloads).toBe(5);
});

test("the question about a page that keeps crashing reloads or quits", async () => {
	const { electron, answers } = fakeElectron();
	const calls: string[] = [];
	const actions = {
		reload: () => void calls.push("reload"),
		quit: () => void calls.push("quit"),
	};
	answers.push(0, 1);
	await askAboutPage(electron.dialog, actions);
	await askAboutPage(electron.dialog, actions);
	expect(calls).toEqual(["reload", "quit"]);
});
