import { onTestFinished } from "vitest";
import { createEngine } from "../../src-main/engine/engine.ts";
import type { ListenerConfig } from "../../src-main/engine/engine-config.ts";
import type { Log } from "../../src-main/engine/ports.ts";
import { UploadRegistry } from "../../src-main/engine/uploads/index.ts";
import { startListeners } from "../../src-main/http/index.ts";
import { temporaryFolder, testPorts } from "../engine/test-ports.ts";
import { FakeServices } from "./fake-services.ts";

/** Real listeners on free ports over a real engine whose contract is faked; closed when the test is over. */
export async function openListeners(
	options: {
		config?: Partial<ListenerConfig>;
		uploadLimit?: number;
		allowRegistration?: boolean;
	} = {},
) {
	const folder = temporaryFolder(onTestFinished);
	const ports = testPorts();
	const logged: { fields: Record<string, unknown>; message: string }[] = [];
	const keep = (fields: Record<string, unknown>, message: string) => {
		logged.push({ fields, message });
	};
	const silent = () => {};
	const log: Log = { debug: silent, info: silent, warn: keep, error: keep };
	const engine = await createEngine(
		{
			dataDirectory: folder,
			version: "test",
			allowRegistration: options.allowRegistration ?? true,
		},
		{ ...ports, log },
	);
	const { identity } = engine;
	const uploads = new UploadRegistry(
		{
			dataDirectory: folder,
			...(options.uploadLimit === undefined
				? {}
				: { limitBytes: options.uploadLimit }),
		},
		{ ...ports, log },
	);
	const fake = new FakeServices(identity);
	const served = { ...engine, uploads, services: fake.services };
	const listeners = await startListeners(served, {
		host: "127.0.0.1",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: 0,
		uiDirectory: null,
		...options.config,
	});
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		uploads.close();
		await listeners.close();
		await engine.close();
	};
	onTestFinished(close);
	return {
		...listeners,
		close,
		engine,
		identity,
		uploads,
		fake,
		logged,
		folder,
		ports,
	};
}

/** POSTs JSON. */
export function post(
	url: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Response> {
	return fetch(url, {
		method: "POST",
		headers: {
			...(body === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		body: body === undefined ? null : JSON.stringify(body),
	});
}

/** The cookies of an answer, for the next request. */
export function cookiesOf(response: Response): string {
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(";", 1)[0] ?? "")
		.join("; ");
}

/** An answer's JSON; the test says what it expects to find. */
export async function readJson<Shape>(response: Response): Promise<Shape> {
	return (await response.json()) as Shape;
}
