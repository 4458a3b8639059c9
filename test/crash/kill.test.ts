// SIGKILL at any moment loses nothing that was acknowledged and doubles nothing: fifty
// rounds of a real engine under single posts, bulk bodies and assessments.
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../entry/commands/run-cli.ts";
import { dataFolder, endAll, serve } from "../entry/commands/serving.ts";
import { eventBody, ingest, send } from "./load.ts";
import { faults, incidentIds, storedIds } from "./stored-state.ts";

const rounds = 50;
const resentPerRound = 40;
/** What is broken stays broken, so looking through the whole files now and then finds it. */
const checkEvery = 5;

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

interface Target {
	readonly api: string;
	readonly key: string;
}

const modelsPerRound = 4;
const modelOf = (round: number, index: number) => `drifting-${round}-${index}`;

/** Models whose last days drifted: assessing one opens an incident. */
async function prepareDrift(target: Target): Promise<void> {
	const day = 86_400_000;
	for (let round = 0; round < rounds; round++) {
		const lines: string[] = [];
		for (let index = 0; index < modelsPerRound; index++) {
			for (let event = 0; event < 120; event++) {
				const isCurrent = event % 2 === 0;
				lines.push(
					JSON.stringify({
						model_id: modelOf(round, index),
						score: event / 240 + (isCurrent ? 0.5 : 0),
						event_time: new Date(
							Date.now() - (isCurrent ? 2 : 12) * day,
						).toISOString(),
					}),
				);
			}
		}
		await send(target, "POST", "/v1/events/predictions", {
			body: lines.join("\n"),
			type: "application/x-ndjson",
		});
		for (let index = 0; index < modelsPerRound; index++) {
			await send(target, "PUT", `/v1/models/${modelOf(round, index)}/monitor`, {
				body: '{"min_samples":50}',
			});
		}
	}
}

/** Assesses a model; answers the incident it opened, or null when the answer never came. */
async function assess(target: Target, modelId: string): Promise<string | null> {
	try {
		const { status, text } = await send(
			target,
			"POST",
			`/v1/models/${modelId}/drift`,
		);
		expect([status, text]).toEqual([
			200,
			expect.stringContaining('"status":"critical"'),
		]);
		return (JSON.parse(text) as { incident_id: string }).incident_id;
	} catch (error) {
		if (error instanceof Error && "code" in error) return null;
		throw error;
	}
}

test(`${rounds} rounds of SIGKILL while ingesting`, async () => {
	const made = await runCli([
		"key",
		"create",
		"--name=crash",
		"--json",
		`--data-dir=${folder.path}`,
	]);
	const { key } = JSON.parse(made.stdout) as { key: string };
	const prepared = await serve(folder.path);
	await prepareDrift({ api: prepared.ready.api, key });
	await prepared.end("SIGTERM");

	const stored = new Set<string>();
	const opened = new Set<string>();
	let { lastRow } = storedIds(folder.path, 0);
	let resend: string[] = [];
	let unanswered = 0;
	for (let round = 0; round < rounds; round++) {
		const { ready, end } = await serve(folder.path, ["--rate-limit-scale=0"]);
		const target = { api: ready.api, key };
		// A client that never got its answer, or lost it, sends the same event again.
		const again = await Promise.all(
			resend.map((id) =>
				send(target, "POST", "/v1/events/prediction", { body: eventBody(id) }),
			),
		);
		expect(again.filter(({ status }) => status !== 200)).toEqual([]);
		// The first assessment warms its thread, so that the others run under load.
		const first = await assess(target, modelOf(round, 0));
		const load = ingest(target, `r${round}`);
		const others = [1, 2, 3].map((index) =>
			assess(target, modelOf(round, index)),
		);
		await new Promise((resolve) =>
			setTimeout(resolve, 50 + Math.random() * 450),
		);
		expect(await end("SIGKILL")).toBe("SIGKILL");
		await load.stop();
		for (const id of [first, ...(await Promise.all(others))]) {
			if (id !== null) opened.add(id);
		}
		const { acknowledged } = load;
		expect(acknowledged.refused).toEqual([]);

		const found = storedIds(folder.path, lastRow);
		lastRow = found.lastRow;
		const doubled = found.ids.filter((id) => stored.has(id));
		for (const id of found.ids) stored.add(id);
		expect({
			doubled,
			doubledInRound: found.ids.length - new Set(found.ids).size,
			lost: [...acknowledged.ids, ...resend].filter((id) => !stored.has(id)),
			faults: (round + 1) % checkEvery === 0 ? faults(folder.path) : [],
		}).toEqual({ doubled: [], doubledInRound: 0, lost: [], faults: [] });
		unanswered += acknowledged.unanswered.size;
		resend = [
			...[...acknowledged.unanswered].slice(0, resentPerRound),
			...[...acknowledged.ids].slice(-resentPerRound),
		];
	}
	const incidents = incidentIds(folder.path);
	console.info(
		`${rounds} kills: ${stored.size} events stored, ${unanswered} requests cut off, ${opened.size} incidents opened; 0 lost, 0 doubled`,
	);
	expect([...opened].filter((id) => !incidents.has(id))).toEqual([]);
	expect(opened.size).toBeGreaterThanOrEqual(rounds);
}, 400_000);
