import type { FastifyReply } from "fastify";
import type { PlaybookAction } from "../../../../src-shared/contract/index.ts";
import type { BegunRun } from "../../../engine/playbooks/index.ts";
import { Refusal } from "../error-format.ts";
import { type ActionPlace, failureDetails, pathOf } from "./action-json.ts";

/** A caller is kept waiting no longer than this; the action goes on all the same. */
const longestWait = 25_000;

/** The milliseconds that a request waits for an action's end, by its `Prefer` (RFC 7240). */
export function patience(prefer: string | undefined): number {
	const wishes = (prefer ?? "").toLowerCase().split(/[,;]/);
	const wish = (pattern: RegExp) =>
		wishes.map((text) => pattern.exec(text.trim())).find((m) => m !== null);
	if (wish(/^respond-async$/)) return 0;
	const seconds = wish(/^wait=(\d{1,6})$/)?.[1];
	return seconds === undefined
		? longestWait
		: Math.min(longestWait, Number(seconds) * 1_000);
}

/**
 * Waits for an action's end, as long as the caller likes and the listener is open, and
 * answers 200 with it, or 202 while it runs on: nothing that befalls the request decides
 * what becomes of the action. One that did not succeed is thrown as a Refusal: 504 where
 * it took too long, else 500.
 */
export async function answerRun<Body>(
	reply: FastifyReply,
	begun: BegunRun,
	options: {
		prefer: string | undefined;
		closing: AbortSignal;
		place: ActionPlace;
		body: (action: PlaybookAction) => Body;
	},
): Promise<Body> {
	const millis = patience(options.prefer);
	// Told to nobody once the wait is over; the action's own record says it all.
	begun.ended.catch(() => {});
	const action =
		(await endWithin(begun.ended, millis, options.closing)) ?? begun.action;
	switch (action.status) {
		case "success":
			return options.body(action);
		case "running":
			reply.code(202).header("location", pathOf(action));
			if (options.prefer !== undefined && millis === 0) {
				reply.header("preference-applied", "respond-async");
			}
			return options.body(action);
		default:
			throw new Refusal(
				action.status === "timed_out" ? 504 : 500,
				action.message,
				failureDetails(action, options.place),
			);
	}
}

async function endWithin(
	ended: Promise<PlaybookAction>,
	millis: number,
	closing: AbortSignal,
): Promise<PlaybookAction | null> {
	if (millis === 0 || closing.aborted) return null;
	let giveUp = (): void => {};
	const patienceEnds = new Promise<null>((resolve) => {
		const timer = setTimeout(() => resolve(null), millis);
		const stop = () => resolve(null);
		closing.addEventListener("abort", stop);
		giveUp = () => {
			clearTimeout(timer);
			closing.removeEventListener("abort", stop);
		};
	});
	try {
		return await Promise.race([ended, patienceEnds]);
	} finally {
		giveUp();
	}
}
