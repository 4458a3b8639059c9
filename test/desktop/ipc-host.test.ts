// A page gets one connection to the engine at a time; what either side says reaches the
// other in order; when either end closes, so does the other.
import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ipcChannels } from "../../src-main/desktop/ipc-channels.ts";
import { hostIpc } from "../../src-main/desktop/ipc-host.ts";
import { ownAddresses } from "../../src-main/desktop/security/app-address.ts";
import { must } from "../../src-shared/domain/must.ts";
import { FakeContents } from "./fake-electron.ts";
import { FakeEmitter } from "./fake-emitter.ts";
import { FakeMessageChannelMain, FakePagePort } from "./fake-ports.ts";

function host() {
	const ipcMain = new FakeEmitter();
	const enginePorts: MessagePort[] = [];
	const refused: string[] = [];
	const ipc = hostIpc(ipcMain, FakeMessageChannelMain, {
		isOwnAddress: ownAddresses(null),
		connectUi: (port) => void enginePorts.push(port),
		refused: (channel, reason) => void refused.push(`${channel}: ${reason}`),
	});
	function ask(page: FakeContents): {
		page: FakePagePort;
		engine: MessagePort;
	} {
		ipcMain.emit(ipcChannels.requestPort, {
			sender: page,
			senderFrame: page.mainFrame,
			ports: [],
		});
		const port = page.ports.at(-1);
		if (!(port instanceof FakePagePort)) throw new Error("no port came");
		return {
			page: port,
			engine: must(enginePorts.at(-1), "the engine got one"),
		};
	}
	return { ipc, ipcMain, refused, ask };
}

function closed(port: FakePagePort | MessagePort): Promise<void> {
	return new Promise((resolve) => {
		if (port instanceof FakePagePort) port.on("close", () => resolve());
		else port.once("close", () => resolve());
	});
}

test("law: messages arrive as they were sent, in order, both ways", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.jsonValue(), { minLength: 1 }),
			async (sent) => {
				const { page, engine } = host().ask(new FakeContents());
				const up: unknown[] = [];
				const down: unknown[] = [];
				const done = Promise.withResolvers<void>();
				engine.on("message", (message: unknown) => {
					up.push(message);
					engine.postMessage(message);
				});
				page.on("message", ({ data }: { data: unknown }) => {
					down.push(data);
					if (down.length === sent.length) done.resolve();
				});
				page.start();
				for (const message of sent) page.postMessage(message);
				await done.promise;
				page.close();
				await once(engine, "close");
				expect([up, down]).toEqual([sent, sent]);
			},
		),
		{ numRuns: 30 },
	);
});

test("binary data keeps its kind", async () => {
	const { page, engine } = host().ask(new FakeContents());
	page.postMessage({ at: new Date(0), bytes: new Float64Array([1, 2]) });
	const [message] = await once(engine, "message");
	expect(message).toEqual({ at: new Date(0), bytes: new Float64Array([1, 2]) });
	engine.close();
});

test("closing either end closes the other", async () => {
	const first = host().ask(new FakeContents());
	const engineClosed = closed(first.engine);
	first.page.close();
	await engineClosed;
	const second = host().ask(new FakeContents());
	const pageClosed = closed(second.page);
	second.engine.close();
	await pageClosed;
});

test("a page that asks again, as after a reload, has its old connection closed", async () => {
	const { ask } = host();
	const page = new FakeContents();
	const old = ask(page);
	const oldClosed = Promise.all([closed(old.page), closed(old.engine)]);
	const current = ask(page);
	await oldClosed;
	current.page.postMessage("still here");
	expect(await once(current.engine, "message")).toEqual(["still here"]);
	current.engine.close();
});

test("a page that is forgotten loses its connection, another page does not", async () => {
	const { ipc, ask } = host();
	const [gone, here] = [new FakeContents(), new FakeContents()];
	const goneEngine = ask(gone).engine;
	const hereEnds = ask(here);
	const lost = closed(goneEngine);
	ipc.forget(gone.id);
	await lost;
	hereEnds.page.postMessage("here");
	expect(await once(hereEnds.engine, "message")).toEqual(["here"]);
	hereEnds.engine.close();
});

test("an incident asked for before the page is there waits for it, the last one counts", async () => {
	const { ipc, ask } = host();
	const page = new FakeContents();
	ipc.openIncident(page, "a");
	ipc.openIncident(page, "b");
	expect(page.sent).toEqual([]);
	const { engine } = ask(page);
	expect(page.sent).toEqual([
		[ipcChannels.port],
		[ipcChannels.openIncident, "b"],
	]);
	ipc.openIncident(page, "c");
	expect(page.sent.at(-1)).toEqual([ipcChannels.openIncident, "c"]);
	const lost = closed(engine);
	ipc.forget(page.id);
	await lost;
	ipc.openIncident(page, "d");
	expect(page.sent.at(-1)).toEqual([ipcChannels.openIncident, "c"]);
	page.isGone = true;
	ipc.openIncident(page, "e");
	expect(page.sent).toHaveLength(3);
});

test("what is refused is said", () => {
	const { ipcMain, refused } = host();
	const page = new FakeContents();
	const event = { sender: page, senderFrame: page.mainFrame, ports: [] };
	ipcMain.emit(ipcChannels.requestPort, { ...event, senderFrame: null });
	ipcMain.emit(ipcChannels.requestPort, event, { path: "/etc/passwd" });
	expect(refused).toEqual([
		"tocsin:request-port: the sender is not trusted",
		"tocsin:request-port: it carries values",
	]);
	expect(page.ports).toEqual([]);
});
