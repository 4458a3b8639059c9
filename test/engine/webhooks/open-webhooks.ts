import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { onTestFinished } from "vitest";
import type { FeedEvent } from "../../../src-main/engine/feed/feed-event.ts";
import {
	EventFeed,
	type IncidentFeedData,
} from "../../../src-main/engine/feed/index.ts";
import { createOutbound } from "../../../src-main/engine/outbound/index.ts";
import type { Network } from "../../../src-main/engine/ports.ts";
import { Vault } from "../../../src-main/engine/secrets/index.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { WebhooksService } from "../../../src-main/engine/webhooks/index.ts";
import { testMember } from "../test-member.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

type IncidentChange = Extract<
	FeedEvent,
	{ type: "incident.created" | "incident.updated" }
>;

/** Who may work with the webhooks of a tenant. */
export function adminOf(tenantKey: number) {
	return testMember(
		{ key: tenantKey, id: `tenant-${tenantKey}`, name: "Zebra" },
		"admin",
	);
}

/** A clock whose two hands are moved by hand. */
export function handClock(startAt = Date.now()) {
	let now = startAt;
	let monotonic = 1_000;
	return {
		now: () => now,
		monotonic: () => monotonic,
		/** Time passes. */
		pass: (millis: number) => {
			now += millis;
			monotonic += millis;
		},
		/** Somebody sets the wall clock. */
		jump: (millis: number) => {
			now += millis;
		},
	};
}

export const tenant = 1;

export interface OpenWebhooksOptions {
	readonly folder?: string;
	readonly clock?: ReturnType<typeof handClock>;
	readonly network?: Network;
	readonly ownPorts?: readonly number[];
}

/** The service over a store and a feed of its own, with a clock set by hand; closed when the test is over. */
export function openWebhooks(options: OpenWebhooksOptions = {}) {
	const folder = options.folder ?? temporaryFolder(onTestFinished);
	const clock = options.clock ?? handClock();
	/** Warnings and errors. */
	const logged: unknown[] = [];
	const keep = (fields: Record<string, unknown>, message: string) => {
		logged.push({ message, ...fields });
	};
	const ports = {
		...testPorts(),
		clock,
		log: { ...testPorts().log, warn: keep, error: keep },
	};
	const store = openCommandStore(join(folder, "command.db"), ports);
	const feed = new EventFeed({ store, ...ports });
	const published: number[] = [];
	const webhooks = new WebhooksService({
		...ports,
		store,
		feed,
		vault: new Vault(folder, clock, ports.random),
		outbound: createOutbound({
			localAddresses: () => [],
			resolve: async (name) => {
				throw new Error(`no ${name} here`);
			},
			...options.network,
			ownPorts: () => options.ownPorts ?? [],
			monotonic: () => clock.monotonic(),
		}),
		version: "test",
		publish: (tenantKey) => published.push(tenantKey),
		incidentFacts: () => ({ severity: 1, modelId: "fraud_v1" }),
	});
	webhooks.start();
	let isOpen = true;
	const close = async () => {
		if (!isOpen) return;
		isOpen = false;
		await webhooks.close();
		feed.close();
		store.close();
	};
	onTestFinished(close);
	return {
		folder,
		clock,
		store,
		feed,
		webhooks,
		published,
		logged,
		close,
		/** Something happens to an incident. */
		happens: (data: Partial<IncidentFeedData> = {}, tenantKey = tenant) =>
			store.work.run((transaction) =>
				feed.append(transaction, tenantKey, incidentEvent(data)),
			),
		subscribe: (
			url: string,
			input: Partial<Parameters<WebhooksService["create"]>[1]> = {},
			tenantKey = tenant,
		) =>
			webhooks.create(adminOf(tenantKey), {
				name: "Receiver",
				url,
				eventTypes: [],
				minSeverity: null,
				modelIds: [],
				allowPrivateAddress: true,
				...input,
			}),
		deliveries: (subscriptionId?: string, tenantKey = tenant) =>
			webhooks.deliveries(adminOf(tenantKey), {
				subscriptionId,
				before: null,
				limit: 200,
			}).items,
	};
}

export function incidentEvent(
	data: Partial<IncidentFeedData> = {},
): IncidentChange {
	const change = data.change ?? "created";
	return {
		type: change === "created" ? "incident.created" : "incident.updated",
		incidentId: data.id ?? "incident-1",
		data: {
			id: "incident-1",
			number: 7,
			title: "PSI of amount is 0.31",
			state: "detected",
			severity: 2,
			severityWord: null,
			kind: "planner",
			key: null,
			modelId: "fraud_v1",
			source: "drift_monitor",
			assignedTo: null,
			acknowledgedBy: null,
			openedAt: Date.UTC(2026, 0, 20, 12),
			updatedAt: Date.UTC(2026, 0, 20, 12),
			...data,
			change,
		},
	};
}

export interface Received {
	readonly id: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** What a receiver does with a request; answers a status, and perhaps headers and a body. */
export type Answering = (
	request: Received,
) =>
	| number
	| { status: number; headers?: Record<string, string>; body?: string }
	| "reset"
	| "hang";

/** A receiver on 127.0.0.1; closed when the test is over. */
export async function listenForWebhooks(answering: Answering = () => 200) {
	const received: Received[] = [];
	const sockets = new Set<Socket>();
	let answer = answering;
	let most = 0;
	let open = 0;
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on("data", (part: Buffer) => parts.push(part));
		request.on("end", () => {
			const arrived: Received = {
				id: String(request.headers["webhook-id"]),
				headers: request.headers,
				body: Buffer.concat(parts).toString("utf8"),
			};
			received.push(arrived);
			const done = answer(arrived);
			open++;
			most = Math.max(most, open);
			response.on("close", () => open--);
			if (done === "hang") return;
			if (done === "reset") {
				request.socket.resetAndDestroy();
				return;
			}
			const { status, headers, body } =
				typeof done === "number"
					? { status: done, headers: {}, body: "" }
					: done;
			response.writeHead(status, headers).end(body);
		});
	});
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => {});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	onTestFinished(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise<unknown>((resolve) => server.close(resolve));
	});
	return {
		url: `http://127.0.0.1:${port}/hook`,
		port,
		received,
		/** The most requests that were open at once. */
		most: () => most,
		answerWith: (next: Answering) => {
			answer = next;
		},
		/** Breaks off whatever hangs. */
		breakOff: () => {
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Whether the newest signature of a request is that of `secret`, by the specification's own library. */
export function isSignedWith(secret: string, request: Received): boolean {
	const at = Number(request.headers["webhook-timestamp"]) * 1_000;
	const expected = new Webhook(secret).sign(
		request.id,
		new Date(at),
		request.body,
	);
	return signatures(request).includes(expected);
}

export function signatures(request: Received): string[] {
	return String(request.headers["webhook-signature"]).split(" ");
}
