// @vitest-environment jsdom
// Webhooks are added, tested, changed, turned off and removed from the settings; a secret is
// on the screen once; the log shows every attempt, what came back as plain text, and stays
// where it is while it is read.
import { notifications } from "@mantine/notifications";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { App } from "../../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../../src-renderer/transport/connect-engine.ts";
import { fakeDom } from "../../dom-fakes.ts";
import { delivery, FakeWebhooks, webhook } from "../../fake-webhooks.ts";

fakeDom();

let end: () => void = () => {};
beforeEach(() => {
	location.hash = "";
	localStorage.clear();
	act(() => notifications.clean());
});
afterEach(() => end());

function open(engine = new FakeWebhooks(), hash = "#/settings/webhooks") {
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => workspace.close();
	render(<App workspace={workspace} env="test" />);
	return { engine, user: userEvent.setup() };
}

const button = (name: string | RegExp) => screen.findByRole("button", { name });
const heading = (name: string) =>
	screen.findByRole("heading", { level: 3, name });

describe("the list", () => {
	test("empty, it says what webhooks are for", async () => {
		open();
		expect(
			await screen.findByText(/tells another system, such as a chat/),
		).toBeTruthy();
		expect(screen.queryByRole("table")).toBeNull();
	});

	test("shows how each fares, and follows it live", async () => {
		const { engine } = open(
			new FakeWebhooks([
				webhook("a", {
					pending: 2,
					dead: 3,
					eventTypes: ["incident.resolved"],
				}),
				webhook("b", { isEnabled: false }),
				webhook("c", {
					isEnabled: false,
					disabledReason: "The receiver answered 410: it wants no more.",
				}),
				webhook("d", { isLocked: true }),
			]),
		);
		const rows = await screen.findAllByRole("row");
		expect(rows.slice(1).map(({ textContent }) => textContent)).toEqual([
			"Receiver ahttps://a.example.org/hookResolvedOnNever23",
			"Receiver bhttps://b.example.org/hookEverythingOffNever00",
			"Receiver chttps://c.example.org/hookEverythingRefusedNever00",
			"Receiver dhttps://d.example.org/hookEverythingLockedNever00",
		]);
		act(() =>
			engine.happens(() => {
				engine.webhooks = [webhook("a", { pending: 0, dead: 4 })];
			}),
		);
		await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(2));
		expect(screen.getAllByRole("row")[1]?.textContent).toContain("04");
	});

	test("that cannot be read says why and is asked for again", async () => {
		const engine = new FakeWebhooks([webhook("a")]);
		engine.fault = "The disk is on fire.";
		const { user } = open(engine);
		const again = await button("Try again");
		expect(screen.getByText(/could not be listed/)).toBeTruthy();
		engine.fault = null;
		await user.click(again);
		expect(
			await screen.findByRole("link", { name: "Receiver a" }),
		).toBeTruthy();
	});

	test.each(["engineer", "viewer"] as const)(
		"is not for a person who is %s",
		async (role) => {
			const engine = new FakeWebhooks([webhook("a")]);
			engine.role = role;
			open(engine);
			expect(
				await screen.findByText(
					/You are an? .*; this needs the role admin or more/,
				),
			).toBeTruthy();
			expect(screen.queryByText("Receiver a")).toBeNull();
			expect(
				screen.queryByRole("button", { name: "Add a webhook" }),
			).toBeNull();
		},
	);
});

