import { mkdirSync } from "node:fs";
import { open, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import { EngineError } from "../errors.ts";
import type { Principal } from "../identity/access/index.ts";
import type { Clock, Log, Random } from "../ports.ts";

const defaultLimit = 20 * 1024 ** 3;
const keptMillis = 24 * 3_600_000;
const sweepMillis = 3_600_000;
/** Left free for the databases, which must be able to write. */
const diskReserve = 512 * 1024 ** 2;

export interface Upload {
	readonly uploadId: string;
	/** Where the content lies; named by the id, never by the client. */
	readonly path: string;
	/** The client's name for the file. */
	readonly name: string;
	readonly sizeBytes: number;
}

/**
 * Files that a browser sent to be imported, in `uploads/`. One belongs to the person who
 * sent it, and goes when its import is over, after a day, or at the next start after that.
 */
export class UploadRegistry {
	readonly #folder: string;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #log: Log;
	readonly #limit: number;
	readonly #uploads = new Map<
		string,
		Upload & { tenantKey: number; actorId: string | null }
	>();
	readonly #sweeper: NodeJS.Timeout;

	constructor(
		options: { dataDirectory: string; limitBytes?: number },
		ports: { clock: Clock; random: Random; log: Log },
	) {
		this.#folder = join(options.dataDirectory, "uploads");
		this.#clock = ports.clock;
		this.#random = ports.random;
		this.#log = ports.log;
		this.#limit = options.limitBytes ?? defaultLimit;
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		this.#sweeper = setInterval(() => this.#sweepLater(), sweepMillis);
		this.#sweeper.unref();
		this.#sweepLater();
	}

	/**
	 * Keeps what a stream brings. Throws INVALID for a bad name, TOO_LARGE over the limit,
	 * STORAGE_FULL when the disk has no room; nothing is kept then, nor when the stream
	 * breaks off.
	 */
	async receive(
		content: Readable,
		name: string,
		principal: Principal<"engineer">,
		declaredBytes: number | null = null,
	): Promise<Upload> {
		const fault = identifierFault(name);
		if (fault !== null) {
			throw new EngineError("INVALID", `name: ${fault}`, { field: "name" });
		}
		if (declaredBytes !== null) await this.#refuseTooLarge(declaredBytes);
		const uploadId = this.#random.uuid();
		const path = join(this.#folder, uploadId);
		let sizeBytes: number;
		try {
			sizeBytes = await this.#write(content, path);
		} catch (error) {
			await rm(path, { force: true });
			throw isFullDisk(error) ? new EngineError("STORAGE_FULL") : error;
		}
		const upload = { uploadId, path, name, sizeBytes };
		this.#uploads.set(uploadId, {
			...upload,
			tenantKey: principal.tenant.key,
			actorId: principal.actor.id,
		});
		return upload;
	}

	/** The upload of that very person; null for anyone else's, and once it is gone. */
	resolve(uploadId: string, principal: Principal<"engineer">): Upload | null {
		const known = this.#uploads.get(uploadId);
		const isOwn =
			known !== undefined &&
			known.tenantKey === principal.tenant.key &&
			known.actorId === principal.actor.id;
		if (!isOwn) return null;
		const { path, name, sizeBytes } = known;
		return { uploadId, path, name, sizeBytes };
	}

	/** Removes an upload whose import is over. */
	async release(uploadId: string): Promise<void> {
		const known = this.#uploads.get(uploadId);
		if (known === undefined) return;
		this.#uploads.delete(uploadId);
		await rm(known.path, { force: true });
	}

	/** Removes what is older than a day, also what an earlier run left. */
	async sweep(): Promise<void> {
		for (const file of await readdir(this.#folder)) {
			const path = join(this.#folder, file);
			const { mtimeMs } = await stat(path);
			if (this.#clock.now() - mtimeMs < keptMillis) continue;
			this.#uploads.delete(file);
			await rm(path, { force: true });
		}
	}

	close(): void {
		clearInterval(this.#sweeper);
	}

	async #write(content: Readable, path: string): Promise<number> {
		const file = await open(path, "wx", 0o600);
		try {
			let bytes = 0;
			// The stream outlives a refusal: a request whose body was refused is still answered.
			for await (const chunk of content.iterator({ destroyOnReturn: false })) {
				bytes += chunk.length;
				if (bytes > this.#limit) throw tooLarge(this.#limit);
				await file.writeFile(chunk);
			}
			return bytes;
		} finally {
			await file.close();
		}
	}

	#sweepLater(): void {
		this.sweep().catch((error: unknown) =>
			this.#log.warn({ error }, "old uploads could not be removed"),
		);
	}

	async #refuseTooLarge(bytes: number): Promise<void> {
		if (bytes > this.#limit) throw tooLarge(this.#limit);
		const { bavail, bsize } = await statfs(this.#folder);
		if (bytes + diskReserve > bavail * bsize) {
			throw new EngineError(
				"STORAGE_FULL",
				"The disk has no room for this file.",
			);
		}
	}
}

function tooLarge(limit: number): EngineError {
	return new EngineError(
		"TOO_LARGE",
		`A file may have ${limit} bytes at most.`,
		{
			limitBytes: limit,
		},
	);
}

function isFullDisk(error: unknown): boolean {
	return (
		error instanceof Error &&
		"code" in error &&
		(error.code === "ENOSPC" || error.code === "EDQUOT")
	);
}
