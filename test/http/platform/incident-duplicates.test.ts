// One open incident of a model and severity: of a hundred that come at once one is made and
// ninety-nine are told which, and what was answered holds after the process was killed.
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../../entry/commands/run-cli.ts";
import { dataFolder, endAll, serve } from "../../entry/commands/serving.ts";
import { openPlatform } from "./open-platform.ts";

const attempts = 100;

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

interface Created {
	readonly status: number;
	readonly id: string;
	readonly location: string | null;
}

async function create(
	base: string,
	token: string,
	model_id: string,
	title: string,
): Promise<Created> {
	const response = await fetch(`${base}/api/v1/incidents`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${token}`,
			"content-type": "application/json",
		},
		body: JSON.stringify({ title, severity: "P1", model_id }),
	});
	const { id } = (await response.json()) as { id: string };
	const { status, headers } = response;
	return { status, id, location: headers.get("location") };
}

interface Shown {
	readonly timeline: readonly { event_type: string; body: string }[];
}

async function read<Answer>(
	base: string,
	token: string,
	path: string,
): Promise<Answer> {
	const response = await fetch(`${base}/api/v1${path}`, {
		headers: { authorization: `Bearer ${token}` },
	});
	expect(response.status).toBe(200);
	return (await response.json()) as Answer;
}

test("of a hundred at once one is made, and all others are in its timeline", async () => {
	const { owner, listeners, engine } = await openPlatform();
	const base = listeners.urls.api;
	const model = randomUUID();
	const answers = await Promise.all(
		Array.from({ length: attempts }, (_, index) =>
			create(base, owner.token, model, `attempt ${index}`),
		),
	);
	expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
	expect(answers.filter(({ status }) => status === 409)).toHaveLength(99);
	const [id = ""] = new Set(answers.map((answer) => answer.id));
	for (const answer of answers) {
		expect(answer).toMatchObject({
			id,
			location: `/api/v1/incidents/${id}`,
		});
	}
	const page = await read(base, owner.token, `/incidents?model_id=${model}`);
	expect(page).toMatchObject({ total: 1, items: [{ id }] });
	const { timeline } = await read<Shown>(base, owner.token, `/incidents/${id}`);
	const titles = timeline.map(({ body }) => body.split(": ")[1]).sort();
	expect(titles).toEqual(answers.map((_, index) => `attempt ${index}`).sort());
	expect(engine.incidents.verify(owner.principal.sight, id)).toEqual({
		intact: true,
		events: attempts,
		fault: null,
	});
});

test("a kill in the middle leaves one of each model, and everything that was answered", async () => {
	const email = "ada@example.com";
	const password = "a long enough password";
	const added = await runCli(
		[
			"user",
			"add",
			`--email=${email}`,
			"--name=Ada",
			"--password-stdin",
			`--data-dir=${folder.path}`,
		],
		{ input: password },
	);
	expect(added.code, added.stderr).toBe(0);
	const signedIn = async (base: string) => {
		const response = await fetch(`${base}/api/v1/auth/token`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ username: email, password }),
		});
		return ((await response.json()) as { access_token: string }).access_token;
	};
	const models = Array.from({ length: 8 }, () => randomUUID());
	const answered: (Created & { model: string; title: string })[] = [];
	for (let round = 0; round < 4; round++) {
		const { ready, end } = await serve(folder.path, ["--rate-limit-scale=0"]);
		const token = await signedIn(ready.api);
		let isOver = false;
		const enough = Promise.withResolvers<void>();
		const senders = models.map(async (model) => {
			for (let attempt = 0; !isOver; attempt++) {
				const title = `${round} ${attempt}`;
				try {
					const answer = await create(ready.api, token, model, title);
					answered.push({ ...answer, model, title });
					if (answered.length >= (round + 1) * 150) enough.resolve();
				} catch {
					// The connection broke off with the process: nothing was promised.
					return;
				}
			}
		});
		await enough.promise;
		await end("SIGKILL");
		isOver = true;
		await Promise.all(senders);
	}
	const { ready, end } = await serve(folder.path, ["--rate-limit-scale=0"]);
	const token = await signedIn(ready.api);
	for (const model of models) {
		const page = await read<{ total: number; items: { id: string }[] }>(
			ready.api,
			token,
			`/incidents?model_id=${model}`,
		);
		expect(page.total).toBe(1);
		const id = page.items[0]?.id ?? "";
		const of = answered.filter((answer) => answer.model === model);
		expect(new Set(of.map((answer) => answer.id))).toEqual(new Set([id]));
		expect(of.length).toBeGreaterThan(1);
		expect(of.every(({ status }) => status === 201 || status === 409)).toBe(
			true,
		);
		const { timeline } = await read<Shown>(
			ready.api,
			token,
			`/incidents/${id}`,
		);
		const titles = timeline.map(({ body }) => body.split(": ")[1]);
		expect(new Set(titles).size).toBe(titles.length);
		expect(titles).toEqual(
			expect.arrayContaining(of.map(({ title }) => title)),
		);
		expect(
			timeline.filter(({ event_type }) => event_type === "created"),
		).toHaveLength(1);
	}
	await end("SIGTERM");
	const verified = await runCli([
		"verify",
		"--json",
		`--data-dir=${folder.path}`,
	]);
	expect(verified.code, verified.stderr).toBe(0);
	expect(JSON.parse(verified.stdout)).toMatchObject({
		intact: true,
		timelines: { incidents: models.length },
	});
}, 120_000);
