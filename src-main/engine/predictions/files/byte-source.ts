import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FILE_LIMITS, FileError } from "./file-error.ts";

/** Bytes of a file in order, unpacked where the file is gzip. */
export interface ByteSource {
	/** Fills `target` from `offset` on with at least one byte, and returns how many; 0 at the end. */
	read(target: Uint8Array, offset: number): Promise<number>;
	/** Bytes of the file on disk consumed so far. */
	position(): number;
	close(): Promise<void>;
}

/** Opens a regular file for reading. Throws FileError not_found, not_a_file or not_readable. */
export async function openFile(
	path: string,
): Promise<{ handle: FileHandle; sizeBytes: number }> {
	let handle: FileHandle;
	try {
		handle = await open(path, "r");
	} catch (error) {
		throw openFailure(path, error);
	}
	const stats = await handle.stat();
	if (!stats.isFile()) {
		await handle.close();
		throw new FileError(
			"not_a_file",
			`${path} is not a regular file. Give the path of a CSV, NDJSON or Parquet file.`,
		);
	}
	return { handle, sizeBytes: stats.size };
}

/** Opens the file's bytes as they are, or unpacked when `gzip` is set. */
export async function openBytes(
	path: string,
	gzip: boolean,
): Promise<ByteSource> {
	const { handle } = await openFile(path);
	if (!gzip) return new PlainSource(handle);
	await handle.close();
	return new GzipSource(path);
}

class PlainSource implements ByteSource {
	readonly #handle: FileHandle;
	#position = 0;

	constructor(handle: FileHandle) {
		this.#handle = handle;
	}

	async read(target: Uint8Array, offset: number): Promise<number> {
		const { bytesRead } = await this.#handle.read(
			target,
			offset,
			target.length - offset,
			this.#position,
		);
		this.#position += bytesRead;
		return bytesRead;
	}

	position(): number {
		return this.#position;
	}

	close(): Promise<void> {
		return this.#handle.close();
	}
}

class GzipSource implements ByteSource {
	readonly #path: string;
	readonly #file: Readable & { readonly bytesRead: number };
	readonly #unpacked: Readable;
	readonly #chunks: AsyncIterator<Buffer>;
	#rest: Buffer = Buffer.alloc(0);
	#total = 0;

	constructor(path: string) {
		this.#path = path;
		const file = createReadStream(path);
		const gunzip = createGunzip();
		file.on("error", (error) => gunzip.destroy(error));
		this.#file = file;
		this.#unpacked = file.pipe(gunzip);
		this.#chunks = this.#unpacked[Symbol.asyncIterator]();
	}

	async read(target: Uint8Array, offset: number): Promise<number> {
		if (this.#rest.length === 0) {
			const next = await this.#nextChunk();
			if (next === null) return 0;
			this.#rest = next;
		}
		const count = Math.min(this.#rest.length, target.length - offset);
		target.set(this.#rest.subarray(0, count), offset);
		this.#rest = this.#rest.subarray(count);
		return count;
	}

	position(): number {
		return this.#file.bytesRead;
	}

	async close(): Promise<void> {
		this.#file.destroy();
		this.#unpacked.destroy();
	}

	async #nextChunk(): Promise<Buffer | null> {
		let next: IteratorResult<Buffer>;
		try {
			next = await this.#chunks.next();
		} catch (error) {
			throw new FileError(
				"gzip_broken",
				`${this.#path} is broken as a gzip file (${reasonOf(error)}). Make or copy it again.`,
				{ cause: error },
			);
		}
		if (next.done) return null;
		this.#total += next.value.length;
		this.#checkSize();
		return next.value;
	}

	#checkSize(): void {
		const ratio = this.#total / Math.max(1, this.#file.bytesRead);
		const suspicious =
			this.#total > FILE_LIMITS.unpackedFreeBytes &&
			ratio > FILE_LIMITS.unpackedRatio;
		if (suspicious || this.#total > FILE_LIMITS.unpackedBytes) {
			throw new FileError(
				"gzip_too_large",
				`${this.#path} unpacks to far more than it holds (${this.#total} bytes so far from ${this.#file.bytesRead}). If that is right, unpack it first and import the unpacked file.`,
			);
		}
	}
}

function openFailure(path: string, error: unknown): FileError {
	const code = error instanceof Error && "code" in error ? error.code : "";
	if (code === "ENOENT" || code === "ENOTDIR") {
		return new FileError("not_found", `There is no file at ${path}.`, {
			cause: error,
		});
	}
	return new FileError(
		"not_readable",
		`${path} cannot be read (${reasonOf(error)}). Check its permissions.`,
		{ cause: error },
	);
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
