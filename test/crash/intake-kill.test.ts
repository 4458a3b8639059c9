// SIGKILL while alerts arrive: what was answered with 2xx is stored, what was not is sent
// again by its sender, and at the end every alert is there once.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { must } from "../../src-shared/domain/must.ts";
import { amAlert, amBody } from "../engine/monitoring/open-monitoring.ts";
import { temporaryFolder } from "../engine/test-ports.ts";

const rounds = 3;
const perNotification = 20;
const notificationsPerRound = 40;
const senders = 8;
/** Of a round, in the midst of which it is killed. */
const answeredBeforeKill = 12;

interface Running {
	readonly child: ChildProcess;
	readonly url: string;
	readonly secret: string | null;
	readonly total: number;
}

const ends: (() => void)[] = [];
const children = new Set<ChildProcess>();
afterEach(() => {
	for (const child of children) child.kill("SIGKILL");
	for (const end of ends.splice(0)) end();
});

async function start(folder: string): Promise<Running> {
	const program = fileURLToPath(
		new URL("./intake-kill-engine.ts", import.meta.url),
	);
	const child = spawn(process.execPath, [program, folder], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	children.add(child);
	for await (const line of createInterface({
		input: must(child.stdout, "piped"),
	})) {
		return { child, ...JSON.parse(line) };
	}
	throw new Error("it ended before it listened");
}

async function kill({ child }: Running): Promise<void> {
	const ended = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGKILL");
	await ended;
	children.delete(child);
}

/** Notification `number` of all: no two hold the same alert. */
function notification(number: number): string {
	return JSON.stringify(
		amBody(
			...Array.from({ length: perNotification }, (_, index) =>
				amAlert({ fingerprint: `alert-${number}-${index}` }),
			),
		),
	);
}

test(`${rounds} rounds of SIGKILL while alerts arrive`, async () => {
	const folder = temporaryFolder((end) => ends.push(end));
	let running = await start(folder);
	const secret = must(running.secret, "made at the first start");
	const send = async (body: string): Promise<boolean> => {
		try {
			const answer = await fetch(running.url, {
				method: "POST",
				headers: { "x-webhook-secret": secret },
				body,
			});
			return answer.ok;
		} catch {
			return false;
		}
	};
	let number = 0;
	let unanswered = 0;
	for (let round = 0; round < rounds; round++) {
		const bodies = Array.from({ length: notificationsPerRound }, () =>
			notification(number++),
		);
		let answered = 0;
		let reached = () => {};
		const midway = new Promise<void>((resolve) => {
			reached = resolve;
		});
		const lost: string[] = [];
		const waiting = bodies.values();
		const sending = Promise.all(
			Array.from({ length: senders }, async () => {
				for (const body of waiting) {
					if (await send(body)) {
						answered++;
						if (answered === answeredBeforeKill) reached();
					} else lost.push(body);
				}
			}),
		);
		await midway;
		await kill(running);
		await sending;
		unanswered += lost.length;
		running = await start(folder);
		expect(running.total).toBeGreaterThanOrEqual(answered * perNotification);
		// As Alertmanager does with what was not answered with 2xx.
		const again = await Promise.all(lost.map(send));
		expect(again).not.toContain(false);
	}
	await kill(running);
	running = await start(folder);
	expect(running.total).toBe(number * perNotification);
	expect(unanswered).toBeGreaterThan(0);
	await kill(running);
}, 120_000);
