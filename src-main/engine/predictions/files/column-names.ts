import { FILE_LIMITS, FileError } from "./file-error.ts";

/**
 * Names that can be told apart, from the cells of a header row or, where there is none, from
 * a count of columns: an empty one becomes `column_3`, a second "x" becomes `x_2`.
 * Throws FileError too_many_columns and column_name_too_long.
 */
export function columnNamesFrom(header: readonly string[] | number): string[] {
	const cells =
		typeof header === "number"
			? new Array<string>(Math.min(header, FILE_LIMITS.columns + 1)).fill("")
			: header;
	checkColumnCount(cells.length);
	const taken = new Set(cells.map((cell) => cell.trim()));
	const used = new Set<string>();
	return cells.map((cell, index) => {
		const wanted = cell.trim();
		checkColumnName(wanted);
		let name = wanted === "" ? `column_${index + 1}` : wanted;
		const base = name;
		const clash = wanted === "" ? taken.has(name) : used.has(name);
		for (let i = 2; used.has(name) || (clash && taken.has(name)); i++) {
			name = `${base}_${i}`;
		}
		used.add(name);
		return name;
	});
}

/** Throws FileError column_name_too_long. */
export function checkColumnName(name: string): void {
	if (name.length > FILE_LIMITS.columnNameLength) {
		throw new FileError(
			"column_name_too_long",
			`The column name "${name.slice(0, 40)}..." has ${name.length} characters; ${FILE_LIMITS.columnNameLength} are allowed. Is the delimiter right, and does the file have a header row?`,
		);
	}
}

/** Throws FileError too_many_columns. */
export function checkColumnCount(count: number): void {
	if (count > FILE_LIMITS.columns) {
		throw new FileError(
			"too_many_columns",
			`The file has more than ${FILE_LIMITS.columns} columns. Import the ones that matter.`,
		);
	}
}

/** Throws FileError unknown_column, listing what exists, unless all `wanted` are among `existing`. */
export function checkColumnsExist(
	wanted: readonly string[],
	existing: readonly string[],
): void {
	const missing = wanted.filter((name) => !existing.includes(name));
	if (missing.length === 0) return;
	const shown = existing.slice(0, 50).join(", ");
	const more = existing.length > 50 ? ` and ${existing.length - 50} more` : "";
	throw new FileError(
		"unknown_column",
		`There is no column ${missing.map((name) => `"${name}"`).join(", ")}. The file has: ${shown}${more}.`,
	);
}
