/*
 * 500 mixed requests a second for 30 seconds over APIs A, C and E: reads, writes and ingest,
 * sent on a fixed schedule whatever the answers take, so that a slow answer is counted from
 * when its request was due. Beside it the same schedule against a bare Fastify echo. Fails on
 * any 5xx, a p99 over 50 ms, or memory that grows from the second third to the last by more
 * than 10 %.
 *
 * node test/bench/mixed.mjs [--seconds 30] [--rate 500] [--connections 64]
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import {
	createKey,
	firstLine,
	inTemporaryFolder,
	serveTocsin,
} from "./command-line.mjs";
import { median, numberFlag, report } from "./verdict.mjs";

const wantedMillis = 50;
const wantedGrowth = 1.1;
const seconds = numberFlag("seconds", 30);
const rate = numberFlag("rate", 500);
const connections = numberFlag("connections", 64);

const event = JSON.stringify({
	model_id: "bench",
	score: 0.73,
	prediction: "deny",
	features: { amount: 129.95, age: 41, country: "DE" },
});

/** One request; answers its status and parsed body. Rejects when no whole answer came. */
function send(agent, base, { method, path, headers = {}, body }) {
	return new Promise((resolve, reject) => {
		const sent = request(
			new URL(path, base),
			{
				agent,
				method,
				headers: {
					...headers,
					...(body === undefined
						? {}
						: {
								"content-type": "application/json",
								"content-length": Buffer.byteLength(body),
							}),
				},
			},
			(answer) => {
				const parts = [];
				answer.on("data", (part) => parts.push(part));
				answer.on("end", () =>
					resolve({
						status: answer.statusCode ?? 0,
						text: Buffer.concat(parts).toString(),
					}),
				);
				answer.on("error", reject);
			},
		);
		sent.on("error", reject);
		sent.end(body);
	});
}

/** Sends `make(n)` at the rate, `seconds` long; answers each latency from when it was due. */
async function onSchedule(base, make, sample) {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const started = performance.now();
	const total = rate * seconds;
	const latencies = [];
	const statuses = new Map();
	const slow = new Map();
	const waiting = [];
	let broken = 0;
	let next = 0;
	await new Promise((resolve) => {
		const tick = setInterval(() => {
			const due = Math.min(
				total,
				Math.floor(((performance.now() - started) / 1000) * rate),
			);
			for (; next < due; next++) {
				const dueAt = started + (next / rate) * 1000;
				const call = make(next);
				waiting.push(
					send(agent, base, call).then(
						({ status }) => {
							const took = performance.now() - dueAt;
							latencies.push(took);
							statuses.set(status, (statuses.get(status) ?? 0) + 1);
							if (took > wantedMillis) {
								slow.set(call.name, (slow.get(call.name) ?? 0) + 1);
							}
						},
						() => {
							broken++;
						},
					),
				);
			}
			sample?.((performance.now() - started) / 1000);
			if (next >= total) {
				clearInterval(tick);
				resolve();
			}
		}, 4);
	});
	await Promise.all(waiting);
	agent.destroy();
	latencies.sort((a, b) => a - b);
	const at = (share) =>
		latencies[
			Math.min(latencies.length - 1, Math.floor(latencies.length * share))
		];
	return { p50: at(0.5), p99: at(0.99), max: at(1), statuses, broken, slow };
}

/** The mix; every write is one that the API must take. */
function mix({ token, key, incidents }) {
	const bearer = { authorization: `Bearer ${token}` };
	const apiKey = { "x-api-key": key };
	const some = (n) => incidents[n % incidents.length];
	const calls = [
		[
			40,
			(n) => ({
				name: "event",
				method: "POST",
				path: "/v1/events/prediction",
				headers: apiKey,
				body: event,
				n,
			}),
		],
		[
			12,
			(n) => ({
				name: "A list",
				method: "GET",
				path: `/api/v1/incidents?page=${1 + (n % 4)}`,
				headers: bearer,
			}),
		],
		[
			10,
			(n) => ({
				name: "A get",
				method: "GET",
				path: `/api/v1/incidents/${some(n).id}`,
				headers: bearer,
			}),
		],
		[
			4,
			(n) => ({
				name: "A timeline",
				method: "POST",
				path: `/api/v1/incidents/${some(n).id}/timeline`,
				headers: bearer,
				body: JSON.stringify({ event_type: "note", body: `note ${n}` }),
			}),
		],
		[
			3,
			(n) => ({
				name: "A patch",
				method: "PATCH",
				path: `/api/v1/incidents/${some(n).id}`,
				headers: bearer,
				body: JSON.stringify({ description: `seen ${n}` }),
			}),
		],
		[
			2,
			(n) => ({
				name: "A create",
				method: "POST",
				path: "/api/v1/incidents",
				headers: bearer,
				body: JSON.stringify({
					title: `Mixed ${n}`,
					severity: "P3",
					model_id: uuidOf(n),
				}),
			}),
		],
		[
			12,
			(n) => ({
				name: "E list",
				method: "GET",
				path: `/api/incidents?limit=25&offset=${n % 50}`,
				headers: bearer,
			}),
		],
		[
			6,
			(n) => ({
				name: "E get",
				method: "GET",
				path: `/api/incidents/${some(n).number}`,
				headers: bearer,
			}),
		],
		[
			3,
			(n) => ({
				name: "E history",
				method: "GET",
				path: `/api/playbooks/incidents/${some(n).number}/actions/history`,
				headers: bearer,
			}),
		],
		[
			4,
			() => ({
				name: "C models",
				method: "GET",
				path: "/v1/models",
				headers: apiKey,
			}),
		],
		[
			4,
			() => ({
				name: "A models",
				method: "GET",
				path: "/api/v1/models?page_size=25",
				headers: bearer,
			}),
		],
	];
	const wheel = calls.flatMap(([weight, make]) => Array(weight).fill(make));
	// A stride without a common factor spreads the kinds evenly over each second.
	return (n) => wheel[(n * 37) % wheel.length](n);
}

