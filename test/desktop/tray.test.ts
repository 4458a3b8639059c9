// The tray says how many incidents are open, and nothing it cannot know; from it a person
// can open and quit, never acknowledge.
import { expect, test } from "vitest";
import {
	openTray,
	type TrayState,
	trayMenu,
	trayText,
} from "../../src-main/desktop/tray.ts";
import { trayIcons } from "../../src-main/desktop/tray-icons.ts";
import { FakeTray, fakeElectron } from "./fake-electron.ts";

const calm: TrayState = {
	engine: "ready",
	open: 0,
	critical: 0,
	shortcut: "Show with X",
};

test("counts in words, title and badge", () => {
	expect(trayText(calm)).toEqual({
		toolTip: "Tocsin: no open incidents",
		title: "",
		badge: 0,
	});
	expect(trayText({ ...calm, open: 1 }).toolTip).toBe(
		"Tocsin: 1 open incident",
	);
	expect(trayText({ ...calm, open: 12, critical: 2 })).toEqual({
		toolTip: "Tocsin: 12 open incidents, 2 critical",
		title: "12",
		badge: 12,
	});
});

test("says no number while the engine does not stand behind it", () => {
	for (const engine of ["starting", "restarting", "stopped"] as const) {
		const text = trayText({ ...calm, engine, open: 12, critical: 2 });
		expect(text).toMatchObject({ title: "", badge: 0 });
		expect(text.toolTip).not.toMatch(/\d/);
	}
});

test("the menu opens and quits, and acknowledges nothing", () => {
	const calls: string[] = [];
	const menu = trayMenu(
		{ ...calm, open: 3 },
		{ open: () => calls.push("open"), quit: () => calls.push("quit") },
	);
	expect(menu.filter((item) => item.click).map((item) => item.label)).toEqual([
		"Open Tocsin",
		"Quit Tocsin",
	]);
	for (const item of menu)
		item.click?.(null as never, undefined, null as never);
	expect(calls).toEqual(["open", "quit"]);
	expect(menu.map((item) => item.label)).toContain("Show with X");
});

test("shows the state on the icon and the badge, and opens on a click", () => {
	const { electron } = fakeElectron();
	let opened = 0;
	const icons = trayIcons(electron.nativeImage, "/icons", "linux");
	const tray = openTray(electron, icons, { open: () => opened++, quit() {} });
	const shown = FakeTray.last;
	tray.show({ ...calm, open: 2, critical: 1 });
	expect([
		shown?.toolTip,
		shown?.title,
		shown?.image,
		electron.app.badge,
	]).toEqual([
		"Tocsin: 2 open incidents, 1 critical",
		"2",
		"/icons/tray-alarm.png",
		2,
	]);
	tray.show(calm);
	expect([shown?.image, electron.app.badge]).toEqual(["/icons/tray.png", 0]);
	shown?.emit("click");
	tray.close();
	expect([opened, shown?.isGone]).toEqual([1, true]);
});

test("macOS gets template images", () => {
	const { electron } = fakeElectron();
	expect(trayIcons(electron.nativeImage, "/icons", "darwin")).toEqual({
		calm: "/icons/trayTemplate.png",
		alarm: "/icons/trayAlarmTemplate.png",
	});
});
