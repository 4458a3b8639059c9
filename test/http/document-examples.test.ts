// Every example request of the two documents runs as it is written, on the ports that it is
// written for, and is answered in the documented shape. Only the documented Authorization
// header is added, because nothing here is served to nobody in particular.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EventSource } from "eventsource";
import {
	afterAll,
	beforeAll,
	beforeEach,
	describe,
	expect,
	onTestFinished,
	test,
	vi,
} from "vitest";
import { ListenError } from "../../src-main/http/index.ts";
import { must } from "../../src-shared/domain/must.ts";
import { temporaryFolder } from "../engine/test-ports.ts";
import {
	curlRequests,
	type DocumentedRequest,
	eventSources,
	fetchRequests,
	pythonRequests,
} from "./documented-requests.ts";
import {
	connectPlanner,
	openPlanner,
	putDbtOnPath,
} from "./example-surroundings.ts";
import { answers, operations } from "./interventions/contract/operations.ts";
import {
	documentedOperations,
	documentText,
	streamEvents,
} from "./interventions/interventions-document.ts";
import {
	type OpenInterventions,
	openInterventions,
	type Person,
} from "./interventions/open-interventions.ts";
import { shapeFaults } from "./interventions/shape.ts";
import { documented, wordsOf } from "./platform/platform-document.ts";

const engineer = {
	email: "engineer@example.com",
	password: "a long enough password",
	full_name: "Engineer",
	tenant_name: "Example",
};
const base = "http://localhost:8000/api";

const ends: (() => void | Promise<void>)[] = [];
let opened: OpenInterventions;
let person: Person;
let recorded: string;
let unavailable: string | null = null;

beforeAll(async () => {
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
	const onEnd = (end: () => void | Promise<void>) => void ends.unshift(end);
	const folder = temporaryFolder(onEnd);
	recorded = join(folder, "dbt-runs");
	onEnd(putDbtOnPath(folder, recorded));
	const planner = await openPlanner();
	onEnd(() => void planner.close());
	connectPlanner(folder, planner);
	try {
		opened = await openInterventions({
			folder,
			withPlaybooks: true,
			config: {
				port: 8000,
				copilotPort: 8580,
				eventsPort: 8505,
				rateLimitScale: 1,
			},
			onEnd,
		});
	} catch (error) {
		if (!(error instanceof ListenError) || error.code !== "EADDRINUSE") {
			throw error;
		}
		unavailable = error.message;
		console.log(`The examples are not run: ${unavailable}`);
		return;
	}
	person = await opened.signUp(engineer);
	await seed();
}, 60_000);

afterAll(async () => {
	for (const end of ends) await end();
	vi.useRealTimers();
});

beforeEach(({ skip }) => {
	if (unavailable !== null) skip(unavailable);
});

describe("the Interventions document", () => {
	const requests = [
		...curlRequests(documentText),
		...pythonRequests(documentText),
		...fetchRequests(documentText),
		...documentedOperations.flatMap(bodyRequest),
	];

	test("has as many as a reader counts", () => {
		const counts = Map.groupBy(requests, ({ found }) => found);
		expect([...counts].map(([found, { length }]) => [found, length])).toEqual([
			["curl", 12],
			["Python", 4],
			["JavaScript", 2],
			["body", 8],
		]);
	});

	test("its figures are the author's until there are runs to learn from", async () => {
		const request = requests.find(({ url }) => url.endsWith("/dry-run"));
		const { body } = await send(must(request, "a dry run is shown"));
		expect(body).toMatchObject({
			estimated_duration: 300,
			estimated_cost: 0.05,
		});
	});

	test.each(
		once(requests).map(
			(request) =>
				[request.found, request.method, request.url, request] as const,
		),
	)("%s: %s %s", async (_, __, ___, request) => {
		const operation = operationOf(request);
		openAgain(operation);
		const { status, body } = await send(request);
		expect([status, JSON.stringify(body)]).toEqual([200, expect.any(String)]);
		expect(shapeFaults(answers[operation], body)).toEqual([]);
		checkMeaning(request, body as Record<string, unknown>);
	});

	test.each(
		eventSources(documentText).map(({ url, events }) => [url, events] as const),
	)("EventSource %s hears %j", async (url, names) => {
		const source = new EventSource(url, {
			fetch: (input, init) =>
				fetch(input, {
					...init,
					headers: { ...init?.headers, ...person.authorized },
				}),
		});
		onTestFinished(() => source.close());
		const heard = new Map<string, unknown>();
		for (const name of names) {
			source.addEventListener(name, (event) =>
				heard.set(name, JSON.parse(event.data)),
			);
		}
		await new Promise((resolve) => {
			source.onopen = resolve;
		});
		const { id } = opened.engine.incidents.open(
			person.principal.needs("engineer"),
			{
				title: "Data freshness violation",
				description: "",
				severity: 1,
				modelId: null,
			},
		);
		opened.engine.incidents.actOn(person.principal.needs("engineer"), id, {
			kind: "move",
			to: "acknowledged",
		});
		await execute(id, "rerun_dbt", { task_id: "t", models: ["m"] });
		vi.advanceTimersByTime(30_000);
		await expect
			.poll(() => [...heard.keys()].sort())
			.toEqual([...names].sort());
		for (const [name, data] of heard) {
			expect(shapeFaults(streamEvents[name], data)).toEqual([]);
		}
	});
});