function uuidOf(n) {
	return `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** Resident memory of a process, bytes. */
function residentBytes(pid) {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** Registers the first person, who owns what the API key writes, and answers API A's token. */
async function signIn({ api, copilot }) {
	const agent = new Agent();
	const [email, password] = ["bench@example.org", "correct horse battery"];
	const registered = await send(agent, copilot, {
		method: "POST",
		path: "/api/v1/auth/register",
		body: JSON.stringify({
			email,
			password,
			full_name: "Bench",
			tenant_name: "Bench",
		}),
	});
	const { status, text } = await send(agent, api, {
		method: "POST",
		path: "/api/v1/auth/token",
		body: JSON.stringify({ username: email, password }),
	});
	if (status !== 200) {
		throw new Error(
			`Signing in answered ${registered.status}, ${status}: ${text}`,
		);
	}
	return JSON.parse(text).access_token;
}

async function seedIncidents(api, token) {
	const agent = new Agent({ keepAlive: true });
	const incidents = [];
	for (let n = 0; n < 200; n++) {
		const { status, text } = await send(agent, api, {
			method: "POST",
			path: "/api/incidents",
			headers: { authorization: `Bearer ${token}` },
			body: JSON.stringify({
				kind: "invariant",
				key: `INV_bench_${n}`,
				severity: "sev3",
				summary: `Bench ${n}`,
			}),
		});
		if (status !== 201) throw new Error(`Creating answered ${status}: ${text}`);
		incidents.push({ number: JSON.parse(text).id });
	}
	const { text } = await send(agent, api, {
		method: "GET",
		path: "/api/v1/incidents?page_size=100",
		headers: { authorization: `Bearer ${token}` },
	});
	agent.destroy();
	const ids = JSON.parse(text).items.map(({ id }) => id);
	return incidents.map((incident, n) => ({
		...incident,
		id: ids[n % ids.length],
	}));
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
	try {
		const token = await signIn(tocsin);
		const incidents = await seedIncidents(tocsin.api, token);
		const bare = await onSchedule(echoApi, () => ({
			name: "echo",
			method: "POST",
			path: "/v1/events/prediction",
			body: event,
		}));
		const memory = [];
		const run = await onSchedule(
			tocsin.api,
			mix({ token, key, incidents }),
			(at) => {
				if (memory.length <= at * 4) memory.push(residentBytes(tocsin.pid));
			},
		);
		const third = Math.floor(memory.length / 3);
		const middle = median(memory.slice(third, 2 * third));
		const last = median(memory.slice(2 * third));
		const growth = last / middle;
		const faults = [...run.statuses].filter(([status]) => status >= 500);
		const refused = [...run.statuses].filter(
			([status]) => status >= 400 && status < 500,
		);
		console.log(
			`  statuses   ${[...run.statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}; broken off: ${run.broken}`,
		);
		console.log(
			`  over ${wantedMillis} ms  ${[...run.slow].map(([name, count]) => `${name}: ${count}`).join(", ") || "none"}`,
		);
		console.log(
			`  memory     ${memory
				.map((bytes) => Math.round(bytes / 1e6))
				.filter((_, n) => n % 8 === 0)
				.join(" ")} MB`,
		);
		report({
			name: "mixed",
			figure: `${rate} requests/s for ${seconds} s: p50 ${run.p50.toFixed(1)} ms, p99 ${run.p99.toFixed(1)} ms, worst ${run.max.toFixed(0)} ms, ${faults.length === 0 ? "no" : faults.map(([, count]) => count).join("+")} 5xx`,
			yardstick: `bare Fastify echo on the same schedule: p99 ${bare.p99.toFixed(1)} ms; limit ${wantedMillis} ms`,
			ratio: `${(run.p99 / wantedMillis).toFixed(2)} of the limit; memory of the last third ${growth.toFixed(3)} of the second's`,
			target: `p99 at most ${wantedMillis} ms, no 5xx, nothing broken off or refused, memory at most ${wantedGrowth}`,
			holds:
				faults.length === 0 &&
				refused.length === 0 &&
				run.broken === 0 &&
				run.p99 <= wantedMillis &&
				growth <= wantedGrowth,
		});
	} finally {
		echo.kill();
		await tocsin.stop();
	}
});
