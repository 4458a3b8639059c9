import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What a running engine says of itself to other programs of the same user. */
const discovery = z.object({
	pid: z.number().int().positive(),
	startedAt: z.number().int(),
	/** Base address of the main listener; null without one, or while starting. */
	api: z.string().nullable(),
	/** Signs in as the local owner; lives as long as the engine. */
	token: z.string().nullable(),
});
export type Discovery = z.infer<typeof discovery>;

/** Writes `engine.json`, readable by its owner alone, in one step. */
export function writeDiscovery(dataDirectory: string, facts: Discovery): void {
	const path = discoveryPath(dataDirectory);
	const partial = `${path}.${process.pid}`;
	writeFileSync(partial, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
	renameSync(partial, path);
}

/** Null when there is none, or it cannot be understood. It may be left over from a killed engine. */
export function readDiscovery(dataDirectory: string): Discovery | null {
	let text: string;
	try {
		text = readFileSync(discoveryPath(dataDirectory), "utf8");
	} catch {
		return null;
	}
	try {
		return discovery.parse(JSON.parse(text));
	} catch {
		return null;
	}
}

export function removeDiscovery(dataDirectory: string): void {
	rmSync(discoveryPath(dataDirectory), { force: true });
}

/** True for a process of anyone; signal 0 only asks. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

function discoveryPath(dataDirectory: string): string {
	return join(dataDirectory, "engine.json");
}
