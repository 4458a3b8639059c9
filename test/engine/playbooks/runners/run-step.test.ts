// Waits and requests keep to their limits and end when they are told to; a check holds or says why not.
import { describe, expect, test, vi } from "vitest";
import { OutboundError } from "../../../../src-main/engine/outbound/index.ts";
import type { OutboundRequest } from "../../../../src-main/engine/outbound/outbound.ts";
import type { HttpStep } from "../../../../src-main/engine/playbooks/definition.ts";
import {
	type RunnerPorts,
	runStep,
} from "../../../../src-main/engine/playbooks/runners/run-step.ts";
import { surroundings, timed } from "./step-bench.ts";

vi.setConfig({ testTimeout: 5_000 });

const base = { id: "s", phase: "step", title: "S" } as const;
const request: HttpStep = {
	...base,
	kind: "http",
	method: "POST",
	url: "http://es.example:9200/x",
	allowedHosts: ["es.example:9200"],
	allowPrivate: false,
	connection: null,
	headers: {},
	body: { a: 1 },
	timeoutSeconds: 7,
	successStatuses: [[200, 204]],
	capture: {},
};

function parts(
	answer: (asked: OutboundRequest) => { status: number; body?: string },
): RunnerPorts {
	return {
		workFolder: "",
		outbound: {
			request: async (asked) => {
				const { status, body = "" } = answer(asked);
				return {
					status,
					headers: {},
					body: Buffer.from(body),
					durationMs: 1,
				} as never;
			},
		},
		catalogue: {
			holds: (condition) => {
				if (condition === "broken") throw new Error("no such name");
				return condition === "true";
			},
			fill: (step) => step,
			connectionHeaders: () => ({}),
		},
	};
}

const silent = parts(() => ({ status: 200 }));

describe("a wait", () => {
	test("takes its time, and no more", async () => {
		const { around } = surroundings();
		const [outcome, millis] = await timed(
			runStep({ ...base, kind: "wait", seconds: 0.2 }, silent, around),
		);
		expect(outcome.status).toBe("success");
		expect(millis).toBeGreaterThanOrEqual(190);
		expect(millis).toBeLessThan(1_500);
	});

	test("is cut short", async () => {
		const { around, stop } = surroundings();
		setTimeout(() => stop.abort(), 50);
		expect(
			await runStep({ ...base, kind: "wait", seconds: 3e6 }, silent, around),
		).toMatchObject({ status: "cancelled" });
	});
});

test.each([
	["true", "success", null],
	["false", "failed", "It does not."],
	["broken", "failed", "The check could not be made: no such name"],
] as const)("a check of %s is a %s", async (condition, status, fault) => {
	const { around } = surroundings();
	expect(
		await runStep(
			{ ...base, kind: "check", condition, otherwise: "It does not." },
			silent,
			around,
		),
	).toMatchObject({ status, fault });
});

describe("a request", () => {
	test("is sent with its limit, its hosts and what stops it", async () => {
		const { around } = surroundings();
		const asked: OutboundRequest[] = [];
		await runStep(
			request,
			parts((one) => {
				asked.push(one);
				return { status: 204 };
			}),
			around,
		);
		expect(asked).toMatchObject([
			{
				method: "POST",
				timeoutMillis: 7_000,
				allowedHosts: ["es.example:9200"],
				allowPrivate: false,
				body: '{"a":1}',
			},
		]);
		expect(asked[0]?.signal).toBe(around.signal);
	});

	test.each([
		[200, "success"],
		[204, "success"],
		[205, "failed"],
		[199, "failed"],
	])("answered with %i is a %s", async (status, expected) => {
		const { around } = surroundings();
		const outcome = await runStep(
			request,
			parts(() => ({ status })),
			around,
		);
		expect(outcome.status).toBe(expected);
	});

	test.each([
		["TIMEOUT", "POST", "timed_out", true],
		["TIMEOUT", "GET", "timed_out", false],
		["ABORTED", "POST", "cancelled", true],
	] as const)(
		"that ends with %s on a %s is %s",
		async (code, method, status, mayHaveActed) => {
			const { around } = surroundings();
			const outcome = await runStep(
				{ ...request, method },
				parts(() => {
					throw new OutboundError(code, "no");
				}),
				around,
			);
			expect(outcome.status).toBe(status);
			expect(outcome.fault?.includes("may have acted")).toBe(mayHaveActed);
		},
	);

	test("is not sent once the action is to stop", async () => {
		const { around, stop } = surroundings();
		stop.abort();
		const outcome = await runStep(
			request,
			parts(() => {
				throw new Error("it was sent");
			}),
			around,
		);
		expect(outcome).toMatchObject({
			status: "cancelled",
			fault: "It was not sent.",
		});
	});
});
