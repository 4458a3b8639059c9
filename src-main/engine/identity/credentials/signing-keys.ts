import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	statSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { must } from "../../../../src-shared/domain/must.ts";
import { EngineError } from "../../errors.ts";
import type { Clock, Random } from "../../ports.ts";

export interface SigningKey {
	readonly id: string;
	readonly secret: Uint8Array;
}

const keyFile = z
	.array(
		z.object({
			kid: z.string().min(1),
			secret: z.string().regex(/^[\w-]{43}$/),
			createdAt: z.number().int(),
		}),
	)
	.min(1);
type KeyFile = z.infer<typeof keyFile>;

const keysKept = 2;

/**
 * The 256-bit keys that sign access tokens, newest first, in `signing-keys.json`, a file
 * for its owner alone and outside the database, so that no backup or dump holds them.
 * After a rotation the key before still verifies, until the next one.
 */
export class SigningKeys {
	readonly #path: string;
	readonly #clock: Clock;
	readonly #random: Random;
	#entries: KeyFile;
	#secrets: ReadonlyMap<string, Uint8Array>;

	constructor(dataDirectory: string, clock: Clock, random: Random) {
		this.#path = join(dataDirectory, "signing-keys.json");
		this.#clock = clock;
		this.#random = random;
		this.#entries = existsSync(this.#path) ? readKeyFile(this.#path) : [];
		this.#secrets = secretsOf(this.#entries);
		if (this.#entries.length === 0) this.rotate();
	}

	/** The key that signs. */
	newest(): SigningKey {
		const entry = must(this.#entries[0], "there is always a signing key");
		return {
			id: entry.kid,
			secret: must(this.#secrets.get(entry.kid), "kept"),
		};
	}

	/** The secret of a key id; looked up among our own, never fetched. */
	find(keyId: string): Uint8Array | undefined {
		return this.#secrets.get(keyId);
	}

	/** Makes a new signing key. */
	rotate(): void {
		const entry = {
			kid: this.#random.uuid(),
			secret: Buffer.from(this.#random.bytes(32)).toString("base64url"),
			createdAt: this.#clock.now(),
		};
		const entries = [entry, ...this.#entries].slice(0, keysKept);
		writeKeyFile(this.#path, entries);
		this.#entries = entries;
		this.#secrets = secretsOf(entries);
	}
}

function secretsOf(entries: KeyFile): ReadonlyMap<string, Uint8Array> {
	return new Map(
		entries.map(({ kid, secret }) => [kid, Buffer.from(secret, "base64url")]),
	);
}

function readKeyFile(path: string): KeyFile {
	// Windows keeps permissions elsewhere; its mode bits say nothing.
	if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
		throw new EngineError(
			"FORBIDDEN",
			`${path} can be read by others; make it private with: chmod 600 '${path}'`,
		);
	}
	try {
		return keyFile.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch (error) {
		throw new EngineError(
			"UNREADABLE",
			`${path} is damaged. Remove it to get a new key; everyone then signs in again.`,
			{},
			{ cause: error },
		);
	}
}

function writeKeyFile(path: string, entries: KeyFile): void {
	const partial = `${path}.partial`;
	const file = openSync(partial, "w", 0o600);
	try {
		writeSync(file, `${JSON.stringify(entries)}\n`);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameSync(partial, path);
}
