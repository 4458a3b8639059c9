// A new critical incident is notified once, with its title as plain text; a click shows it;
// a storm does not become a storm of notifications.
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { notifyOfCriticalIncidents } from "../../src-main/desktop/critical-notices.ts";
import { noticeText } from "../../src-main/desktop/notice-text.ts";
import { plainNotices } from "../../src-main/desktop/plain-notice.ts";
import type { CriticalIncident } from "../../src-main/entry/engine-protocol.ts";
import { FakeNotification } from "./fake-electron.ts";

let time = 0;
let clicks: string[] = [];
beforeEach(() => {
	time = 0;
	clicks = [];
	FakeNotification.shown = [];
	FakeNotification.isSupported = () => true;
});

function notifier(): (incident: CriticalIncident) => void {
	return notifyOfCriticalIncidents(FakeNotification, () => time, {
		show: (id) => clicks.push(id),
		open: () => clicks.push("list"),
	});
}

function incident(number: number, title = "Drift"): CriticalIncident {
	return { kind: "critical-incident", id: `id-${number}`, number, title };
}

test("says which incident, and a click shows it", () => {
	notifier()(incident(7, "fraud-v2 drifted"));
	const [notice] = FakeNotification.shown;
	expect(notice?.options).toMatchObject({
		title: "Critical incident #7",
		body: "fraud-v2 drifted",
		urgency: "critical",
	});
	notice?.emit("click");
	expect(clicks).toEqual(["id-7"]);
});

test("a storm: five notices, one that there are more, then quiet until it is over", () => {
	const notify = notifier();
	for (let number = 1; number <= 50; number++) notify(incident(number));
	expect(FakeNotification.shown.map((notice) => notice.options.title)).toEqual([
		"Critical incident #1",
		"Critical incident #2",
		"Critical incident #3",
		"Critical incident #4",
		"Critical incident #5",
		"More critical incidents",
	]);
	FakeNotification.shown.at(-1)?.emit("click");
	expect(clicks).toEqual(["list"]);
	time = 30_000;
	notify(incident(51));
	expect(FakeNotification.shown.at(-1)?.options.title).toBe(
		"Critical incident #51",
	);
});

test("a platform without notifications is no failure", () => {
	FakeNotification.isSupported = () => false;
	notifier()(incident(1));
	plainNotices(FakeNotification, () => {})("a", "b");
	expect(FakeNotification.shown).toEqual([]);
});

test("a title cannot become markup, another line or another direction", () => {
	expect(noticeText('<a href="https://x">a</a> & <img src=x>')).toBe(
		'\u2039a href="https://x"\u203aa\u2039/a\u203a \uff06 \u2039img src=x\u203a',
	);
	expect(noticeText("a\n\u0000\u001b[31mb\u202ecod\u2066x\u2028y")).toBe(
		"a [31mb cod x y",
	);
	expect(Array.from(noticeText("\u{1f514}".repeat(300)))).toHaveLength(200);
});

test("law: notice text has no controls, no markup, no lone surrogate and at most 200 characters", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
			const notice = noticeText(text);
			expect(notice).not.toMatch(/[<>&\p{Cc}\p{Cf}]/u);
			expect(notice.isWellFormed()).toBe(true);
			expect(Array.from(notice).length).toBeLessThanOrEqual(200);
		}),
	);
});

test("the shell's own notices replace each other and open the window", () => {
	let opened = 0;
	const tell = plainNotices(FakeNotification, () => opened++);
	tell("first", "body");
	tell("second", "body");
	FakeNotification.shown[1]?.emit("click");
	expect([FakeNotification.shown.length, opened]).toEqual([2, 1]);
});
