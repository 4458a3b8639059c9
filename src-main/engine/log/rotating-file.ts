import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

/**
 * A text file that is put aside when it grows too large: `engine.log` becomes
 * `engine.log.1`, and so on. Writes are synchronous, so that the last words of a dying
 * process are in it; a full disk loses lines and nothing else.
 */
export class RotatingFile {
	readonly #path: string;
	readonly #largest: number;
	readonly #kept: number;
	#file: number;
	#size: number;

	/** `kept` counts the file itself; readable by its owner alone. */
	constructor(path: string, options: { largest: number; kept: number }) {
		this.#path = path;
		this.#largest = options.largest;
		this.#kept = options.kept;
		this.#file = openSync(path, "a", 0o600);
		this.#size = fstatSync(this.#file).size;
		if (this.#size >= this.#largest) this.#rotate();
	}

	write(line: string): void {
		try {
			if (this.#size >= this.#largest) this.#rotate();
			this.#size += writeSync(this.#file, line);
		} catch {
			// The log must not take the engine down with it.
		}
	}

	close(): void {
		closeSync(this.#file);
	}

	#rotate(): void {
		for (let number = this.#kept - 1; number >= 1; number--) {
			const from = number === 1 ? this.#path : `${this.#path}.${number - 1}`;
			try {
				renameSync(from, `${this.#path}.${number}`);
			} catch {
				// A step that is missing leaves nothing to move.
			}
		}
		closeSync(this.#file);
		this.#file = openSync(this.#path, "a", 0o600);
		this.#size = fstatSync(this.#file).size;
	}
}
