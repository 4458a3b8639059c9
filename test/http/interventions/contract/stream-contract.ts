import { describe, expect, onTestFinished, test, vi } from "vitest";
import { EventReader } from "../event-reader.ts";
import { streamEvents } from "../interventions-document.ts";
import { shapeFaults } from "../shape.ts";
import { perform, record, see } from "./operations.ts";
import { newIncident, openForContract } from "./shared-interventions.ts";

/** The events of the stream, as the document lists them. */
export function streamContract(): void {
	describe("the stream", () => {
		test("has every documented event in the documented shape", async () => {
			vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
			onTestFinished(() => void vi.useRealTimers());
			const { opened, owner } = await openForContract();
			const headers = owner.authorized;
			const reader = await EventReader.open(
				`${opened.base}/sse/events`,
				headers,
			);
			onTestFinished(() => reader.destroy());
			record("stream", {
				status: 200,
				body: null,
				headers: new Headers(reader.headers as Record<string, string>),
			});
			const made = await perform(opened, "create", {
				json: newIncident(),
				headers,
			});
			const { id } = made.body as { id: number };
			await perform(opened, "acknowledge", { id, headers });
			await perform(opened, "execute", {
				id,
				json: { action_type: "add_word", params: { word: "a" } },
				headers,
			});
			vi.advanceTimersByTime(30_000);
			await expect.poll(() => reader.of("heartbeat").length).toBe(1);
			for (const [name, example] of Object.entries(streamEvents)) {
				const events = reader.of(name);
				expect([name, events.length > 0]).toEqual([name, true]);
				for (const data of events) {
					expect(shapeFaults(example, data)).toEqual([]);
					for (const field of Object.keys(data)) {
						see("stream", `event ${name}.${field}`);
					}
				}
			}
			expect(new Set(reader.events.map(({ event }) => event))).toEqual(
				new Set(Object.keys(streamEvents)),
			);
		});
	});
}