describe("adding", () => {
	test("asks for what is missing, says what the engine refuses, and shows the secret once", async () => {
		const { engine, user } = open();
		await user.click(await button("Add a webhook"));
		const dialog = await screen.findByRole("dialog", { name: "Add a webhook" });
		const field = within(dialog);
		await user.click(field.getByRole("checkbox", { name: "Everything" }));
		await user.click(field.getByRole("button", { name: "Add" }));
		expect(await field.findByText("Enter a name.")).toBeTruthy();
		expect(field.getByText(/begins with https/)).toBeTruthy();
		expect(field.getByText("Choose at least one.")).toBeTruthy();
		expect(engine.asked).toEqual([]);

		await user.type(field.getByRole("textbox", { name: "Name" }), "Pager");
		await user.type(
			field.getByRole("textbox", { name: "Address" }),
			"http://10.0.0.7/hook",
		);
		await user.click(field.getByRole("checkbox", { name: "Resolved" }));
		await user.click(field.getByRole("checkbox", { name: "Opened" }));
		await user.selectOptions(field.getByLabelText("Of incidents"), "2");
		await user.type(
			field.getByPlaceholderText("All models"),
			"fraud-v2{Enter}",
		);
		await user.click(field.getByRole("button", { name: "Add" }));
		expect(
			await field.findByText(/10.0.0.7 is a private address; allow/),
		).toBeTruthy();

		await user.click(
			field.getByRole("checkbox", { name: "Allow a private address" }),
		);
		await user.click(field.getByRole("button", { name: "Add" }));
		expect(await screen.findByText("whsec_Zmlyc3Q=")).toBeTruthy();
		expect(engine.asked.at(-1)).toEqual({
			name: "Pager",
			url: "http://10.0.0.7/hook",
			eventTypes: ["incident.created", "incident.resolved"],
			minSeverity: 2,
			modelIds: ["fraud-v2"],
			allowPrivateAddress: true,
		});
		const kept = within(
			screen.getByRole("dialog", { name: "Keep this secret" }),
		);
		expect(kept.getByText(/createHmac/)).toBeTruthy();
		await user.click(kept.getByRole("radio", { name: "Python" }));
		expect(await kept.findByText(/import base64/)).toBeTruthy();
		await user.click(kept.getByRole("button", { name: "I have kept it" }));
		expect(await heading("Pager")).toBeTruthy();
		expect(location.hash).toBe("#/settings/webhooks/w1");
		expect(document.body.textContent).not.toContain("whsec_Zmlyc3Q=");
	});
});

describe("one webhook", () => {
	const at = "#/settings/webhooks/a";

	test("is edited; what was not touched stays", async () => {
		const { engine, user } = open(
			new FakeWebhooks([
				webhook("a", { minSeverity: 1, eventTypes: ["incident.closed"] }),
			]),
			at,
		);
		await user.click(await button("Edit…"));
		const name = await screen.findByRole("textbox", { name: "Name" });
		await user.clear(name);
		await user.type(name, "Renamed");
		await user.click(await button("Save"));
		expect(await heading("Renamed")).toBeTruthy();
		expect(engine.find("a")).toMatchObject({
			name: "Renamed",
			minSeverity: 1,
			eventTypes: ["incident.closed"],
			url: "https://a.example.org/hook",
		});
	});

	test("is tested, and shows what came back as plain text", async () => {
		const engine = new FakeWebhooks([webhook("a")]);
		engine.testEnds = {
			status: "dead",
			attempts: [
				{
					at: Date.now(),
					httpStatus: 500,
					durationMs: 2_400,
					fault: "The receiver answered 500, not with success.",
					answer: "<img src=x onerror=alert(1)>\u202egpj.exe",
				},
			],
		};
		const { user } = open(engine, at);
		await user.click(await button("Send a test"));
		const dialog = await screen.findByRole("dialog", {
			name: "The receiver did not take the test",
		});
		expect(within(dialog).getByText("500 in 2.4 s")).toBeTruthy();
		expect(
			within(dialog).getByText("<img src=x onerror=alert(1)>⟨U+202E⟩gpj.exe"),
		).toBeTruthy();
		expect(dialog.querySelector("img")).toBeNull();
		await user.click(within(dialog).getByText("Close"));
		expect(await screen.findByRole("row", { name: /Test/ })).toBeTruthy();
	});

	test("gets a new secret after a question, shown once", async () => {
		const { user } = open(new FakeWebhooks([webhook("a")]), at);
		await user.click(await button("New secret…"));
		expect(
			await screen.findByText(/carry both signatures for 24 hours/),
		).toBeTruthy();
		await user.click(await button("Make a new secret"));
		expect(await screen.findByText("whsec_c2Vjb25k")).toBeTruthy();
		await user.click(await button("I have kept it"));
		expect(
			await screen.findByText(/signs beside the new one until/),
		).toBeTruthy();
		expect(document.body.textContent).not.toContain("whsec_c2Vjb25k");
	});

	test("is turned off, and on again by Undo", async () => {
		const { engine, user } = open(new FakeWebhooks([webhook("a")]), at);
		await user.click(await button("Turn off"));
		expect(await button("Turn on")).toBeTruthy();
		expect(screen.getByText(/is not sent later/)).toBeTruthy();
		await user.click(await button("Undo"));
		await waitFor(() => expect(engine.find("a")?.isEnabled).toBe(true));
		expect(await button("Turn off")).toBeTruthy();
	});

	test("is removed only after a question", async () => {
		const { engine, user } = open(
			new FakeWebhooks([webhook("a", { pending: 1, dead: 2 })]),
			at,
		);
		await user.click(await button("Remove…"));
		expect(
			await screen.findByText(/1 that wait and 2 that were given up/),
		).toBeTruthy();
		await user.click(await button("Keep it"));
		expect(engine.webhooks).toHaveLength(1);
		await user.click(await button("Remove…"));
		await user.click(await button("Remove the webhook"));
		await waitFor(() => expect(location.hash).toBe("#/settings/webhooks"));
		expect(await screen.findByText(/tells another system/)).toBeTruthy();
		expect(engine.webhooks).toEqual([]);
	});

	test("that is gone says so", async () => {
		open(new FakeWebhooks([webhook("b")]), at);
		expect(await screen.findByText(/no such webhook any more/)).toBeTruthy();
		expect(screen.getByRole("link", { name: "Receiver b" })).toBeTruthy();
	});
});

