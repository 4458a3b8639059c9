// @vitest-environment jsdom
// The causes of an incident stand by rank with their interval in words, each piece of evidence opens
// its record, a verdict is given, changed and taken back by key, and where there is no evidence
// there is no hypothesis but what would give some. A viewer reads all of it and judges nothing.
import { notifications } from "@mantine/notifications";
import { implement } from "@orpc/server";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "../../../src-renderer/app/app.tsx";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import {
	contract,
	type Hypothesis,
} from "../../../src-shared/contract/index.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { fakeDom } from "../dom-fakes.ts";
import { FakeEngine } from "../fake-engine.ts";
import { hypothesis } from "../fake-hypotheses.ts";
import { incident } from "../fake-incidents.ts";

fakeDom();

/** The fake engine with hypotheses of incident i1. */
class FakeInsight extends FakeEngine {
	items: Hypothesis[] = [];
	version = 1;
	role: Role = "owner";
	generated = 0;

	constructor() {
		super({ incidents: [incident({ id: "i1" })], models: ["fraud-v2"] });
		const os = implement(contract);
		const report = () => ({
			incidentId: "i1",
			version: this.version,
			generatedAt: this.version === 0 ? null : Date.now() - 60_000,
			isInconclusive: false,
			items: this.items,
		});
		Object.assign(this.router.hypotheses, {
			forIncident: os.hypotheses.forIncident.handler(report),
			generate: os.hypotheses.generate.handler(() => {
				this.generated++;
				this.version++;
				return report();
			}),
			feedback: os.hypotheses.feedback.handler(({ input, errors }) => {
				const found = this.items.find(({ id }) => id === input.id);
				if (found === undefined) throw errors.NOT_FOUND();
				const next: Hypothesis = {
					...found,
					feedback:
						input.verdict === null
							? []
							: [
									{
										personId: "u1",
										personName: "Ada Lovelace",
										verdict: input.verdict,
										note: "",
										at: Date.now(),
										effect: {
											scoreBefore: 0.63,
											scoreAfter: 0.91,
											rankBefore: 1,
											rankAfter: 1,
										},
									},
								],
				};
				this.items = this.items.map((each) =>
					each.id === next.id ? next : each,
				);
				return next;
			}),
		});
		Object.assign(this.router.system, {
			session: os.system.session.handler(() => ({
				user: { id: "u1", name: "Ada Lovelace", email: "ada@example.org" },
				tenant: { id: "t1", name: "Acme" },
				role: this.role,
				isLocalOwner: true,
			})),
		});
	}

	verdictOn(id: string): string | null {
		const found = this.items.find((each) => each.id === id);
		return found?.feedback[0]?.verdict ?? null;
	}
}

let end: () => void = () => {};
beforeEach(() => {
	localStorage.clear();
	act(() => notifications.clean());
});
afterEach(() => end());

function open(engine: FakeInsight) {
	location.hash = "#/incident/i1/hypotheses";
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => {
		workspace.close();
		engine.cut();
	};
	render(<App workspace={workspace} env="test" />);
	return userEvent.setup();
}

function two(): Hypothesis[] {
	return [
		hypothesis({ id: "h1" }),
		hypothesis({
			id: "h2",
			rank: 2,
			kind: "data_drift",
			claim: "<img src=x onerror=alert(1)> drifted",
			contradicting: [
				{
					text: "It was there before",
					record: { kind: "incident", id: "i9" },
					weight: 0.7,
					at: Date.now(),
				},
			],
		}),
	];
}

test("the likeliest is open, its interval is said in words, and evidence leads to its record", async () => {
	const engine = new FakeInsight();
	engine.items = two();
	const user = open(engine);
	const first = await screen.findByRole("button", { name: /^Rank\s*1/ });
	expect(first.getAttribute("aria-expanded")).toBe("true");
	expect(
		screen.getAllByRole("img", {
			name: "Confidence 63 %; nine of ten such hypotheses lie between 31 % and 87 %.",
		}),
	).toHaveLength(2);
	const evidence = within(screen.getByRole("region", { name: "For it" }));
	expect(evidence.getByRole("link").getAttribute("href")).toBe("#/alerts/al1");
	expect(screen.getByText("Nothing on record speaks against it.")).toBeTruthy();

	await user.keyboard("]");
	const second = screen.getByRole("button", { name: /^Rank\s*2/ });
	expect(second.getAttribute("aria-expanded")).toBe("true");
	expect(second.textContent).toContain("<img src=x onerror=alert(1)>");
	const against = within(screen.getByRole("region", { name: "Against it" }));
	expect(against.getByRole("link").getAttribute("href")).toBe("#/incident/i9");
	await user.keyboard("[[");
	expect(first.getAttribute("aria-expanded")).toBe("true");
});

