import { MessageChannel, type MessagePort } from "node:worker_threads";
import type {
	MessageChannelClass,
	PagePort,
} from "../../src-main/desktop/electron-parts.ts";
import { FakeEmitter } from "./fake-emitter.ts";

/** One end of Electron's channel, over one of Node's; queues until `start`, as Electron does. */
export class FakePagePort extends FakeEmitter {
	readonly #port: MessagePort;

	constructor(port: MessagePort) {
		super();
		this.#port = port;
		port.on("close", () => this.emit("close"));
	}

	postMessage(message: unknown): void {
		this.#port.postMessage(message);
	}

	start(): void {
		this.#port.on("message", (data: unknown) =>
			this.emit("message", { data, ports: [] }),
		);
	}

	close(): void {
		this.#port.close();
	}
}

export class FakeMessageChannelMain {
	readonly port1: FakePagePort;
	readonly port2: FakePagePort;

	constructor() {
		const channel = new MessageChannel();
		this.port1 = new FakePagePort(channel.port1);
		this.port2 = new FakePagePort(channel.port2);
	}
}

FakePagePort satisfies new (
	port: MessagePort,
) => PagePort;
FakeMessageChannelMain satisfies MessageChannelClass;
