// `tocsin serve` says where it listens in one line, keeps its data folder to itself, says
// what is in the way when it cannot start, and ends well when it is told to.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { documentedServices } from "../../http/copilot/copilot-document.ts";
import { runCli } from "./run-cli.ts";
import { dataFolder, endAll, serve } from "./serving.ts";

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

test("the ready line names every address, and they answer", async () => {
	const { ready, end } = await serve(folder.path);
	expect(ready).toEqual({
		event: "ready",
		api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
		copilot: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
		events: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/ws$/),
		ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?ticket=\S+$/),
	});
	for (const address of [ready.api, ready.copilot]) {
		const { status } = await fetch(`${address}/no-such-page`);
		expect(status).toBeLessThan(500);
	}
	expect(await end("SIGTERM")).toBe(0);
});

test("--service-docs opens four more listeners with a page each, and the ready line names them", async () => {
	const { ready, end } = await serve(folder.path, ["--service-docs=0,0,0,0"]);
	expect(ready.serviceDocs).toHaveLength(4);
	for (const page of ready.serviceDocs ?? []) {
		expect(page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/docs$/);
		expect((await fetch(page)).status).toBe(200);
	}
	expect(await end("SIGTERM")).toBe(0);
});

test.each(documentedServices)(
	"--service-docs alone means $port for the $name",
	async ({ port }) => {
		// Refused before anything is opened, for it is told twice.
		const { code, stderr } = await runCli([
			"serve",
			"--service-docs",
			`--port=${port}`,
			`--data-dir=${folder.path}`,
		]);
		expect(code).toBe(2);
		expect(stderr).toContain("--service-docs must differ");
	},
);

test.each(["1,2,3", "a,b,c,d", "8501,8501,8503,8504"])(
	"--service-docs=%s is refused",
	async (ports) => {
		const { code } = await runCli([
			"serve",
			`--service-docs=${ports}`,
			`--data-dir=${folder.path}`,
		]);
		expect(code).toBe(2);
	},
);

test("SIGTERM and SIGINT end it with 0 within 5 s and leave the folder free", async () => {
	for (const signal of ["SIGTERM", "SIGINT"] as const) {
		const { end } = await serve(folder.path);
		const asked = performance.now();
		expect(await end(signal)).toBe(0);
		expect(performance.now() - asked).toBeLessThan(5_000);
		expect(existsSync(join(folder.path, "engine.json"))).toBe(false);
	}
});

test("a signal that comes several times is one", async () => {
	const { pid, end } = await serve(folder.path);
	process.kill(pid, "SIGTERM");
	process.kill(pid, "SIGINT");
	expect(await end("SIGTERM")).toBe(0);
});

test("a second engine is refused by the first one's process, also in JSON", async () => {
	const { pid, end } = await serve(folder.path);
	const second = await runCli([
		"serve",
		"--json",
		"--port=0",
		"--copilot-port=0",
		"--events-port=0",
		`--data-dir=${folder.path}`,
	]);
	expect(second.code).toBe(1);
	expect(second.stderr).toMatch(/^tocsin: [^\n]+\n$/);
	expect(second.stderr).toContain(`process ${pid}`);
	expect(JSON.parse(second.stdout).error).toEqual({
		code: "DATA_FOLDER_IN_USE",
		message: expect.stringContaining(`process ${pid}`),
	});
	expect(await end("SIGTERM")).toBe(0);
});

test("a killed engine does not keep its folder", async () => {
	const first = await serve(folder.path);
	expect(await first.end("SIGKILL")).toBe("SIGKILL");
	const second = await serve(folder.path);
	expect(await second.end("SIGTERM")).toBe(0);
});

test.each(["--port", "--copilot-port", "--events-port"])(
	"a taken %s is named, and nothing is left running",
	async (flag) => {
		const taken = createServer();
		const port = await new Promise<number>((resolve) => {
			taken.listen(0, "127.0.0.1", () => {
				const address = taken.address();
				resolve(typeof address === "object" ? (address?.port ?? 0) : 0);
			});
		});
		const { code, stdout, stderr } = await runCli([
			"serve",
			"--json",
			"--port=0",
			"--copilot-port=0",
			"--events-port=0",
			`${flag}=${port}`,
			`--data-dir=${folder.path}`,
		]);
		taken.close();
		expect(code).toBe(1);
		expect(stderr).toMatch(/^tocsin: [^\n]+\n$/);
		expect(stderr).toContain(flag);
		expect(stderr).toContain(String(port));
		expect(JSON.parse(stdout).error.code).toBe("PORT_IN_USE");
		expect(existsSync(join(folder.path, "engine.json"))).toBe(false);
	},
);

test("an address of another machine is a clear refusal", async () => {
	const { code, stderr } = await runCli([
		"serve",
		"--host=192.0.2.1",
		"--insecure-bind",
		"--port=0",
		`--data-dir=${folder.path}`,
	]);
	expect(code).toBe(1);
	expect(stderr).toContain("--host");
});

test("the folder comes from TOCSIN_DATA_DIR, and the flag wins over it", async () => {
	const other = join(folder.path, "from-environment");
	const named = join(folder.path, "named");
	const env = { TOCSIN_DATA_DIR: other };
	const make = ["key", "create", "--name=a", "--json"];
	expect((await runCli(make, { env })).code).toBe(0);
	expect(existsSync(join(other, "command.db"))).toBe(true);
	const flag = `--data-dir=${named}`;
	expect((await runCli([...make, flag], { env })).code).toBe(0);
	expect(existsSync(join(named, "command.db"))).toBe(true);
});

test("only the owner can read the folder and the running engine's token", async (context) => {
	if (process.platform === "win32") {
		context.skip(
			"Windows has no permission bits; the profile folder is closed",
		);
	}
	const inside = join(folder.path, "data");
	const { ready, end } = await serve(inside);
	expect(statSync(inside).mode & 0o077).toBe(0);
	const path = join(inside, "engine.json");
	expect(statSync(path).mode & 0o077).toBe(0);
	expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
		api: ready.api,
		token: expect.any(String),
	});
	expect(await end("SIGTERM")).toBe(0);
});
