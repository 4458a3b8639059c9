/**
 * What a document promises of each operation, and what the tests of this file's module
 * graph have seen of it. An item is `kind what`, such as `status 404`, `field items.id`,
 * `edge open -> closed`; the kinds are the columns of the table.
 */
export type Promised = Readonly<Record<string, readonly string[]>>;

const seen = new Map<string, Set<string>>();

/** Notes that a test has seen `item` of an operation. */
export function recordCoverage(
	api: string,
	operation: string,
	item: string,
): void {
	const rows = seen.get(api) ?? new Set();
	seen.set(api, rows.add(rowOf(operation, item)));
}

/** The promised rows that no test has seen, and the seen ones that nobody promised. */
export function coverageFaults(
	api: string,
	promised: Promised,
): { missing: string[]; unknown: string[] } {
	const rows = Object.entries(promised).flatMap(([operation, items]) =>
		items.map((item) => rowOf(operation, item)),
	);
	const known = new Set(rows);
	const recorded = seen.get(api) ?? new Set();
	return {
		missing: [...known].filter((row) => !recorded.has(row)),
		unknown: [...recorded].filter((row) => !known.has(row)),
	};
}

/** A line per operation with `seen/promised` for each kind of item, and the sum of all. */
export function coverageTable(api: string, promised: Promised): string {
	const recorded = seen.get(api) ?? new Set();
	const kinds = [...new Set(Object.values(promised).flat().map(kindOf))].sort();
	const count = (operations: readonly string[], kind: string | null) => {
		const rows = operations.flatMap((operation) =>
			[...new Set(promised[operation])]
				.filter((item) => kind === null || kindOf(item) === kind)
				.map((item) => rowOf(operation, item)),
		);
		const hits = rows.filter((row) => recorded.has(row)).length;
		return rows.length === 0 ? "-" : `${hits}/${rows.length}`;
	};
	const operations = Object.keys(promised);
	const line = (name: string, of: readonly string[]) => [
		name,
		...kinds.map((kind) => count(of, kind)),
		count(of, null),
	];
	return aligned([
		[`API ${api}`, ...kinds, "all"],
		...operations.map((operation) => line(operation, [operation])),
		line("all", operations),
	]);
}

function rowOf(operation: string, item: string): string {
	return `${operation}: ${item}`;
}

function kindOf(item: string): string {
	return item.split(" ", 1)[0] ?? item;
}

function aligned(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows
		.map((row) =>
			row
				.map((cell, column) =>
					column === 0
						? cell.padEnd(widths[column] ?? 0)
						: cell.padStart(widths[column] ?? 0),
				)
				.join("  "),
		)
		.join("\n");
}
