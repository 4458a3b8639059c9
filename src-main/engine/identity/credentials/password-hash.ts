import * as crypto from "node:crypto";
import type { PasswordScheme } from "../../ports.ts";

/**
 * Passwords are kept as PHC strings, by OWASP's minimum parameters:
 *
 *   $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>   where the runtime has Argon2
 *   $scrypt$ln=17,r=8,p=1$<salt>$<hash>            elsewhere
 *
 * Both run in libuv's thread pool, so the event loop stays free.
 */
interface PasswordHash {
	readonly scheme: PasswordScheme;
	readonly salt: Buffer;
	readonly hash: Buffer;
}

const argon2id: PasswordScheme = {
	name: "argon2id",
	memory: 19_456,
	passes: 2,
	lanes: 1,
};
export const scrypt: PasswordScheme = {
	name: "scrypt",
	logCost: 17,
	blockSize: 8,
	lanes: 1,
};
const hashBytes = 32;

/** Electron's crypto library may name Argon2 without having it, so it is tried, with the least memory. */
function hasArgon2(): boolean {
	try {
		crypto.argon2Sync("argon2id", {
			message: "",
			nonce: Buffer.alloc(16),
			memory: 8,
			passes: 1,
			parallelism: 1,
			tagLength: 4,
		});
		return true;
	} catch {
		return false;
	}
}

export const preferredScheme: PasswordScheme = hasArgon2() ? argon2id : scrypt;

/** The PHC string of a new password. */
export async function hashPassword(
	password: string,
	scheme: PasswordScheme,
): Promise<string> {
	const salt = crypto.randomBytes(16);
	return encode({ scheme, salt, hash: await derive(password, salt, scheme) });
}

/** Compares in constant time. `isOutdated` asks for a new hash by `scheme`. */
export async function verifyPassword(
	password: string,
	stored: string,
	scheme: PasswordScheme,
): Promise<{ matches: boolean; isOutdated: boolean }> {
	const known = decode(stored);
	const hash = await derive(password, known.salt, known.scheme);
	return {
		matches: crypto.timingSafeEqual(hash, known.hash),
		isOutdated: JSON.stringify(known.scheme) !== JSON.stringify(scheme),
	};
}

/** A hash that no password has, so that an unknown account takes as long to refuse as a known one. */
export function unmatchable(scheme: PasswordScheme): string {
	return encode({
		scheme,
		salt: Buffer.alloc(16),
		hash: Buffer.alloc(hashBytes),
	});
}

function derive(
	password: string,
	salt: Buffer,
	scheme: PasswordScheme,
): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const done = (error: Error | null, hash: Buffer) =>
			error === null ? resolve(hash) : reject(error);
		if (scheme.name === "argon2id") {
			crypto.argon2(
				"argon2id",
				{
					message: password,
					nonce: salt,
					memory: scheme.memory,
					passes: scheme.passes,
					parallelism: scheme.lanes,
					tagLength: hashBytes,
				},
				done,
			);
			return;
		}
		const cost = 2 ** scheme.logCost;
		crypto.scrypt(
			password,
			salt,
			hashBytes,
			{
				cost,
				blockSize: scheme.blockSize,
				parallelization: scheme.lanes,
				maxmem: 128 * cost * scheme.blockSize * 2,
			},
			done,
		);
	});
}

function encode({ scheme, salt, hash }: PasswordHash): string {
	const parameters =
		scheme.name === "argon2id"
			? `argon2id$v=19$m=${scheme.memory},t=${scheme.passes},p=${scheme.lanes}`
			: `scrypt$ln=${scheme.logCost},r=${scheme.blockSize},p=${scheme.lanes}`;
	return `$${parameters}$${unpadded(salt)}$${unpadded(hash)}`;
}

function decode(stored: string): PasswordHash {
	const match =
		/^\$(?<name>argon2id\$v=19|scrypt)\$(?:m|ln)=(?<first>\d{1,6}),(?:t|r)=(?<second>\d{1,3}),p=(?<lanes>\d{1,2})\$(?<salt>[\w+/]+)\$(?<hash>[\w+/]+)$/.exec(
			stored,
		);
	const { name, first, second, lanes, salt, hash } = match?.groups ?? {};
	if (salt === undefined || hash === undefined) {
		throw new Error("A stored password hash is not a known PHC string");
	}
	const scheme: PasswordScheme =
		name === "scrypt"
			? {
					name: "scrypt",
					logCost: Number(first),
					blockSize: Number(second),
					lanes: Number(lanes),
				}
			: {
					name: "argon2id",
					memory: Number(first),
					passes: Number(second),
					lanes: Number(lanes),
				};
	return {
		scheme,
		salt: Buffer.from(salt, "base64"),
		hash: Buffer.from(hash, "base64"),
	};
}

function unpadded(bytes: Buffer): string {
	return bytes.toString("base64").replaceAll("=", "");
}
