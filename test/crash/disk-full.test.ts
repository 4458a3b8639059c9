// A full disk is answered 507 with Retry-After; what was acknowledged stays, reads go on, and
// writes come back by themselves when there is room again.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { runCli } from "../entry/commands/run-cli.ts";
import { endAll, serve } from "../entry/commands/serving.ts";
import { openSentryml } from "../http/sentryml/open-sentryml.ts";
import { eventBody, ingest, send } from "./load.ts";
import { faults, storedIds } from "./stored-state.ts";

const megabyte = 1024 * 1024;
let unmount = () => {};
afterEach(() => {
	endAll();
	unmount();
	unmount = () => {};
});

/** A file system of its own of the given size; null where this user may not mount one. */
function smallDisk(megabytes: number): string | null {
	const path = mkdtempSync(join(tmpdir(), "tocsin-disk-"));
	try {
		execFileSync(
			"mount",
			["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path],
			{ stdio: "ignore" },
		);
	} catch {
		rmSync(path, { recursive: true });
		return null;
	}
	unmount = () => {
		execFileSync("umount", ["-l", path], { stdio: "ignore" });
		rmSync(path, { recursive: true });
	};
	return path;
}

test("on a disk that fills up under load", async ({ skip }) => {
	const disk = smallDisk(24);
	skip(disk === null, "not run: this user may not mount a tmpfs");
	const data = join(disk ?? "", "data");
	mkdirSync(data);
	const made = await runCli([
		"key",
		"create",
		"--name=disk",
		"--json",
		`--data-dir=${data}`,
	]);
	const { key } = JSON.parse(made.stdout) as { key: string };
	const { ready, end } = await serve(data, ["--rate-limit-scale=0"]);
	const target = { api: ready.api, key };
	const filler = join(disk ?? "", "filler");
	const stored = async () =>
		send(target, "POST", "/v1/events/prediction", {
			body: eventBody("before"),
		});
	expect((await stored()).status).toBe(200);
	writeFileSync(filler, Buffer.alloc(17 * megabyte));

	const load = ingest(target, "d", { connections: 10, linesPerBulk: 500 });
	await expect
		.poll(() => load.acknowledged.refused.length, { timeout: 30_000 })
		.toBeGreaterThan(5);
	await load.stop();
	const { ids, refused } = load.acknowledged;
	expect(refused.filter((answer) => !/^(507|503) /.test(answer))).toEqual([]);
	expect(refused.some((answer) => answer.startsWith("507 "))).toBe(true);
	const read = await send(target, "GET", "/v1/models");
	expect([read.status, read.text]).toEqual([
		200,
		expect.stringContaining('"model_id":"crash"'),
	]);

	rmSync(filler);
	await expect
		.poll(
			async () =>
				(
					await send(target, "POST", "/v1/events/prediction", {
						body: eventBody("after"),
					})
				).status,
			{ timeout: 5_000 },
		)
		.toBe(200);
	expect(await end("SIGTERM")).toBe(0);
	const found = storedIds(data, 0).ids;
	const unique = new Set(found);
	expect({
		lost: [...ids, "before", "after"].filter((id) => !unique.has(id)),
		doubled: found.length - unique.size,
		faults: faults(data),
	}).toEqual({ lost: [], doubled: 0, faults: [] });
	console.info(
		`disk full: ${ids.size} acknowledged, ${refused.length} refused, 0 lost`,
	);
}, 120_000);

describe("when the database may grow no more", () => {
	const single = "/v1/events/prediction";
	const json = {
		model_id: "m",
		score: 0.5,
		entity_id: "x".repeat(200),
		features: { text: "x".repeat(1_000) },
	};

	test("single posts get 507 with Retry-After, reads go on, and it ends without a restart", async () => {
		const { engine, call } = await openSentryml();
		const { connection } = engine.predictions.store;
		expect((await call("POST", single, { json })).status).toBe(200);
		const pages = Number(connection.pragma("page_count", { simple: true }));
		connection.pragma(`max_page_count = ${pages}`);
		let accepted = 1;
		let answer = await call("POST", single, { json });
		for (; answer.status === 200; accepted++) {
			answer = await call("POST", single, { json });
		}
		expect([answer.status, answer.body]).toEqual([
			507,
			{ detail: expect.stringContaining("full") },
		]);
		expect(answer.headers.get("retry-after")).toBe("5");
		expect(
			engine.status(engine.identity.localPrincipal()).writeFault,
		).toContain("full");
		expect((await call("GET", "/v1/models")).body).toMatchObject([
			{ event_count: accepted },
		]);
		connection.pragma("max_page_count = 1000000");
		expect((await call("POST", single, { json })).status).toBe(200);
		expect(
			engine.status(engine.identity.localPrincipal()).writeFault,
		).toBeNull();
		expect((await call("GET", "/v1/models")).body).toMatchObject([
			{ event_count: accepted + 1 },
		]);
	});
});
