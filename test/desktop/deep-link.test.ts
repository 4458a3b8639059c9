// Any program and any web page can send a link: only `tocsin://incident/<uuid>` means
// something, and it only ever shows an incident.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	incidentOfArguments,
	incidentOfLink,
	receiveLinks,
} from "../../src-main/desktop/deep-link.ts";
import { holdSingleInstance } from "../../src-main/desktop/single-instance.ts";
import { FakeApp } from "./fake-electron.ts";
import { FakeEvent } from "./fake-emitter.ts";

const id = "0198c0de-0000-7000-8000-00000000abcd";

test("reads the incident of a link", () => {
	expect(incidentOfLink(`tocsin://incident/${id}`)).toBe(id);
	expect(incidentOfLink(`tocsin://incident/${id}/`)).toBe(id);
	expect(incidentOfLink(`TOCSIN://incident/${id.toUpperCase()}`)).toBe(id);
});

test("refuses everything else", () => {
	for (const text of [
		"",
		`tocsin://incident/`,
		`tocsin://incident/${id}?x=1`,
		`tocsin://incident/${id}#x`,
		`tocsin://incident/${id}/../x`,
		`tocsin://incident/${id}\n`,
		` tocsin://incident/${id}`,
		`tocsin://incident:80/${id}`,
		`tocsin://user@incident/${id}`,
		`tocsin:incident/${id}`,
		`tocsin://incident/%30${id.slice(1)}`,
		`tocsin://settings/${id}`,
		`https://incident/${id}`,
		`tocsin://incident/${id.replaceAll("-", "")}`,
		"tocsin://incident/--no-sandbox",
	])
		expect([text, incidentOfLink(text)]).toEqual([text, null]);
	for (const value of [null, undefined, 1, {}, [`tocsin://incident/${id}`]])
		expect(incidentOfLink(value)).toBeNull();
});

test("law: what is read is a lower-case uuid, and reads back the same", () => {
	fc.assert(
		fc.property(fc.oneof(fc.uuid(), fc.string()), (text) => {
			const incident = incidentOfLink(`tocsin://incident/${text}`);
			if (incident === null) return;
			expect(incident).toMatch(/^[0-9a-f-]{36}$/);
			expect(incidentOfLink(`tocsin://incident/${incident}`)).toBe(incident);
		}),
	);
});

test("finds the link among arguments in any order", () => {
	expect(
		incidentOfArguments([
			"/opt/tocsin",
			"--allow-file-access",
			`tocsin://incident/${id}`,
			"--x",
		]),
	).toBe(id);
	expect(incidentOfArguments(["/opt/tocsin", "--port", "0"])).toBeNull();
});

test("registers as the opener of links, and hears macOS's own event", () => {
	const app = new FakeApp();
	const shown: string[] = [];
	receiveLinks(
		app,
		{
			executable: "/electron",
			arguments: ["/electron", "/src"],
			isSourceRun: true,
		},
		(incident) => shown.push(incident),
	);
	expect(app.calls).toEqual([
		["setAsDefaultProtocolClient", "tocsin", "/electron", ["/src"]],
	]);
	const event = new FakeEvent();
	app.emit("open-url", event, `tocsin://incident/${id}`);
	app.emit("open-url", new FakeEvent(), "tocsin://quit");
	expect([event.defaultPrevented, shown]).toEqual([true, [id]]);
});

test("a packaged app registers without a path", () => {
	const app = new FakeApp();
	receiveLinks(
		app,
		{
			executable: "/opt/tocsin",
			arguments: ["/opt/tocsin"],
			isSourceRun: false,
		},
		() => {},
	);
	expect(app.calls).toEqual([["setAsDefaultProtocolClient", "tocsin"]]);
});

test("the second instance brings the first to the front and passes its link", () => {
	const app = new FakeApp();
	const seen: string[] = [];
	const first = {
		comeToFront: () => void seen.push("front"),
		show: (incident: string) => void seen.push(incident),
	};
	expect(holdSingleInstance(app, first)).toBe(true);
	app.emit("second-instance", new FakeEvent(), ["/opt/tocsin"]);
	app.emit("second-instance", new FakeEvent(), [
		"/opt/tocsin",
		`tocsin://incident/${id}`,
	]);
	expect(seen).toEqual(["front", "front", id]);
});

test("an instance without the lock listens to nothing", () => {
	const app = new FakeApp();
	app.hasLock = false;
	const first = { comeToFront() {}, show() {} };
	expect(holdSingleInstance(app, first)).toBe(false);
	expect(app.listens("second-instance")).toBe(false);
});
