import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Contract } from "../../src-shared/contract/index.ts";
import { EngineOfflineError } from "../ground/faults.ts";
import { backoffDelay } from "./backoff.ts";
import { type Channel, type OpenChannel, SignedOutError } from "./channel.ts";
import { desktopBridge } from "./desktop-bridge.ts";
import { openPortChannel } from "./message-port-channel.ts";
import { openWebSocketChannel } from "./web-socket-channel.ts";

export type EngineClient = ContractRouterClient<Contract>;

export type ConnectionState =
	| { readonly kind: "connecting" }
	/** `epoch` grows with every new channel; what was subscribed on an old one is gone. */
	| { readonly kind: "open"; readonly epoch: number }
	/** `since` and `retryAt` in epoch milliseconds. */
	| {
			readonly kind: "offline";
			readonly since: number;
			readonly retryAt: number;
			readonly reason: string;
	  }
	| { readonly kind: "signed-out" };

export interface EngineConnection {
	/** Calls on it wait for the first channel, and are refused with `EngineOfflineError` while there is none. */
	readonly client: EngineClient;
	readonly state: StoreApi<ConnectionState>;
	/** Tries now instead of at the end of the pause; also after signing in. */
	retry(): void;
	/** Gives up the present channel, for instance because it stopped answering. */
	drop(): void;
	/** Ends for good. */
	close(): void;
}

/** Picks the transport: the desktop's port where there is a preload script, else the page's own origin. */
function defaultOpen(signal: AbortSignal): Promise<Channel> {
	const bridge = desktopBridge();
	return bridge === undefined
		? openWebSocketChannel(signal)
		: openPortChannel(bridge, signal);
}

/** Connects to the engine and stays connected: a lost channel is opened again with growing pauses. */
export function connectEngine(
	open: OpenChannel = defaultOpen,
): EngineConnection {
	const state = createStore<ConnectionState>(() => ({ kind: "connecting" }));
	const end = new AbortController();
	let channel: Channel | null = null;
	let wake: () => void = () => {};

	async function pause(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, milliseconds);
			wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	async function stayConnected(): Promise<void> {
		let attempt = 0;
		let epoch = 0;
		let offlineSince: number | null = null;
		while (!end.signal.aborted) {
			let reason: string;
			try {
				channel = await open(end.signal);
				attempt = 0;
				offlineSince = null;
				epoch++;
				state.setState({ kind: "open", epoch }, true);
				reason = await channel.closed;
			} catch (error) {
				if (error instanceof SignedOutError) {
					state.setState({ kind: "signed-out" }, true);
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
					state.setState({ kind: "connecting" }, true);
					continue;
				}
				reason = error instanceof Error ? error.message : String(error);
			}
			channel = null;
			const now = Date.now();
			if (end.signal.aborted) {
				state.setState(
					{ kind: "offline", since: now, retryAt: now, reason: "Closed." },
					true,
				);
				return;
			}
			offlineSince ??= now;
			const delay = backoffDelay(attempt++, Math.random());
			state.setState(
				{ kind: "offline", since: offlineSince, retryAt: now + delay, reason },
				true,
			);
			await pause(delay);
		}
	}

	async function openChannel(signal?: AbortSignal): Promise<Channel> {
		if (channel !== null) return channel;
		if (state.getState().kind === "connecting") {
			await settled(state, signal);
			if (channel !== null) return channel;
		}
		throw new EngineOfflineError();
	}

	const client: EngineClient = createORPCClient({
		async call(path, input, options) {
			return (await openChannel(options.signal)).link.call(
				path,
				input,
				options,
			);
		},
	});
	void stayConnected();
	return {
		client,
		state,
		retry: () => wake(),
		drop: () => channel?.close(),
		close() {
			end.abort();
			channel?.close();
			wake();
		},
	};
}

/** Resolves when the connection is no longer being made for the first time. */
function settled(
	state: StoreApi<ConnectionState>,
	signal?: AbortSignal,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = state.subscribe((next) => {
			if (next.kind === "connecting") return;
			stop();
			resolve();
		});
		signal?.addEventListener("abort", () => {
			stop();
			reject(signal.reason);
		});
	});
}