describe("the log", () => {
	const at = "#/settings/webhooks/a";
	const failed = {
		at: Date.now(),
		httpStatus: null,
		durationMs: 20_000,
		fault: "a.example.org gave no whole answer within 20 s.",
		answer: null,
	};

	test("is filtered by state, which is in the address", async () => {
		const { user } = open(
			new FakeWebhooks(
				[webhook("a", { dead: 1 })],
				[
					delivery("a", "msg_1"),
					delivery("a", "msg_2", {
						status: "dead",
						eventType: "incident.resolved",
						attempts: [failed, failed],
					}),
				],
			),
			at,
		);
		expect(await screen.findAllByRole("row")).toHaveLength(3);
		await user.click(screen.getByRole("radio", { name: "Given up" }));
		await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(2));
		expect(location.hash).toBe("#/settings/webhooks/a?state=dead");
		const row = screen.getByRole("row", { name: /Resolved/ });
		expect(row.textContent).toContain("a.example.org gave no whole answer");
	});

	test("opens to attempts and body by keyboard, and sends again", async () => {
		const { engine, user } = open(
			new FakeWebhooks(
				[webhook("a", { dead: 1 })],
				[
					delivery("a", "msg_2", {
						status: "dead",
						attempts: [
							failed,
							{ ...failed, httpStatus: 503, fault: "busy", answer: "later" },
						],
					}),
				],
			),
			at,
		);
		const toggle = await button(/Opened: attempts and body/);
		toggle.focus();
		await user.keyboard("{Enter}");
		expect(toggle.getAttribute("aria-expanded")).toBe("true");
		const attempts = within(
			await screen.findByRole("list", { name: "Attempts" }),
		);
		expect(attempts.getAllByRole("listitem")).toHaveLength(2);
		expect(attempts.getByText("503 in 20.0 s")).toBeTruthy();
		expect(attempts.getByText("later")).toBeTruthy();
		expect(screen.getByRole("region", { name: "Body" }).textContent).toContain(
			'"number": 7',
		);
		await user.click(await button("Send again"));
		expect(engine.asked).toEqual([{ id: "msg_2" }]);
		expect(
			within(await screen.findByRole("row", { name: /Delivered/ })),
		).toBeTruthy();
	});

	test("sends everything that was given up again", async () => {
		const { engine, user } = open(
			new FakeWebhooks(
				[webhook("a", { dead: 2 })],
				[
					delivery("a", "msg_1", { status: "dead" }),
					delivery("a", "msg_2", { status: "dead" }),
				],
			),
			at,
		);
		await user.click(await button("Send all 2 given up again"));
		await waitFor(() =>
			expect(
				screen.queryByRole("button", { name: /given up again/ }),
			).toBeNull(),
		);
		expect(engine.asked).toEqual([{ id: "a" }]);
		await waitFor(() =>
			expect(screen.getAllByRole("row", { name: /Delivered/ })).toHaveLength(2),
		);
	});

	test("grows at its foot on demand, and not at its head while it is read", async () => {
		const many = Array.from({ length: 120 }, (_, index) =>
			delivery("a", `msg_${120 - index}`),
		);
		const { engine, user } = open(new FakeWebhooks([webhook("a")], many), at);
		const more = await button("Show older (70 more)");
		expect(screen.getAllByRole("row")).toHaveLength(51);
		await user.click(more);
		expect(await button("Show older (20 more)")).toBeTruthy();
		expect(screen.getAllByRole("row")).toHaveLength(101);

		const [first] = screen.getAllByRole("button", { name: /Opened/ });
		if (first === undefined) throw new Error("no row");
		await user.click(first);
		act(() =>
			engine.happens(() => {
				engine.deliveries.unshift(
					delivery("a", "msg_new", { eventType: "incident.closed" }),
				);
			}),
		);
		const news = await button("1 new");
		expect(screen.queryByRole("row", { name: /Closed/ })).toBeNull();
		await user.click(news);
		expect(await screen.findByRole("row", { name: /Closed/ })).toBeTruthy();
	});
});
