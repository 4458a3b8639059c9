import { createCipheriv, createDecipheriv } from "node:crypto";
import { join } from "node:path";
import type { Clock, Random } from "../ports.ts";
import { readKeyFile, writeKeyFile } from "./key-file.ts";
import { SecretError } from "./secret-error.ts";

/** Where a secret is kept. It is sealed to this place and opens nowhere else. */
export interface SecretPlace {
	readonly table: string;
	/** The row's public id. */
	readonly id: string;
	readonly column: string;
}

const version = "v1";
const ivLength = 12;
const tagLength = 16;

/**
 * Secrets at rest: sealed with AES-256-GCM under a key in `secret-keys.json`, a file for
 * its owner alone and outside the database, so that no backup or dump of the database
 * reads them. A sealed secret is a text of four parts:
 *
 * | part | example |
 * |---|---|
 * | format | v1 |
 * | id of the key | 019bd2f0-5c1e-7a52-8d6a-0b9c3f1e2d4a |
 * | 96-bit nonce, base64url | 3q2-7wAAAAAAAAAB |
 * | ciphertext and 128-bit tag, base64url | ... |
 *
 * The place and the first two parts are authenticated with it. The key is made with the
 * first secret. Where the file is lost, what was sealed stays locked and new secrets get a
 * new key; keys of a file that is brought back later can be listed beside it.
 */
export class Vault {
	readonly #path: string;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #keys = new Map<string, Buffer>();
	#newest: string | null = null;

	/** Throws FORBIDDEN or UNREADABLE for a key file that cannot be used. */
	constructor(dataDirectory: string, clock: Clock, random: Random) {
		this.#path = join(dataDirectory, "secret-keys.json");
		this.#clock = clock;
		this.#random = random;
		for (const { id, key } of readKeyFile(this.#path)) this.#add(id, key);
	}

	seal(secret: string, place: SecretPlace): string {
		const keyId = this.#newest ?? this.#makeKey();
		const iv = Buffer.from(this.#random.bytes(ivLength));
		const cipher = createCipheriv("aes-256-gcm", this.#key(keyId), iv);
		cipher.setAAD(bound(keyId, place));
		const sealed = Buffer.concat([
			cipher.update(secret, "utf8"),
			cipher.final(),
			cipher.getAuthTag(),
		]);
		return [
			version,
			keyId,
			iv.toString("base64url"),
			sealed.toString("base64url"),
		].join(".");
	}

	/** Throws a SecretError: LOCKED when its key is not here, TAMPERED when it is not what was sealed for this place. */
	open(sealed: string, place: SecretPlace): string {
		const [format, keyId = "", iv = "", text = "", ...rest] = sealed.split(".");
		const nonce = Buffer.from(iv, "base64url");
		const bytes = Buffer.from(text, "base64url");
		const isWellFormed =
			format === version &&
			rest.length === 0 &&
			nonce.length === ivLength &&
			bytes.length >= tagLength;
		if (!isWellFormed) throw tampered();
		const decipher = createDecipheriv("aes-256-gcm", this.#key(keyId), nonce, {
			authTagLength: tagLength,
		});
		decipher.setAAD(bound(keyId, place));
		decipher.setAuthTag(bytes.subarray(-tagLength));
		try {
			return Buffer.concat([
				decipher.update(bytes.subarray(0, -tagLength)),
				decipher.final(),
			]).toString("utf8");
		} catch (error) {
			throw tampered(error);
		}
	}

	#key(id: string): Buffer {
		const key = this.#keys.get(id);
		if (key !== undefined) return key;
		throw new SecretError(
			"LOCKED",
			`The key of this secret is not in ${this.#path}; bring that file back, or enter the secret again.`,
		);
	}

	#makeKey(): string {
		const id = this.#random.uuid();
		const key = Buffer.from(this.#random.bytes(32)).toString("base64url");
		writeKeyFile(this.#path, [
			...readKeyFile(this.#path),
			{ id, key, createdAt: this.#clock.now() },
		]);
		this.#add(id, key);
		return id;
	}

	/** The last one of the file seals. */
	#add(id: string, key: string): void {
		this.#keys.set(id, Buffer.from(key, "base64url"));
		this.#newest = id;
	}
}

function bound(keyId: string, { table, id, column }: SecretPlace): Buffer {
	return Buffer.from(JSON.stringify([version, keyId, table, id, column]));
}

function tampered(cause?: unknown): SecretError {
	return new SecretError(
		"TAMPERED",
		"This secret is not as it was stored; enter it again.",
		{ cause },
	);
}
