// What API B's WebSocket delivers under bad conditions: a line that is cut again and again
// and resumed gets every event once and in order; a reader that takes little costs a bounded
// buffer, is told of fewer updates of an incident and never of a wrong last one; and a
// project or a tenant that an event is not of hears nothing of it.
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { must } from "../../../src-shared/domain/must.ts";
import { alertIn, integrationIn } from "./contract/monitoring-requests.ts";
import { hypothesisIn, incidentIn, word } from "./contract/requests.ts";
import {
	connectAs,
	cut,
	eventsOf,
	type Frame,
	idsOf,
	subscribe,
} from "./event-lines.ts";
import { type OpenCopilot, openCopilot } from "./open-copilot.ts";

const cuts = 50;
/** What may wait in a socket, and one frame. */
const mostBuffered = 256 * 1024 + 64 * 1024;

/** Something that is told: the kinds in turn, and things of others between them. */
async function happens(
	copilot: OpenCopilot,
	turn: number,
	source: { id: string; webhookSecret: string },
): Promise<void> {
	const { engine, founder, stranger } = copilot;
	const id = incidentIn(copilot);
	if (turn % 2 === 0) {
		engine.incidents.actOn(founder.holder.principal.needs("engineer"), id, {
			kind: "move",
			to: "investigating",
		});
	}
	if (turn % 3 === 0) await alertIn(copilot, source, { fingerprint: word() });
	if (turn % 10 === 0) await hypothesisIn(copilot);
	incidentIn({ ...copilot, founder: stranger });
}

test(`a line that is cut ${cuts} times gets everything once and in order`, async () => {
	const copilot = await openCopilot();
	const { engine, listeners, founder } = copilot;
	const { key } = founder.holder.principal.tenant;
	const source = await integrationIn(copilot, founder.projectId);
	const got: Frame[] = [];
	let lastSeq = engine.feed.range(key).newest;
	const from = lastSeq;
	for (let turn = 0; turn < cuts; turn++) {
		const line = await connectAs(
			listeners.urls.events,
			engine,
			founder.holder,
			{
				lastSeq,
			},
		);
		// Now and then it is cut before it ever subscribed, or in the middle of what it missed.
		if (turn % 7 !== 6) {
			await subscribe(line);
			await happens(copilot, turn, source);
			if (turn % 4 !== 3) {
				await expect
					.poll(() => eventsOf(line.frames).length)
					.toBeGreaterThan(0);
			}
		}
		lastSeq = await cut(line);
		got.push(...eventsOf(line.frames));
		await happens(copilot, turn + 1, source);
	}
	await engine.insight.flush();
	const rest = await connectAs(listeners.urls.events, engine, founder.holder, {
		lastSeq,
	});
	await subscribe(rest);
	const told = () =>
		engine.feed
			.after(key, from, 10_000)
			.filter(({ type }) => type !== "action.executed");
	await expect
		.poll(() => rest.frames.at(-1)?.seq === told().at(-1)?.sequence)
		.toBe(true);
	got.push(...eventsOf(rest.frames));
	expect(got.map(({ seq, type }) => [seq, type])).toEqual(
		told().map(({ sequence, type }) => [sequence, type]),
	);
	expect(new Set(got.map(({ type }) => type))).toEqual(
		new Set([
			"incident.created",
			"incident.updated",
			"alert.fired",
			"hypothesis.generated",
		]),
	);
}, 60_000);

test("a slow reader costs a bounded buffer, and gets the newest state of every incident", async () => {
	const copilot = await openCopilot();
	const { engine, listeners, founder } = copilot;
	const by = founder.holder.principal;
	const line = await connectAs(listeners.urls.events, engine, founder.holder);
	await subscribe(line, ["incidents"]);
	line.socket.pause();
	let buffered = 0;
	const { send } = WebSocket.prototype;
	vi.spyOn(WebSocket.prototype, "send").mockImplementation(function (
		this: WebSocket,
		...given: unknown[]
	) {
		Reflect.apply(send, this, given);
		buffered = Math.max(buffered, this.bufferedAmount);
	});
	const made = Array.from({ length: 4 }, () => incidentIn(copilot));
	const noisy = must(made[0], "made");
	const append = engine.feed.append.bind(engine.feed);
	const updates = 120_000;
	vi.spyOn(engine.feed, "append").mockImplementationOnce(
		(transaction, tenant, event) => {
			// Far more than all buffers between the two ends hold.
			for (let count = 0; count < updates; count++) {
				append(transaction, tenant, event);
			}
		},
	);
	engine.incidents.actOn(by.needs("engineer"), noisy, {
		kind: "move",
		to: "acknowledged",
	});
	for (const id of made) {
		engine.incidents.actOn(by.needs("engineer"), id, {
			kind: "move",
			to: "mitigated",
		});
	}
	await expect
		.poll(() => buffered, { timeout: 10_000 })
		.toBeGreaterThan(mostBuffered - 64 * 1024);
	line.socket.resume();
	const states = () => {
		const events = eventsOf(line.frames).map(
			({ data }) => data as { id: string; state: string },
		);
		return made.map((id) => events.findLast((data) => data.id === id)?.state);
	};
	await expect
		.poll(states, { timeout: 30_000, interval: 200 })
		.toEqual(made.map(() => "mitigated"));
	expect(buffered).toBeLessThanOrEqual(mostBuffered);
	const events = eventsOf(line.frames);
	expect(events.length).toBeLessThan(updates * 0.9);
	const seqs = events.map(({ seq }) => seq ?? 0);
	expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => one - other));
	// Each was opened before it was changed, however little its reader took.
	expect(events.filter(({ type }) => type === "incident.created")).toHaveLength(
		made.length,
	);
}, 60_000);

test("another project and another tenant hear nothing, on any channel", async () => {
	const copilot = await openCopilot();
	const { engine, listeners, founder, people, stranger } = copilot;
	const { projects, projectTokens } = engine.identity;
	const other = projects.create(founder.holder.principal.needs("owner"), {
		name: word(),
	});
	const open = async (
		holder: typeof founder.holder,
		token: string | undefined,
	) => {
		const line = await connectAs(
			listeners.urls.events,
			engine,
			holder,
			token === undefined ? {} : { token },
		);
		await subscribe(line);
		return line;
	};
	const elsewhere = await projectTokens.switchTo(founder.holder, other.id, 900);
	const own = await open(people.viewer.holder, undefined);
	const foreign = [
		await open(founder.holder, elsewhere.accessToken),
		await open(stranger.holder, undefined),
	];
	incidentIn(copilot);
	const [explained] = await hypothesisIn(copilot);
	const source = await integrationIn(copilot, founder.projectId);
	const alertname = await alertIn(copilot, source);
	for (const type of [
		"incident.created",
		"hypothesis.generated",
		"alert.fired",
	]) {
		await expect
			.poll(() => eventsOf(own.frames).map((frame) => frame.type))
			.toContain(type);
	}
	expect(eventsOf(own.frames)).toContainEqual(
		expect.objectContaining({
			type: "hypothesis.generated",
			incidentId: explained,
		}),
	);
	expect(eventsOf(own.frames)).toContainEqual(
		expect.objectContaining({ data: expect.objectContaining({ alertname }) }),
	);
	// What is theirs comes, and was written last: nothing else is on its way.
	const theirs = [
		incidentIn(copilot, "detected", other.id),
		incidentIn({ ...copilot, founder: stranger }),
	];
	for (const [index, line] of foreign.entries()) {
		await expect.poll(() => idsOf(line)).toEqual([theirs[index]]);
	}
});