describe("the Incident Platform document", () => {
	const platform = `${base}/v1`;
	const post = (path: string, json: unknown) =>
		send({
			found: "body",
			method: "POST",
			url: `${platform}${path}`,
			headers: { "content-type": "application/json" },
			body: JSON.stringify(json),
		});
	/** A placeholder's first word, or a UUID where it asks for one. */
	const filled = (example: unknown) =>
		Object.fromEntries(
			Object.entries(Object(example)).map(([name, value]) => {
				if (Array.isArray(value)) return [name, value];
				const [word] = wordsOf(value);
				return [
					name,
					word === "UUID" ? "3fa85f64-5717-4562-b3fc-2c963f66afa6" : word,
				];
			}),
		);

	test("POST /auth/token", async () => {
		const { examples } = documented("POST /auth/token [public]");
		const [request, answer] = examples as [object, object];
		expect(Object.keys(request)).toEqual(["username", "password"]);
		const { status, body } = await post("/auth/token", {
			username: engineer.email,
			password: engineer.password,
		});
		expect([status, shapeFaults(answer, body)]).toEqual([200, []]);
		expect(body).toMatchObject({ token_type: "bearer", expires_in: 3600 });
	});

	test("POST /incidents, and the incident in GET /incidents", async () => {
		const [request] = documented("POST /incidents").examples;
		const made = await post("/incidents", filled(request));
		expect(made.status).toBe(201);
		const [page] = documented("GET /incidents").examples as [
			{ items: [Record<string, unknown>] },
		];
		for (const name of Object.keys(page.items[0])) {
			expect(made.body).toHaveProperty(name);
		}
		const list = await send({
			found: "heading",
			method: "GET",
			url: `${platform}/incidents`,
			headers: {},
			body: null,
		});
		expect([list.status, shapeFaults(page, list.body)]).toEqual([200, []]);
	});

	test("POST /incidents/{incident_id}/timeline", async () => {
		const [request] = documented(
			"POST /incidents/{incident_id}/timeline",
		).examples;
		const { id } = opened.engine.incidents.entryByNumber(
			person.principal.sight,
			123,
		);
		const { status, body } = await post(
			`/incidents/${id}/timeline`,
			filled(request),
		);
		expect([status, body]).toMatchObject([
			201,
			{ event_type: "note", body: "string" },
		]);
	});
});

/** Without the second of two rollbacks of one action, which the document shows twice: it is rolled back once. */
function once(requests: readonly DocumentedRequest[]): DocumentedRequest[] {
	const isRollback = ({ url }: DocumentedRequest) => url.endsWith("/rollback");
	const first = requests.find(isRollback);
	return requests.filter(
		(request) => request === first || !isRollback(request),
	);
}

/** The document's own request body, on the address of its heading. */
function bodyRequest({
	method,
	path,
	request,
}: (typeof documentedOperations)[number]): DocumentedRequest[] {
	if (request === null) return [];
	const address = path.replace("{id}", "123").replace("{action_id}", "456");
	return [
		{
			found: "body",
			method,
			url: `${base}${address}`,
			headers: { "content-type": "application/json" },
			body: JSON.stringify(request),
		},
	];
}

async function send({
	method,
	url,
	headers,
	body,
}: DocumentedRequest): Promise<{ status: number; body: unknown }> {
	const response = await fetch(url, {
		method,
		headers: { ...headers, ...person.authorized },
		body,
	});
	return { status: response.status, body: await response.json() };
}

