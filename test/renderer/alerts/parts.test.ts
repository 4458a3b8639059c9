// The small rules of the inbox: what the address keeps, what fits a view, until when is snoozed,
// and which addresses of strangers may be opened.
import { describe, expect, test } from "vitest";
import {
	type AlertFilter,
	alertStatuses,
	alertViews,
	defaultFilter,
	filterInput,
	readFilter,
	sources,
	stillFits,
	writeFilter,
} from "../../../src-renderer/features/alerts/alert-filter.ts";
import { snoozeChoices } from "../../../src-renderer/features/alerts/snooze-choices.ts";
import { safeLink } from "../../../src-renderer/ground/safe-link.ts";
import { integrationTypes } from "../../../src-shared/contract/index.ts";
import { alert } from "./fake-alerts.ts";

test("every filter survives its address", () => {
	for (const view of alertViews) {
		for (const status of [null, ...alertStatuses]) {
			for (const source of [null, ...sources]) {
				const filter: AlertFilter = { view, status, source, text: "a & b=c" };
				const query = new URLSearchParams(writeFilter(filter));
				expect(readFilter(query)).toEqual(filter);
			}
		}
	}
	expect(writeFilter(defaultFilter)).toEqual({});
	const odd = new URLSearchParams("view=x&status=y&source=z");
	expect(readFilter(odd)).toEqual(defaultFilter);
});

test("every type of the contract can be asked for", () => {
	expect([...sources].toSorted()).toEqual([...integrationTypes].toSorted());
});

test("a text of spaces asks for nothing", () => {
	expect(filterInput({ ...defaultFilter, text: "  " })).toEqual({
		triage: "new",
	});
});

describe("what still fits", () => {
	const now = 1_000;
	test.each([
		["waiting", {}, true],
		["waiting", { snoozedUntil: 1_001 }, false],
		["waiting", { snoozedUntil: 1_000 }, true],
		["snoozed", { snoozedUntil: 1_001 }, true],
		["snoozed", { snoozedUntil: 1_001, triage: "accepted" }, false],
		["accepted", { triage: "accepted" }, true],
		["declined", { triage: "accepted" }, false],
		["all", { triage: "declined" }, true],
	] as const)("%s %j: %s", (view, draft, expected) => {
		const filter = { ...defaultFilter, view };
		expect(stillFits(alert("a", draft), filter, now)).toBe(expected);
	});

	test("the status and the source count too", () => {
		const resolved = alert("a", { status: "resolved" });
		const firing = { ...defaultFilter, status: "firing" as const };
		expect(stillFits(resolved, firing, now)).toBe(false);
		const grafana = { ...defaultFilter, source: "grafana" as const };
		expect(stillFits(alert("a"), grafana, now)).toBe(false);
	});
});

test.each([
	["2026-11-21T10:00:00", ["2026-11-22T09:00:00", "2026-11-23T09:00:00"]],
	["2026-11-23T08:00:00", ["2026-11-24T09:00:00", "2026-11-30T09:00:00"]],
	["2026-11-22T23:59:00", ["2026-11-23T09:00:00", "2026-11-23T09:00:00"]],
])(
	"from %s, tomorrow and Monday are %j",
	(now, [tomorrow = "", monday = ""]) => {
		const at = new Date(now).getTime();
		const choices = snoozeChoices(at).map(({ until }) => until);
		expect(choices.slice(0, 3).map((until) => (until - at) / 60_000)).toEqual([
			30, 60, 240,
		]);
		expect(choices.slice(3)).toEqual([
			new Date(tomorrow).getTime(),
			new Date(monday).getTime(),
		]);
	},
);

test.each([
	["https://example.org/a?b=c", "https://example.org/a?b=c"],
	["http://10.0.0.1:9090/graph", "http://10.0.0.1:9090/graph"],
	["javascript:alert(1)", null],
	[" JavaScript:alert(1)", null],
	["data:text/html,x", null],
	["file:///etc/passwd", null],
	["https://user:secret@example.org/", null],
	["//example.org/", null],
	["see https://example.org", null],
	["", null],
	[null, null],
])("of %j, %j may be opened", (text, expected) => {
	expect(safeLink(text)).toBe(expected);
});
