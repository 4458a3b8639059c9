// SIGKILL in the midst of deliveries: every event reaches the receiver at least once under
// one id, and few reach it twice. A third of the first attempts fail, too.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEngine } from "../../src-main/engine/engine.ts";
import { testPorts } from "../engine/test-ports.ts";
import { isSignedWith } from "../engine/webhooks/open-webhooks.ts";
import { runCli } from "../entry/commands/run-cli.ts";
import { dataFolder, endAll, serve } from "../entry/commands/serving.ts";
import { send } from "./load.ts";
import { incidentIds } from "./stored-state.ts";

const rounds = 8;
/** What is in flight at once is all that a kill can double. */
const mostInFlight = 4;

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

/** Takes two thirds of the deliveries at once, and the others when they come again. */
async function startReceiver(secret: () => string) {
	const tried = new Map<string, string>();
	const taken = new Map<string, number>();
	const unsigned: string[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.setEncoding("utf8");
		request.on("data", (part: string) => {
			body += part;
		});
		request.on("end", () => {
			const { headers } = request;
			const id = String(headers["webhook-id"]);
			if (!isSignedWith(secret(), { id, headers, body })) unsigned.push(id);
			const incident = JSON.parse(body).data.id as string;
			const isFirst = !tried.has(id);
			tried.set(id, incident);
			if (isFirst && tried.size % 6 === 1) {
				response.writeHead(500).end();
			} else if (isFirst && tried.size % 6 === 2) {
				request.socket.resetAndDestroy();
			} else {
				taken.set(id, (taken.get(id) ?? 0) + 1);
				response.writeHead(204).end();
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		tried,
		taken,
		unsigned,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** A webhook for new incidents, made before anything is served. */
async function subscribe(url: string): Promise<string> {
	const engine = await createEngine(
		{ dataDirectory: folder.path, version: "test" },
		{
			...testPorts(),
			clock: { now: Date.now, monotonic: () => performance.now() },
		},
	);
	const { services, identity } = engine;
	const created = await services.webhooks.create(identity.localPrincipal(), {
		name: "Receiver",
		url,
		eventTypes: ["incident.created"],
		minSeverity: null,
		modelIds: [],
		allowPrivateAddress: true,
	});
	await engine.close();
	return created.secret;
}

test(`${rounds} rounds of SIGKILL while webhooks are sent`, async () => {
	let secret = "";
	const refused: string[] = [];
	const receiver = await startReceiver(() => secret);
	secret = await subscribe(receiver.url);
	const made = await runCli([
		"key",
		"create",
		"--name=crash",
		"--json",
		`--data-dir=${folder.path}`,
	]);
	const { key } = JSON.parse(made.stdout) as { key: string };
	try {
		for (let round = 0; round < rounds; round++) {
			const { ready, end } = await serve(folder.path, ["--rate-limit-scale=0"]);
			let isRunning = true;
			const open = async (worker: number) => {
				for (let index = 0; isRunning; index++) {
					const title = `Incident ${round}-${worker}-${index}`;
					const body = JSON.stringify({
						kind: "planner",
						key: title,
						summary: title,
						severity: "sev2",
					});
					try {
						await send({ api: ready.api, key }, "POST", "/api/incidents", {
							body,
						});
					} catch {
						isRunning = false;
					}
				}
			};
			const opening = [1, 2, 3].map(open);
			const target = receiver.taken.size + 10 + Math.floor(Math.random() * 20);
			await expect
				.poll(() => receiver.taken.size, { timeout: 20_000, interval: 5 })
				.toBeGreaterThan(target);
			expect(await end("SIGKILL")).toBe("SIGKILL");
			isRunning = false;
			await Promise.all(opening);
		}
		const { end } = await serve(folder.path);
		const incidents = incidentIds(folder.path);
		await expect
			.poll(() => receiver.taken.size, { timeout: 60_000 })
			.toBe(incidents.size);
		expect(await end("SIGTERM")).toBe(0);
		const ids = new Map(
			[...receiver.tried].map(([id, incident]) => [incident, id]),
		);
		const doubled = [...receiver.taken.values()].reduce(
			(sum, times) => sum + times - 1,
			0,
		);
		console.info(
			`${rounds} kills: ${incidents.size} events, each delivered under one id, ${doubled} of them twice`,
		);
		expect(new Set(receiver.tried.values())).toEqual(incidents);
		expect(ids.size).toBe(receiver.tried.size);
		expect(doubled).toBeLessThanOrEqual(rounds * mostInFlight);
		expect([receiver.unsigned, refused]).toEqual([[], []]);
	} finally {
		receiver.close();
	}
}, 180_000);