function operationOf({ method, url }: DocumentedRequest) {
	const path = new URL(url).pathname
		.replace("/api/", "/")
		.replace("/123", "/{id}")
		.replace("/456", "/{action_id}");
	const found = Object.entries(operations).find(
		([, heading]) => heading === `${method} ${path}`,
	);
	return must(
		found,
		`${method} ${path} is an operation`,
	)[0] as keyof typeof operations;
}

/** Brings what the examples are about to where each of them starts from. */
function openAgain(operation: keyof typeof operations): void {
	const { incidents } = opened.engine;
	const { principal } = person;
	const entry = () => incidents.entryByNumber(principal.sight, 123);
	const walk = {
		acknowledge: "detected",
		mitigate: "acknowledged",
		resolve: "mitigated",
		close: "resolved",
	} as const;
	const wanted = Object.hasOwn(walk, operation)
		? walk[operation as keyof typeof walk]
		: null;
	if (wanted !== null && entry().state !== wanted) {
		incidents.actOn(principal.needs("engineer"), entry().id, {
			kind: "move",
			to: wanted,
		});
	}
}

/** What shapes cannot tell. */
function checkMeaning(
	request: DocumentedRequest,
	body: Record<string, unknown>,
): void {
	const sent = request.body === null ? {} : JSON.parse(request.body);
	if (request.url.endsWith("/dry-run") || request.url.endsWith("/execute")) {
		const { models, threads = 4, full_refresh } = sent.params;
		const words = [
			"run",
			"--models",
			...models,
			"--threads",
			String(threads),
			...(full_refresh === true ? ["--full-refresh"] : []),
		];
		const details = body.details as Record<string, unknown>;
		expect(details.command).toBe(["dbt", ...words].join(" "));
		if (request.url.endsWith("/execute")) {
			expect(details).toMatchObject({ models_run: models, exit_code: 0 });
			const runs = readFileSync(recorded, "utf8").trimEnd().split("\n");
			expect(JSON.parse(runs.at(-1) ?? "")).toEqual(words);
		} else {
			expect(body).toMatchObject({
				message: `Command: dbt ${words.join(" ")}`,
			});
		}
	}
	if (request.url.includes("?")) {
		expect((body.incidents as unknown[]).length).toBeGreaterThan(0);
	}
}

/** Incidents up to 123, which is the document's, and actions up to 456, which can be rolled back. */
async function seed(): Promise<void> {
	const { incidents, playbooks } = opened.engine;
	const { principal } = person;
	let incident: string;
	for (;;) {
		const made = incidents.open(principal.needs("engineer"), {
			title: "Data freshness violation for inbox.triage",
			description: "",
			severity: 1,
			modelId: null,
			externalKey: "INV_data_freshness_inbox",
			playbooks: ["rerun_eval", "rerun_dbt"],
			issueUrl: "https://github.com/org/repo/issues/456",
		});
		incident = made.id;
		if (made.number >= 123) break;
	}
	playbooks.setLimitScale(0);
	// Of another incident, because the hourly limit counts dry runs whenever they were made.
	const others = incidents.entryByNumber(principal.sight, 1).id;
	const dryRun = (
		incidentId: string,
		playbookId: string,
		params: Record<string, unknown>,
	) =>
		playbooks.dryRun(principal.needs("engineer"), {
			incidentId,
			playbookId,
			params,
		});
	const other = { task_id: "seed", models: ["seed"] };
	while (dryRun(others, "rerun_dbt", other).number < 454);
	const action = await execute(incident, "rollback_planner", {
		from_version: "v1.2.3",
		to_version: "v1.2.2",
		immediate: true,
	});
	expect([action.number, action.status, action.message]).toEqual([
		456,
		"success",
		"Rolled back to v1.2.2",
	]);
	playbooks.setLimitScale(1);
}

async function execute(
	incidentId: string,
	playbookId: string,
	params: Record<string, unknown>,
) {
	const { playbooks } = opened.engine;
	const { principal } = person;
	const dryRun = playbooks.dryRun(principal.needs("engineer"), {
		incidentId,
		playbookId,
		params,
	});
	const begun = await playbooks.execute(principal.needs("engineer"), {
		dryRunId: dryRun.id,
		...(dryRun.requiresApproval ? { approver: principal } : {}),
	});
	return await begun.ended;
}
