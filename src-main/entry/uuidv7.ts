import { randomFillSync } from "node:crypto";

/** Filled at once: a call for 8 random bytes costs as much as one for 4,096. */
const pool = Buffer.alloc(4_096);
let used = pool.length;
let lastMillis = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562, section 6.2, method 1): 48 bits of time, a 12-bit counter, 62
 * random bits. Ids of one process sort in the order they were made, also within a
 * millisecond and when the clock goes back; Node's own does not promise that, and
 * Electron's Node may not have it.
 */
export function uuidv7(): string {
	const now = Date.now();
	if (now > lastMillis) {
		lastMillis = now;
		// The top bit starts at 0, so that at least 2,048 ids fit into a millisecond.
		counter = randomWord() & 0x7ff;
	} else if (++counter > 0xfff) {
		lastMillis++;
		counter = 0;
	}
	const time = lastMillis.toString(16).padStart(12, "0");
	const count = counter.toString(16).padStart(3, "0");
	const variant = ((randomWord() & 0x3fff) | 0x8000).toString(16);
	const tail = hexWord() + hexWord() + hexWord();
	return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}-${tail}`;
}

function hexWord(): string {
	return randomWord().toString(16).padStart(4, "0");
}

function randomWord(): number {
	if (used === pool.length) {
		randomFillSync(pool);
		used = 0;
	}
	used += 2;
	return pool.readUInt16BE(used - 2);
}
