// People accept, decline and snooze alerts and call them duplicates; each can be taken back for
// a minute, once, by who did it, as long as nobody decided otherwise since. What the source
// tells meanwhile is kept.
import { expect, test } from "vitest";
import type { AlertVerb } from "../../../../src-shared/contract/index.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { testInProject } from "../../test-member.ts";
import {
	amAlert,
	amBody,
	here,
	openMonitoring,
	project,
	tenant,
} from "../open-monitoring.ts";

const ben = testInProject(tenant, project, "owner", { id: "ben", name: "Ben" });

async function withAlerts() {
	const opened = openMonitoring();
	const source = await opened.add("alertmanager");
	await opened.send(
		source,
		amBody(
			amAlert(),
			amAlert({ fingerprint: "b" }),
			amAlert({ fingerprint: "c" }),
		),
	);
	const { alerts } = opened.monitoring;
	const ids = opened.alerts().map(({ id }) => id);
	return {
		...opened,
		source,
		service: alerts,
		ids,
		act: (verb: AlertVerb, by = here, which = ids.slice(0, 1)) =>
			alerts.act(by, which, verb),
		inbox: () =>
			alerts
				.list(here, { triage: "new", skip: 0, limit: 10 })
				.items.map(({ id }) => id),
	};
}

test("what is decided leaves the inbox, and is told with who decided it", async () => {
	const { act, inbox, ids, service } = await withAlerts();
	const [first = "", second = "", third = ""] = ids;
	act({ kind: "accept" });
	act({ kind: "duplicate", ofId: first }, here, [second]);
	expect(inbox()).toEqual([third]);
	expect(service.get(here, second)).toMatchObject({
		triage: "duplicate",
		duplicateOfId: first,
		events: [
			{ kind: "fired", by: null },
			{ kind: "duplicate", by: "Ana" },
		],
	});
});

test("each is changed or refused for itself", async () => {
	const { act, ids } = await withAlerts();
	const { changed, refused } = act({ kind: "accept" }, here, [
		...ids,
		"unknown",
	]);
	expect([changed.length, refused]).toEqual([
		3,
		[{ id: "unknown", reason: "No such alert." }],
	]);
	const again = act({ kind: "accept" });
	expect(again).toMatchObject({ changed: [], undoToken: null });
	const own = act({ kind: "duplicate", ofId: must(ids[0], "three") });
	expect(own.refused).toHaveLength(1);
});

test("a snoozed one is back in the inbox when its time is over", async () => {
	const { act, inbox, clock } = await withAlerts();
	act({ kind: "snooze", until: clock.now() + 60_000 });
	expect(inbox()).toHaveLength(2);
	clock.pass(60_000);
	expect(inbox()).toHaveLength(3);
	expect(() => act({ kind: "snooze", until: clock.now() })).toThrow(/future/);
});

test("taken back by who did it, once, and with what came meanwhile", async () => {
	const { act, inbox, service, send, source, alerts } = await withAlerts();
	const { undoToken } = act({ kind: "decline" });
	const token = must(undoToken, "something changed");
	expect(() => service.undo(ben.member, token)).toThrow(/too late/);
	await send(
		source,
		amBody(amAlert({ status: "resolved", endsAt: "2026-01-20T12:30:00Z" })),
	);
	expect(service.undo(here.member, token)).toMatchObject([
		{ triage: "new", status: "resolved" },
	]);
	expect(inbox()).toHaveLength(3);
	expect(alerts()[0]).toMatchObject({ status: "resolved" });
	expect(() => service.undo(here.member, token)).toThrow(/too late/);
});

test("not taken back over what somebody decided since, nor after a minute", async () => {
	const { act, service, clock, alerts } = await withAlerts();
	const declined = act({ kind: "decline" });
	const accepted = act({ kind: "accept" }, ben);
	expect(service.undo(here.member, declined.undoToken ?? "")).toEqual([]);
	expect(alerts()[0]).toMatchObject({ triage: "accepted" });
	clock.pass(60_001);
	expect(() => service.undo(ben.member, accepted.undoToken ?? "")).toThrow(
		/too late/,
	);
});
