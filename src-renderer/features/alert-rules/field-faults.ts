import { ORPCError } from "@orpc/client";

/** What is wrong with each field, by its path with dots, such as `matchers.0.value`. */
export type FieldFaults = ReadonlyMap<string, string>;

export const noFaults: FieldFaults = new Map();

/** What the engine found wrong with the fields of an input; none where it failed of something else. `within` is the part of the input that the fields are in. */
export function fieldFaults(error: unknown, within?: string): FieldFaults {
	const faults = new Map<string, string>();
	if (!(error instanceof ORPCError)) return faults;
	const { data } = error;
	const issues: unknown = isFields(data) ? data.issues : undefined;
	if (!Array.isArray(issues)) return faults;
	for (const issue of issues as readonly unknown[]) {
		if (!isFields(issue) || !Array.isArray(issue.path)) continue;
		const path = issue.path.map(String);
		const own = path[0] === within ? path.slice(1) : path;
		const name = own.join(".");
		if (!faults.has(name)) faults.set(name, issueWords(issue));
	}
	return faults;
}

/** The fault of a field or of a part of it; null for none. */
export function faultOf(faults: FieldFaults, name: string): string | null {
	for (const [path, words] of faults) {
		if (path === name || path.startsWith(`${name}.`)) return words;
	}
	return null;
}

function issueWords(issue: Readonly<Record<string, unknown>>): string {
	const { code, origin, minimum, maximum, message } = issue;
	const isText = origin === "string";
	if (code === "too_small" && isText) return "Enter something here.";
	if (code === "too_big" && isText) {
		return `It has ${Number(maximum).toLocaleString("en")} characters at most.`;
	}
	if (code === "too_small") return `Enter ${Number(minimum)} or more.`;
	if (code === "too_big") return `Enter ${Number(maximum)} or less.`;
	const words = typeof message === "string" ? message : "It cannot be used.";
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null;
}
