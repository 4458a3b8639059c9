import { type FileHandle, open, rename, rm } from "node:fs/promises";
import Papa from "papaparse";
import type { RejectedRow } from "./row-block.ts";

/**
 * Writes the rows that were not taken to `<input>.rejected.csv`, beside the input. The file
 * appears only when `close` is called after at least one rejection, whole: it is written
 * under another name and then renamed. Not for concurrent use.
 *
 * The rows come from outside and people open the report in spreadsheets, so a cell that a
 * spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV Injection").
 */
export class RejectedRowsWriter {
	readonly #path: string;
	readonly #temporaryPath: string;
	#handle: FileHandle | null = null;
	#count = 0;

	constructor(inputPath: string) {
		this.#path = `${inputPath}.rejected.csv`;
		this.#temporaryPath = `${this.#path}.${process.pid}.part`;
	}

	/** Rows written so far. */
	get count(): number {
		return this.#count;
	}

	/** Throws the file system's error when the folder cannot be written to. */
	async write(rows: readonly RejectedRow[]): Promise<void> {
		if (rows.length === 0) return;
		if (this.#handle === null) {
			this.#handle = await open(this.#temporaryPath, "w");
			await this.#handle.write("line,code,message,row\r\n");
		}
		const cells = rows.map(({ line, code, message, raw }) => [
			String(line),
			code,
			safeCell(message),
			safeCell(raw),
		]);
		await this.#handle.write(`${Papa.unparse(cells)}\r\n`);
		this.#count += rows.length;
	}

	/** Puts the report in its place; its path, or null when nothing was rejected. */
	async close(): Promise<string | null> {
		if (this.#handle === null) return null;
		const handle = this.#handle;
		this.#handle = null;
		await handle.sync();
		await handle.close();
		await rename(this.#temporaryPath, this.#path);
		return this.#path;
	}

	/** Removes what was written, for an import that was called off. */
	async discard(): Promise<void> {
		await this.#handle?.close();
		this.#handle = null;
		await rm(this.#temporaryPath, { force: true });
	}
}

/** A cell that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
	return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
