import { join } from "node:path";
import { credentialOf, type Headers } from "./credential.ts";
import { type Connection, readConnections } from "./read-connections.ts";

export const connectionsFileName = "connections.yaml";

/** Where the playbooks' services and programs are, and how to sign in: read anew at every use. */
export class Connections {
	readonly file: string;
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
		this.file = join(folder, connectionsFileName);
	}

	/** The address of a service, or what to add to which file. */
	service(
		name: string,
	): { readonly url: string; readonly allowPrivate: boolean } | Fault {
		const found = this.#find(name);
		if ("fault" in found) return found;
		const { connection } = found;
		if (connection === null) return { fault: this.#missingService(name) };
		if (connection.kind === "service") return connection;
		return {
			fault: `The connection "${name}" in ${this.file} names a program; a request needs a url there.`,
		};
	}

	/** Where a program is and runs; null when nothing is said of it. */
	program(name: string):
		| {
				readonly program: string | null;
				readonly directory: string | null;
				readonly environment: readonly string[];
		  }
		| Fault
		| null {
		const found = this.#find(name);
		if ("fault" in found) return found;
		const { connection } = found;
		if (connection === null || connection.kind === "program") return connection;
		return {
			fault: `The connection "${name}" in ${this.file} names a service; a command needs a program or a directory there.`,
		};
	}

	/** The headers that sign in. Throws an Error that says what is missing. */
	headers(name: string): Headers {
		const found = this.#find(name);
		if ("fault" in found) throw new Error(found.fault);
		const { connection } = found;
		if (connection === null) throw new Error(this.#missingService(name));
		if (connection.kind !== "service") return {};
		const read = credentialOf(connection.credential, this.#folder);
		if ("fault" in read) {
			throw new Error(
				`The connection "${name}" in ${this.file}: ${read.fault}`,
			);
		}
		return read.headers;
	}

	/** Every secret that can be read now. */
	secrets(): readonly string[] {
		const read = readConnections(this.file);
		if (read === null || "fault" in read) return [];
		return [...read.connections.values()].flatMap((connection) => {
			if (connection.kind !== "service") return [];
			const credential = credentialOf(connection.credential, this.#folder);
			return "fault" in credential ? [] : credential.secrets;
		});
	}

	/** Everything that is wrong with the file. */
	faults(): readonly { line: number | null; message: string }[] {
		const read = readConnections(this.file);
		return read === null ? [] : read.faults;
	}

	#find(name: string): { readonly connection: Connection | null } | Fault {
		const read = readConnections(this.file);
		if (read === null) return { connection: null };
		if ("fault" in read) return { fault: read.fault };
		return { connection: read.connections.get(name) ?? null };
	}

	#missingService(name: string): string {
		const url = usualPlaces.get(name) ?? "https://HOST:PORT";
		const local = url.startsWith("http:") ? " allow_private: true" : "";
		const lines = [`${name}:`, `  url: ${url}`, local && ` ${local}`].filter(
			(line) => line !== "",
		);
		return `There is no connection "${name}". Add to ${this.file} (readable by you alone: mode 600):\n${lines.join("\n")}\ntocsin playbook connections prints a whole example.`;
	}
}

interface Fault {
	readonly fault: string;
}

/** Where the services of the built-in playbooks listen on a machine of one's own. */
const usualPlaces = new Map([
	["elasticsearch", "http://127.0.0.1:9200"],
	["planner", "http://127.0.0.1:8003"],
]);
