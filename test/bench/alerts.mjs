/*
 * 10,000 alerts in 60 seconds as Alertmanager sends them, from a real Alertmanager where the
 * system has one, with one SIGKILL of the engine midway and a restart on the same port. The
 * yardstick of the time is a bare Fastify that echoes the same bodies. Fails when an alert is
 * lost or stored twice, or when the 99th percentile of the answers outside of the restart is
 * above 100 ms.
 *
 * node test/bench/alerts.mjs [--alerts 10000] [--seconds 60] [--size 20]
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Database from "better-sqlite3";
import {
	findAlertmanager,
	freePort,
	startAlertmanager,
	startGauge,
	startStandIn,
} from "./alert-sender.mjs";
import { firstLine, inTemporaryFolder } from "./command-line.mjs";
import { numberFlag, report } from "./verdict.mjs";

const mostMillis = 100;
const alerts = numberFlag("alerts", 10_000);
const seconds = numberFlag("seconds", 60);
const size = numberFlag("size", 20);
const notifications = Math.ceil(alerts / size);
const settleMillis = 120_000;

async function startEngine(data, port) {
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, "alert-engine.mjs"), data, String(port)],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	return { child, ...JSON.parse(await firstLine(child)) };
}

async function kill(child) {
	const ended = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGKILL");
	await ended;
}

function percentile(values, part) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Alerts, and how many different ones, that the database holds. */
function stored(data) {
	const database = new Database(join(data, "command.db"), { readonly: true });
	try {
		return database
			.prepare(
				"SELECT count(*) AS rows, count(DISTINCT fingerprint) AS alerts FROM alerts",
			)
			.get();
	} finally {
		database.close();
	}
}

/** Milliseconds of each answer to the same bodies, one after the other. */
async function echo(bodies) {
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, "echo-server.mjs")],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	try {
		const { api } = JSON.parse(await firstLine(child));
		const send = async (body) => {
			const started = performance.now();
			const answer = await fetch(`${api}/v1/events/prediction`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body,
			});
			await answer.arrayBuffer();
			if (!answer.ok) throw new Error(`the echo answered ${answer.status}`);
			return performance.now() - started;
		};
		for (const body of bodies.slice(0, 50)) await send(body);
		const millis = [];
		for (const body of bodies) millis.push(await send(body));
		return millis;
	} finally {
		child.kill();
	}
}

await inTemporaryFolder(async (folder) => {
	const data = join(folder, "data");
	mkdirSync(data);
	const port = await freePort();
	let engine = await startEngine(data, port);
	const { url, secret } = engine;
	const gauge = await startGauge(() => ({ url, secret }));
	const program = findAlertmanager();
	const sender =
		program === null
			? startStandIn(gauge.url)
			: await startAlertmanager(program, folder, gauge.url);
	const startedAt = performance.now();
	let killedAt = Number.POSITIVE_INFINITY;
	let readyAt = Number.POSITIVE_INFINITY;
	let restart = null;
	for (let number = 0; number < notifications; number++) {
		const due = startedAt + (number * seconds * 1000) / notifications;
		await wait(Math.max(0, due - performance.now()));
		await sender.send(number, size);
		if (number === Math.floor(notifications / 2)) {
			killedAt = performance.now();
			restart = kill(engine.child).then(async () => {
				engine = await startEngine(data, port);
				readyAt = performance.now();
			});
		}
	}
	await restart;
	const sentSeconds = (performance.now() - startedAt) / 1000;
	const wanted = notifications * size;
	const end = performance.now() + settleMillis;
	while (stored(data).alerts < wanted && performance.now() < end) {
		await wait(250);
	}
	const settledSeconds = (performance.now() - startedAt) / 1000;
	// What is sent again after all is there must make no second one.
	await wait(2_000);
	await sender.stop();
	gauge.stop();
	await kill(engine.child);
	const { rows, alerts: different } = stored(data);
	const { requests } = gauge;
	const outside = requests.filter(
		({ startedAt: at, millis, status }) =>
			status === 202 && (at + millis < killedAt || at > readyAt),
	);
	const millis = outside.map((request) => request.millis);
	const p99 = percentile(millis, 0.99);
	const echoes = await echo(outside.map(({ body }) => body));
	const echoed = percentile(echoes, 0.99);
	const refused = requests.filter(({ status }) => status !== 202).length;
	report({
		name: `alerts from ${program === null ? "a sender that retries as Alertmanager does" : "a real Alertmanager"}`,
		figure: `${wanted} alerts in ${sentSeconds.toFixed(1)} s, all stored after ${settledSeconds.toFixed(1)} s; ${requests.length} notifications, ${refused} unanswered around a kill and a restart of ${((readyAt - killedAt) / 1000).toFixed(1)} s; ${wanted - different} lost, ${rows - different} twice; intake p50 ${percentile(millis, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
		yardstick: `bare Fastify echo of the same bodies p50 ${percentile(echoes, 0.5).toFixed(1)} ms, p99 ${echoed.toFixed(1)} ms`,
		ratio: `${(p99 / echoed).toFixed(1)}x at p99, ${(percentile(millis, 0.5) / percentile(echoes, 0.5)).toFixed(1)}x at p50`,
		target: `0 lost, 0 twice, p99 at most ${mostMillis} ms`,
		holds: different === wanted && rows === wanted && p99 <= mostMillis,
	});
});
