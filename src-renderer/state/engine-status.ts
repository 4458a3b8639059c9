import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineStatus, Session } from "../../src-shared/contract/index.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";
import type { LiveHub } from "./live-hub.ts";

const pollEvery = 5_000;
const answerWithin = 10_000;

export interface EngineFacts {
	/** Null until the first answer. */
	readonly status: EngineStatus | null;
	readonly session: Session | null;
}

/**
 * Asks the engine how it is, every 5 s while connected, and who is signed in, again whenever
 * the people of the tenant change. An engine that does not answer within
 * 10 s is given up, so that the connection is made anew instead of hanging on a dead channel.
 */
export function watchEngine(
	connection: EngineConnection,
	live: LiveHub,
): {
	readonly facts: StoreApi<EngineFacts>;
	refresh(): void;
	close(): void;
} {
	const facts = createStore<EngineFacts>(() => ({
		status: null,
		session: null,
	}));
	let asking = false;
	let isSessionOld = false;

	async function ask(): Promise<void> {
		if (asking || connection.state.getState().kind !== "open") return;
		asking = true;
		const limit = AbortSignal.timeout(answerWithin);
		try {
			const status = await connection.client.system.status(undefined, {
				signal: limit,
			});
			facts.setState({ status });
			if (facts.getState().session === null || isSessionOld) {
				isSessionOld = false;
				facts.setState({
					session: await connection.client.system.session(undefined, {
						signal: limit,
					}),
				});
			}
		} catch {
			isSessionOld = true;
			if (limit.aborted) connection.drop();
		} finally {
			asking = false;
		}
	}

	const timer = setInterval(() => void ask(), pollEvery);
	const unsubscribe = connection.state.subscribe((state) => {
		if (state.kind === "open") void ask();
		if (state.kind === "signed-out") {
			facts.setState({ session: null });
		}
	});
	const unsubscribeLive = live.subscribe(({ kind }) => {
		if (kind !== "members" && kind !== "resync") return;
		isSessionOld = true;
		void ask();
	});
	void ask();
	return {
		facts,
		refresh: () => void ask(),
		close() {
			clearInterval(timer);
			unsubscribe();
			unsubscribeLive();
		},
	};
}
