import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a running engine says of itself to other programs of the same user. */
export interface Discovery {
	readonly pid: number;
	readonly startedAt: number;
	/** Base address of the main listener; null without one, or while starting. */
	readonly api: string | null;
	/** Signs in as the local owner; lives as long as the engine. */
	readonly token: string | null;
}

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
		return narrow(JSON.parse(text));
	} catch {
		return null;
	}
}

function narrow(value: unknown): Discovery | null {
	if (typeof value !== "object" || value === null) return null;
	const pid: unknown = Reflect.get(value, "pid");
	const startedAt: unknown = Reflect.get(value, "startedAt");
	if (!isWhole(pid) || pid <= 0 || !isWhole(startedAt)) return null;
	return {
		pid,
		startedAt,
		api: textOrNull(Reflect.get(value, "api")),
		token: textOrNull(Reflect.get(value, "token")),
	};
}

function isWhole(value: unknown): value is number {
	return Number.isSafeInteger(value);
}

function textOrNull(value: unknown): string | null {
	return typeof value === "string" ? value : null;
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
