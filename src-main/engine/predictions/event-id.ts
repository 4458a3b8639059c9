const uuidV7 =
	/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * A 53-bit number under which an event id is indexed; equal ids have equal keys, and a
 * search compares the ids themselves. A UUIDv7 keeps its order in time (42 bits of its
 * milliseconds, which last until 2109, and 11 of the 12 bits after them, so that ids made
 * thousands a millisecond still differ), which keeps the index's inserts at its end: a
 * random order costs eight times as much. Every other id is hashed together with its length.
 *
 * | id | key |
 * |---|---|
 * | 019b76da-a800-7000-8000-000000000000 | 0x019b76daa800 * 2048 |
 * | user-42 | hash |
 *
 * Source of the hash: cyrb53 by bryc, public domain.
 */
export function eventIdKey(id: string): number {
	if (id.length === 36 && uuidV7.test(id)) {
		const millis = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
		return (
			(millis % 2 ** 42) * 2048 + (Number.parseInt(id.slice(15, 18), 16) >>> 1)
		);
	}
	let high = 0xdeadbeef ^ id.length;
	let low = 0x41c6ce57 ^ id.length;
	for (let index = 0; index < id.length; index++) {
		const unit = id.charCodeAt(index);
		high = Math.imul(high ^ unit, 2654435761);
		low = Math.imul(low ^ unit, 1597334677);
	}
	high =
		Math.imul(high ^ (high >>> 16), 2246822507) ^
		Math.imul(low ^ (low >>> 13), 3266489909);
	low =
		Math.imul(low ^ (low >>> 16), 2246822507) ^
		Math.imul(high ^ (high >>> 13), 3266489909);
	return 4294967296 * (2097151 & low) + (high >>> 0);
}
