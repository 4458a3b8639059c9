import { randomFillSync } from "node:crypto";

const random = Buffer.alloc(8);
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
	randomFillSync(random);
	if (now > lastMillis) {
		lastMillis = now;
		// The top bit starts at 0, so that at least 2,048 ids fit into a millisecond.
		counter = random.readUInt16BE(0) & 0x7ff;
		randomFillSync(random, 0, 2);
	} else if (++counter > 0xfff) {
		lastMillis++;
		counter = 0;
	}
	const time = lastMillis.toString(16).padStart(12, "0");
	const count = counter.toString(16).padStart(3, "0");
	random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
	const tail = random.toString("hex");
	return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