test("a verdict is given by key, replaced, taken back by the same key and by Undo", async () => {
	const engine = new FakeInsight();
	engine.items = two();
	const user = open(engine);
	await screen.findByRole("button", { name: /^Rank\s*1/ });
	await screen.findAllByText(/Ada Lovelace/);
	await user.keyboard("y");
	await waitFor(() => expect(engine.verdictOn("h1")).toBe("accepted"));
	expect(await screen.findByText("63 % → 91 %")).toBeTruthy();
	await user.keyboard("t");
	await waitFor(() => expect(engine.verdictOn("h1")).toBe("rejected"));
	await screen.findByText(/rejected by you/);
	const [undo] = screen.getAllByRole("button", { name: "Undo" }).slice(-1);
	if (undo !== undefined) await user.click(undo);
	await waitFor(() => expect(engine.verdictOn("h1")).toBe("accepted"));
	await screen.findByText(/accepted by you/);
	await user.keyboard("y");
	await waitFor(() => expect(engine.verdictOn("h1")).toBeNull());
});

test("without evidence it says so, and what would give some; Shift R looks again", async () => {
	const engine = new FakeInsight();
	const user = open(engine);
	expect(await screen.findByText("No evidence, no hypothesis")).toBeTruthy();
	expect(screen.getByText(/alerts of the same service/)).toBeTruthy();
	engine.items = two();
	await user.keyboard("{Shift>}R{/Shift}");
	expect(await screen.findByRole("button", { name: /^Rank\s*1/ })).toBeTruthy();
	expect(engine.generated).toBe(1);
});

test("a viewer reads, and is told why nothing can be judged", async () => {
	const engine = new FakeInsight();
	engine.role = "viewer";
	engine.items = two();
	const user = open(engine);
	await screen.findByRole("button", { name: /^Rank\s*1/ });
	expect(
		await screen.findByText(/You are a viewer; this needs the role engineer/),
	).toBeTruthy();
	await user.click(screen.getByRole("button", { name: /^Accept/ }));
	await user.keyboard("y");
	expect(engine.verdictOn("h1")).toBeNull();
});

test("hypotheses made anew in the engine are shown without asking", async () => {
	const engine = new FakeInsight();
	open(engine);
	await screen.findByText("No evidence, no hypothesis");
	engine.items = two();
	act(() =>
		engine.incidents.publish({ kind: "hypotheses", incidentIds: ["i1"] }),
	);
	expect(await screen.findByRole("button", { name: /^Rank\s*2/ })).toBeTruthy();
});

test("a change opens what was said of it, as text, and only a plain page as a link", async () => {
	const engine = new FakeInsight();
	const record = { kind: "change", id: "c1" } as const;
	const [evidence] = hypothesis({ id: "h1" }).supporting;
	if (evidence === undefined) throw new Error("it has evidence");
	engine.items = [
		hypothesis({ id: "h1", supporting: [{ ...evidence, record }] }),
	];
	let link = "https://ci.example.com/1742";
	const os = implement(contract);
	Object.assign(engine.router.hypotheses, {
		change: os.hypotheses.change.handler(({ input }) => ({
			id: input.id,
			kind: "deployment",
			summary: "<b>fraud-api 2.3.1</b>",
			service: "fraud-api",
			modelId: null,
			author: null,
			source: "ci.example.com",
			details: { build: "1742" },
			link,
			at: Date.now() - 3_600_000,
		})),
	});
	const user = open(engine);
	const item = await screen.findByRole("button", { name: /went live/ });
	await user.click(item);
	const dialog = await screen.findByRole("dialog", { name: "What changed" });
	expect(
		await within(dialog).findByText("<b>fraud-api 2.3.1</b>"),
	).toBeTruthy();
	expect(within(dialog).getByText("1742")).toBeTruthy();
	expect(within(dialog).getByRole("link").getAttribute("href")).toBe(link);
	await user.keyboard("{Escape}");
	await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
	await waitFor(() => expect(document.activeElement).toBe(item));

	link = "javascript:alert(1)";
	await user.click(item);
	expect(await screen.findByText(/not opened/)).toBeTruthy();
	expect(within(screen.getByRole("dialog")).queryByRole("link")).toBeNull();
});
