import { once } from "node:events";
import { expect, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Engine } from "../../../src-main/engine/engine.ts";
import type { TokenHolder } from "../../../src-main/engine/identity/index.ts";
import { must } from "../../../src-shared/domain/must.ts";

export type Frame = Record<string, unknown> & { type: string; seq?: number };

/** A socket to the events listener and every frame that came. */
export interface Line {
	readonly socket: WebSocket;
	readonly frames: Frame[];
	readonly send: (frame: unknown) => void;
}

export const channels = ["incidents", "hypotheses", "alerts"];

/** Opens a socket and says nothing; it is closed when the test is over. */
export async function dial(url: string): Promise<Line> {
	const socket = new WebSocket(url);
	onTestFinished(() => socket.terminate());
	const frames: Frame[] = [];
	socket.on("message", (data) => frames.push(JSON.parse(String(data))));
	await once(socket, "open");
	const send = (frame: unknown) => socket.send(JSON.stringify(frame));
	return { socket, frames, send };
}

/** Opens a socket as somebody, with a token made for it unless another is given. */
export async function connectAs(
	url: string,
	{ identity }: Pick<Engine, "identity">,
	holder: TokenHolder,
	given: { readonly token?: string; readonly lastSeq?: number } = {},
): Promise<Line> {
	const line = await dial(url);
	line.send({
		type: "connect",
		token: given.token ?? identity.projectTokens.issueForSocket(holder),
		tenantId: holder.principal.tenant.id,
		...(given.lastSeq === undefined ? {} : { lastSeq: given.lastSeq }),
	});
	await expect.poll(() => line.frames[0]?.type).toBe("connected");
	return line;
}

/** Subscribes, and waits until that is answered. */
export async function subscribe(
	line: Line,
	names: readonly string[] = channels,
): Promise<void> {
	line.send({ type: "subscribe", channels: names });
	await expect
		.poll(() => line.frames.some(({ type }) => type === "subscribed"))
		.toBe(true);
}

/** Cuts the line without a word; answers the `seq` of the last frame that came. */
export async function cut({ socket, frames }: Line): Promise<number> {
	const closed = once(socket, "close");
	socket.terminate();
	await closed;
	return must(frames.at(-1)?.seq, "every frame has one");
}

/** The frames that tell of something that happened. */
export function eventsOf(frames: readonly Frame[]): Frame[] {
	return frames.filter(({ type }) => type.includes("."));
}

export function idsOf({ frames }: Line): string[] {
	return eventsOf(frames).map(({ data }) => (data as { id: string }).id);
}
