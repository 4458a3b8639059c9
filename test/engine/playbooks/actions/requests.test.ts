// A request of a playbook goes to the hosts it allows and carries its connection's
// credential, which is never shown. Parts of the answer are kept for a rollback. Where
// nobody can say whether the service acted, the action does not pretend to know.
import { expect, test } from "vitest";
import { openBench } from "./playbooks-bench.ts";
import { dryRun, listen, run, service } from "./runs.ts";
import { check, http, wait } from "./small-catalogue.ts";

test("send the body and the connection's credential, keep the answer, and capture parts of it", async () => {
	const { url, asked } = await service(() => [
		200,
		'{"split": {"canary": 5}, "echo": "Bearer sesame"}',
	]);
	const bench = openBench();
	bench.catalogue.headers = { es: { Authorization: "Bearer sesame" } };
	bench.catalogue.secretTexts = ["sesame"];
	const { action, stdout, notes } = await run(
		bench,
		[
			http(`${url}/split`, {
				id: "before",
				connection: "es",
				capture: { canary: "/split/canary" },
			}),
			http(`${url}/split`, {
				id: "set",
				method: "PUT",
				body: { canary: 10 },
			}),
			check("captured.canary == params.canary", { phase: "verification" }),
		],
		{ canary: 5 },
	);
	expect(action.status).toBe("success");
	expect(asked).toEqual(["GET /split", 'PUT /split {"canary":10}']);
	expect(notes).toMatch(/HTTP 200 in \d+ ms/);
	expect(stdout).toContain('{"split": {"canary": 5}, "echo": "Bearer ***"}\n');
});

test("fail by status, by what is missing in the answer, and by time", async () => {
	const { url } = await service((path) =>
		path === "/busy" ? [503, "busy"] : [200, "{}"],
	);
	const bench = openBench();
	expect((await run(bench, [http(`${url}/busy`)])).action).toMatchObject({
		status: "failed",
		steps: [{ fault: expect.stringMatching(/answered with HTTP 503/) }],
	});
	expect(
		(await run(bench, [http(url, { capture: { a: "/a/0" } })])).action.steps[0]
			?.fault,
	).toMatch(/nothing at \/a\/0, which a was to be read from/);
});

test.each<["GET" | "POST", string]>([
	["GET", "failed"],
	["POST", "unknown"],
])(
	"a %s whose answer breaks off leaves the action %s",
	async (method, status) => {
		const url = await listen((request) => request.socket.destroy());
		const bench = openBench();
		const { action } = await run(bench, [http(url, { method }), wait(0)]);
		expect(action.status).toBe(status);
		expect(action.steps.map((step) => step.status)).toEqual([
			status,
			"skipped",
		]);
	},
);

test("one that is cancelled or takes too long may have acted", async () => {
	const url = await listen(() => {});
	const bench = openBench();
	const slow = http(url, { method: "POST", timeoutSeconds: 0.2 });
	expect((await run(bench, [slow])).action).toMatchObject({
		status: "timed_out",
		steps: [{ fault: expect.stringMatching(/may have acted on it/) }],
	});
	const linus = bench.as("linus");
	const { id } = dryRun(bench, [http(url, { method: "POST" })]);
	const { action } = await bench.playbooks.execute(linus, { dryRunId: id });
	expect(await bench.playbooks.cancel(linus, action.id)).toMatchObject({
		status: "cancelled",
		steps: [
			{ status: "cancelled", fault: expect.stringMatching(/may have acted/) },
		],
	});
});
