import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A port of the loopback address that nobody has now. */
export async function freePort() {
	const server = createSocketServer();
	await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
	const { port } = server.address();
	await new Promise((closed) => server.close(closed));
	return port;
}

/** Stands between a sender and the engine and measures each answer; what the engine does not answer is 502. */
export async function startGauge(target) {
	const requests = [];
	const server = createServer(async (incoming, response) => {
		const chunks = [];
		for await (const chunk of incoming) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		const startedAt = performance.now();
		let status = 502;
		try {
			const { url, secret } = target();
			const answer = await fetch(url, {
				method: "POST",
				headers: {
					"content-type": "application/json",
					"x-webhook-secret": secret,
				},
				body,
			});
			await answer.arrayBuffer();
			({ status } = answer);
		} catch {}
		requests.push({
			startedAt,
			millis: performance.now() - startedAt,
			status,
			body,
		});
		response.writeHead(status).end();
	});
	await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
	return {
		url: `http://127.0.0.1:${server.address().port}/`,
		requests,
		stop: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

/** Alerts of notification `number`, as Alertmanager's API takes them. */
function alertsOf(number, size) {
	return Array.from({ length: size }, (_, index) => ({
		labels: {
			alertname: "HighErrorRate",
			severity: "warning",
			service: `service-${number % 50}`,
			batch: String(number),
			instance: `node-${number}-${index}`,
		},
		annotations: { summary: `Errors on node-${number}-${index}` },
		startsAt: new Date(Date.now() - 1_000).toISOString(),
	}));
}

/** The path of Alertmanager; null where there is none. */
export function findAlertmanager() {
	const paths = (process.env.PATH ?? "")
		.split(delimiter)
		.flatMap((folder) =>
			["prometheus-alertmanager", "alertmanager"].map((name) =>
				join(folder, name),
			),
		);
	return paths.find((path) => existsSync(path)) ?? null;
}

/** A real Alertmanager that notifies `hook`, a webhook for each batch. `send` gives it a batch. */
export async function startAlertmanager(program, parent, hook) {
	const folder = join(parent, "alertmanager");
	mkdirSync(folder);
	const port = await freePort();
	// JSON is YAML.
	const config = {
		route: {
			receiver: "tocsin",
			group_by: ["batch"],
			group_wait: "100ms",
			group_interval: "1s",
			repeat_interval: "4h",
		},
		receivers: [{ name: "tocsin", webhook_configs: [{ url: hook }] }],
	};
	const path = join(folder, "alertmanager.yml");
	writeFileSync(path, JSON.stringify(config));
	const child = spawn(
		program,
		[
			`--config.file=${path}`,
			`--storage.path=${join(folder, "data")}`,
			`--web.listen-address=127.0.0.1:${port}`,
			"--cluster.listen-address=",
			"--log.level=error",
		],
		{ stdio: "ignore" },
	);
	const base = `http://127.0.0.1:${port}`;
	for (let tries = 0; tries < 100; tries++) {
		const answer = await fetch(`${base}/-/ready`).catch(() => null);
		if (answer?.ok) break;
		await wait(100);
	}
	return {
		send: async (number, size) => {
			const answer = await fetch(`${base}/api/v2/alerts`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(alertsOf(number, size)),
			});
			if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}`);
		},
		stop: async () => {
			const ended = new Promise((resolve) => child.once("exit", resolve));
			child.kill("SIGTERM");
			await ended;
		},
	};
}

/** Sends what Alertmanager would, and again, as it does, after 5xx and broken connections. */
export function startStandIn(hook) {
	const sending = new Set();
	const notify = async (number, size) => {
		const body = JSON.stringify({
			version: "4",
			groupKey: `{}:{batch="${number}"}`,
			receiver: "tocsin",
			status: "firing",
			truncatedAlerts: 0,
			alerts: alertsOf(number, size).map((alert, index) => ({
				...alert,
				status: "firing",
				endsAt: "0001-01-01T00:00:00Z",
				fingerprint: `${number}-${index}`.padStart(16, "0"),
			})),
		});
		for (let delay = 500; ; delay = Math.min(10_000, delay * 1.5)) {
			const answer = await fetch(hook, { method: "POST", body }).catch(
				() => null,
			);
			if (answer !== null && answer.status < 500) return;
			await wait(delay);
		}
	};
	return {
		send: async (number, size) => {
			const sent = notify(number, size).finally(() => sending.delete(sent));
			sending.add(sent);
		},
		stop: () => Promise.all(sending),
	};
}
