import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { PagePort } from "../../../src-main/desktop/electron-parts.ts";
import { answerAppRequest } from "../../../src-main/desktop/security/app-files.ts";
import { FakeContents } from "../fake-electron.ts";
import type { FakeEmitter } from "../fake-emitter.ts";

const pageScript = await readFile(
	new URL("./electron-in-page.js", import.meta.url),
	"utf8",
);

/** Stands for `app://tocsin/`, a scheme that only Electron can register. */
export const origin = "http://tocsin.localhost";

/** The contents of a window whose page is a real one in Chromium. */
class PageContents extends FakeContents {
	readonly #page: Page;
	readonly #openPorts = new Map<number, PagePort>();
	#nextPort = 1;

	constructor(page: Page) {
		super();
		this.#page = page;
	}

	override send(channel: string, ...values: unknown[]): void {
		super.send(channel, ...values);
		this.#call("deliver", channel, values, null);
	}

	override postMessage(
		channel: string,
		message: unknown,
		transfer: PagePort[] = [],
	): void {
		super.postMessage(channel, message, transfer);
		const [port] = transfer;
		if (port === undefined) return;
		const id = this.#nextPort++;
		this.#openPorts.set(id, port);
		this.#call("deliver", channel, [message], id);
		port.on("message", ({ data }) => this.#call("toPort", id, data));
		port.on("close", () => this.#call("closePort", id));
		port.start();
	}

	fromPort(id: number, data: unknown): void {
		this.#openPorts.get(id)?.postMessage(data);
	}

	portClosed(id: number): void {
		this.#openPorts.get(id)?.close();
	}

	#call(name: string, ...values: unknown[]): void {
		this.#page
			.evaluate(
				([method, given]) =>
					Reflect.apply(
						Reflect.get(Reflect.get(globalThis, "pageElectron"), method),
						null,
						given,
					),
				[name, values] as const,
			)
			.catch(() => {
				// The page is reloading or gone; Electron drops such messages too.
			});
	}
}

/**
 * Makes a Chromium page as Electron would: `preload` runs before the page with Electron's
 * renderer side as `require("electron")`, messages reach `ipcMain` as from a main frame at
 * `app://tocsin/`, and files come from `root` through the app's own scheme handler.
 */
export async function electronPage(
	page: Page,
	preload: string,
	root: string,
	ipcMain: FakeEmitter,
): Promise<{ contents: PageContents; outside: string[] }> {
	const contents = new PageContents(page);
	const outside: string[] = [];
	await page.exposeFunction(
		"sendToMain",
		(channel: string, values: unknown[]) =>
			ipcMain.emit(
				channel,
				{ sender: contents, senderFrame: contents.mainFrame, ports: [] },
				...values,
			),
	);
	await page.exposeFunction("fromPort", (id: number, data: unknown) =>
		contents.fromPort(id, data),
	);
	await page.exposeFunction("portClosed", (id: number) =>
		contents.portClosed(id),
	);
	await page.addInitScript({
		content: `${pageScript}(function (require, module, exports, process) {${preload}
})(pageElectron.require, { exports: {} }, {}, { platform: "linux" });`,
	});
	await page.route("**/*", async (route) => {
		const url = new URL(route.request().url());
		if (url.origin !== origin) {
			outside.push(url.href);
			await route.abort();
			return;
		}
		const answer = await answerAppRequest(root, {
			url: `app://tocsin${url.pathname}`,
			method: route.request().method(),
		});
		await route.fulfill({
			status: answer.status,
			headers: Object.fromEntries(answer.headers),
			body: Buffer.from(await answer.arrayBuffer()),
		});
	});
	return { contents, outside };
}
