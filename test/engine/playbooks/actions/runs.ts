import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import type { EngineErrorCode } from "../../../../src-main/engine/errors.ts";
import type { ResolvedStep } from "../../../../src-main/engine/playbooks/definition.ts";
import type { PlaybooksBench } from "./playbooks-bench.ts";

/** A refusal with a code, and at least this data. */
export function coded(code: EngineErrorCode, data?: Record<string, unknown>) {
	return expect.objectContaining(
		data === undefined
			? { code }
			: { code, data: expect.objectContaining(data) },
	);
}

/** A dry run by Linus of a playbook `fix` of these steps. */
export function dryRun(
	bench: PlaybooksBench,
	steps: readonly ResolvedStep[],
	params: Record<string, unknown> = {},
	incidentId = bench.incident(),
) {
	bench.catalogue.add({ id: "fix", steps: () => steps });
	return bench.playbooks.dryRun(bench.as("linus"), {
		incidentId,
		playbookId: "fix",
		params,
	});
}

/** The same, executed to its end. */
export async function run(
	bench: PlaybooksBench,
	steps: readonly ResolvedStep[],
	params: Record<string, unknown> = {},
) {
	const linus = bench.as("linus");
	const { id } = dryRun(bench, steps, params);
	const { ended } = await bench.playbooks.execute(linus, { dryRunId: id });
	const action = await ended;
	const { chunks } = bench.playbooks.output(linus, action.id, 0, 2_000);
	const text = (stream: string) =>
		chunks
			.filter((chunk) => chunk.stream === stream)
			.map((chunk) => chunk.text)
			.join("");
	return {
		action,
		chunks,
		stdout: text("stdout"),
		stderr: text("stderr"),
		notes: text("note"),
	};
}

/** A service on a free port of this machine, until the test is over. */
export async function listen(answer: RequestListener): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	return `http://127.0.0.1:${port}`;
}

/** One that answers by path and body, and keeps what it was asked. */
export async function service(
	answer: (path: string, body: string) => [status: number, body: string],
): Promise<{ url: string; asked: string[] }> {
	const asked: string[] = [];
	const url = await listen((request, response) => {
		let body = "";
		request.on("data", (part) => {
			body += part;
		});
		request.on("end", () => {
			asked.push(`${request.method} ${request.url} ${body}`.trim());
			const [status, text] = answer(request.url ?? "", body);
			response.writeHead(status, { "content-type": "application/json" });
			response.end(text);
		});
	});
	return { url, asked };
}
