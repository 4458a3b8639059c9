import { crc32 } from "node:zlib";
import type { Random } from "../../ports.ts";

/**
 * The text of an API key: `sk_live_`, 32 random bytes in 43 base62 digits, and the CRC-32
 * of those digits in 6 more, so that a mistyped or invented key is refused unread.
 */
const marker = "sk_live_";
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checksumLength = 6;
const keyLength = marker.length + bodyLength + checksumLength;
const shownLength = marker.length + 8;

export function makeApiKeyText(random: Random): string {
	const body = base62(
		BigInt(`0x${Buffer.from(random.bytes(32)).toString("hex")}`),
		bodyLength,
	);
	return marker + body + checksum(body);
}

/** True when the checksum fits: the key may exist. */
export function isApiKeyText(text: string): boolean {
	if (text.length !== keyLength || !text.startsWith(marker)) return false;
	const body = text.slice(marker.length, -checksumLength);
	return text.endsWith(checksum(body));
}

/** The part that is stored and shown, to tell keys apart. */
export function apiKeyPrefix(text: string): string {
	return text.slice(0, shownLength);
}

function checksum(body: string): string {
	return base62(BigInt(crc32(body)), checksumLength);
}

function base62(value: bigint, length: number): string {
	let text = "";
	for (let rest = value; text.length < length; rest /= 62n) {
		text = digits.charAt(Number(rest % 62n)) + text;
	}
	return text;
}
