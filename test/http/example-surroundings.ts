import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";

/** A program `dbt` that writes down what it was called with; answers how to take it off PATH. */
export function putDbtOnPath(folder: string, file: string): () => void {
	const bin = join(folder, "bin");
	mkdirSync(bin);
	writeFileSync(
		join(bin, "dbt"),
		`#!${process.execPath}\nrequire("node:fs").appendFileSync(${JSON.stringify(file)}, JSON.stringify(process.argv.slice(2)) + "\\n");\n`,
		{ mode: 0o755 },
	);
	const before = process.env.PATH;
	process.env.PATH = `${bin}${delimiter}${before}`;
	return () => {
		process.env.PATH = before;
	};
}

/** Answers as the planner does that the shipped playbooks speak to. */
export async function openPlanner(): Promise<Server> {
	const config = { canary_pct: 25, kill_switch: false };
	const server = createServer((request, response) => {
		let text = "";
		request.setEncoding("utf8");
		request.on("data", (chunk: string) => {
			text += chunk;
		});
		request.on("end", () => {
			const given = text === "" ? {} : JSON.parse(text);
			if (request.url === "/guard/rollback") {
				Object.assign(config, { canary_pct: 0, kill_switch: true });
			} else if (request.method === "PUT") {
				for (const name of ["canary_pct", "kill_switch"] as const) {
					if (name in given) Object.assign(config, { [name]: given[name] });
				}
			}
			response.setHeader("content-type", "application/json");
			response.end(JSON.stringify({ config }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return server;
}

/** Tells the playbooks of a data folder where the planner is. */
export function connectPlanner(folder: string, planner: Server): void {
	const { port } = planner.address() as AddressInfo;
	mkdirSync(join(folder, "playbooks"), { recursive: true });
	const file = join(folder, "playbooks", "connections.yaml");
	writeFileSync(
		file,
		`planner:\n  url: http://127.0.0.1:${port}\n  allow_private: true\n`,
	);
	chmodSync(file, 0o600);
}
