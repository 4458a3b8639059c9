/** Objects whose members the document gives as examples, not as a list. */
const open = new Set(["details", "metadata", "params"]);

/**
 * How a JSON value differs from a documented example in keys and types. Null stands for
 * "none yet" on either side. Objects that are open may have other members; those that the
 * example has must be of its types where they are there.
 */
export function shapeFaults(
	example: unknown,
	actual: unknown,
	path = "",
): string[] {
	if (example === null || actual === null) return [];
	const [wanted, given] = [jsonType(example), jsonType(actual)];
	const here = path === "" ? "the body" : path;
	if (wanted !== given) return [`${here} is ${given}, not ${wanted}`];
	if (Array.isArray(example) && Array.isArray(actual)) {
		return itemFaults(example, actual, path);
	}
	if (typeof example !== "object" || typeof actual !== "object") return [];
	const name =
		path
			.split(".")
			.at(-1)
			?.replace(/\[\d*\]$/, "") ?? "";
	const members = { ...actual } as Record<string, unknown>;
	const faults = Object.entries(example).flatMap(([key, value]) => {
		const place = path === "" ? key : `${path}.${key}`;
		if (!Object.hasOwn(members, key)) {
			return open.has(name) ? [] : [`${place} is missing`];
		}
		return shapeFaults(value, members[key], place);
	});
	const unknown = Object.keys(members).filter(
		(key) => !Object.hasOwn(example, key),
	);
	return open.has(name)
		? faults
		: [...faults, ...unknown.map((key) => `${path}.${key} is not documented`)];
}

/** The paths of an example's fields with their types, such as `incidents[].id: number`. */
export function fieldsOf(example: unknown, path = ""): string[] {
	if (Array.isArray(example)) {
		return [...new Set(example.flatMap((one) => fieldsOf(one, `${path}[]`)))];
	}
	if (typeof example !== "object" || example === null) return [];
	const name = path.split(".").at(-1)?.replace(/\[\]$/, "") ?? "";
	if (open.has(name)) return [];
	return Object.entries(example).flatMap(([key, value]) => {
		const place = path === "" ? key : `${path}.${key}`;
		return [place, ...fieldsOf(value, place)];
	});
}

export function jsonType(value: unknown): string {
	if (value === null) return "null";
	return Array.isArray(value) ? "array" : typeof value;
}

/** Each item must be like one of the examples, which may differ among themselves. */
function itemFaults(
	examples: readonly unknown[],
	actual: readonly unknown[],
	path: string,
): string[] {
	if (examples.length === 0) return [];
	return actual.flatMap((item, index) => {
		const faults = examples.map((example) =>
			shapeFaults(example, item, `${path}[${index}]`),
		);
		return faults.some((each) => each.length === 0) ? [] : (faults[0] ?? []);
	});
}
