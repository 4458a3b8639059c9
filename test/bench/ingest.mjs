/*
 * Single events over HTTP, each durable before it is answered, at 50 connections, beside a bare
 * Fastify that echoes the same body. Each server is a process of its own, the load generator
 * a third; runs alternate and their medians count. Fails below half of the echo's rate.
 *
 * node test/bench/ingest.mjs [--seconds 4] [--rounds 4] [--connections 50]
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import {
	createKey,
	firstLine,
	inTemporaryFolder,
	runToEnd,
	serveTocsin,
} from "./command-line.mjs";
import { median, numberFlag, report } from "./verdict.mjs";

const wanted = 0.5;
const seconds = numberFlag("seconds", 4);
const rounds = numberFlag("rounds", 4);
const connections = numberFlag("connections", 50);
const autocannon = join(
	import.meta.dirname,
	"../../node_modules/autocannon/autocannon.js",
);
const event = JSON.stringify({
	model_id: "bench",
	score: 0.73,
	prediction: "deny",
	entity_id: "account-1042",
	features: { amount: 129.95, age: 41, country: "DE" },
});

/** Requests a second that were answered with 200; any other answer is a failure. */
async function load(api, key, duration) {
	const output = await runToEnd(
		spawn(
			process.execPath,
			[
				autocannon,
				...["--json", "--no-progress", "--method", "POST", "--body", event],
				...["--connections", String(connections)],
				...["--duration", String(duration)],
				...["--headers", "content-type: application/json"],
				...["--headers", `x-api-key: ${key}`],
				`${api}/v1/events/prediction`,
			],
			{ stdio: ["ignore", "pipe", "ignore"] },
		),
	);
	const result = JSON.parse(output);
	if (result.non2xx > 0 || result.errors > 0) {
		throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
	}
	return { rate: result.requests.average, p99: result.latency.p99 };
}

await inTemporaryFolder(async (folder) => {
	const data = join(folder, "data");
	const key = await createKey(folder, data);
	const echo = spawn(
		process.execPath,
		[join(import.meta.dirname, "echo-server.mjs")],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	const { api: echoApi } = JSON.parse(await firstLine(echo));
	const tocsin = await serveTocsin(data);
	const echoes = [];
	const ingests = [];
	try {
		await load(echoApi, key, 1);
		await load(tocsin.api, key, 1);
		for (let round = 0; round < rounds; round++) {
			echoes.push(await load(echoApi, key, seconds));
			ingests.push(await load(tocsin.api, key, seconds));
		}
	} finally {
		echo.kill();
		await tocsin.stop();
	}
	const echoed = median(echoes.map(({ rate }) => rate));
	const stored = median(ingests.map(({ rate }) => rate));
	const p99 = median(ingests.map((run) => run.p99));
	report({
		name: "ingest",
		figure: `${stored.toFixed(0)} durable events/s at ${connections} connections, p99 ${p99} ms`,
		yardstick: `bare Fastify echo ${echoed.toFixed(0)} requests/s`,
		ratio: `${(stored / echoed).toFixed(2)}x; by round ${ingests.map(({ rate }, round) => (rate / echoes[round].rate).toFixed(2)).join(", ")}`,
		target: `at least ${wanted}x`,
		holds: stored >= wanted * echoed,
	});
});
