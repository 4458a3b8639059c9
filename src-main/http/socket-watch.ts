import type { WebSocket } from "ws";

const tickMillis = 1_000;
const ticksPerPing = 30;
const mostBuffered = 32 * 1024 * 1024;

/** Close codes of RFC 6455. */
export const goingAway = 1001;
export const policyViolation = 1008;

/**
 * Looks after open WebSockets once a second: closes those whose credential ended, those
 * whose reader fell too far behind (a socket has no back-pressure) and those whose peer
 * is gone without a word.
 */
export class SocketWatch {
	readonly #sockets = new Map<
		WebSocket,
		{ isLive: () => boolean; hasAnswered: boolean }
	>();
	readonly #timer: NodeJS.Timeout;
	#tick = 0;

	constructor() {
		this.#timer = setInterval(() => this.#look(), tickMillis);
		this.#timer.unref();
	}

	/** `isLive` says whether the socket's credential still holds. */
	add(socket: WebSocket, isLive: () => boolean): void {
		const state = { isLive, hasAnswered: true };
		this.#sockets.set(socket, state);
		socket.on("pong", () => {
			state.hasAnswered = true;
		});
		socket.on("close", () => this.#sockets.delete(socket));
	}

	/** Says goodbye to every socket, and ends those that do not answer within a second. */
	async close(): Promise<void> {
		clearInterval(this.#timer);
		const open = [...this.#sockets.keys()];
		for (const socket of open) socket.close(goingAway, "shutting down");
		const ends = open.map(
			(socket) => new Promise((resolve) => socket.once("close", resolve)),
		);
		const deadline = setTimeout(() => {
			for (const socket of open) socket.terminate();
		}, 1_000);
		await Promise.all(ends);
		clearTimeout(deadline);
	}

	#look(): void {
		const isPingTick = ++this.#tick % ticksPerPing === 0;
		for (const [socket, state] of this.#sockets) {
			if (!state.isLive()) socket.close(policyViolation, "signed out");
			else if (socket.bufferedAmount > mostBuffered) socket.terminate();
			else if (isPingTick) {
				if (!state.hasAnswered) socket.terminate();
				else {
					state.hasAnswered = false;
					socket.ping();
				}
			}
		}
	}
}
