import { readFileSync } from "node:fs";
import type { Playbook } from "../../../src-shared/contract/index.ts";
import { CommandFailure, usageFailure } from "./failure.ts";

/** The playbook of that id. Throws a failure that names where to look. */
export function requirePlaybook(
	id: string,
	{
		playbooks,
		faults,
	}: { playbooks: readonly Playbook[]; faults: readonly unknown[] },
): Playbook {
	const found = playbooks.find((playbook) => playbook.id === id);
	if (found !== undefined) return found;
	const broken =
		faults.length === 0
			? ""
			: " Some files cannot be used: tocsin playbook lint.";
	throw new CommandFailure(
		"NOT_FOUND",
		`There is no playbook ${id}; tocsin playbook list shows those there are.${broken}`,
	);
}

/**
 * The parameters of `--params`, and over them those of `--param name=value`, read by the type
 * that the playbook's schema gives them. What does not fit a type stays text: the engine says
 * what is wrong with it.
 */
export function readParameters(
	playbook: Playbook,
	pairs: readonly string[],
	file: string | undefined,
): Record<string, unknown> {
	const params: Record<string, unknown> =
		file === undefined ? {} : readFile(file);
	const lists = new Set<string>();
	for (const pair of pairs) {
		const [, name, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
		if (name === undefined || text === undefined) {
			throw usageFailure(`--param ${pair} is not name=value.`);
		}
		const schema = propertyOf(playbook, name);
		if (schema.type !== "array" || text.startsWith("[")) {
			define(params, name, readValue(text, schema));
			continue;
		}
		const before = lists.has(name) ? (params[name] as unknown[]) : [];
		lists.add(name);
		define(params, name, [...before, readValue(text, asMap(schema.items))]);
	}
	return params;
}

function readFile(file: string): Record<string, unknown> {
	let text: string;
	try {
		text = readFileSync(file === "-" ? 0 : file, "utf8");
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw usageFailure(`--params ${file} cannot be read: ${reason}.`);
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw usageFailure(`--params ${file} is not JSON.`);
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		throw usageFailure(`--params ${file} must be one JSON object.`);
	}
	return value as Record<string, unknown>;
}

function readValue(text: string, schema: Readonly<Record<string, unknown>>) {
	const types = [schema.type ?? "string"].flat();
	if (types.includes("string")) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function propertyOf(
	playbook: Playbook,
	name: string,
): Readonly<Record<string, unknown>> {
	const properties = asMap(playbook.parameters.properties);
	return Object.hasOwn(properties, name) ? asMap(properties[name]) : {};
}

/** The members of a map; none of anything else. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null
		? (value as Record<string, unknown>)
		: {};
}

/** A plain assignment would take `__proto__` for something else. */
function define(
	params: Record<string, unknown>,
	name: string,
	value: unknown,
): void {
	Object.defineProperty(params, name, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}
