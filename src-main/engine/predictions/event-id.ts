const uuidV7 =
	/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Fewer digits at the end of an id are no counter worth keeping in order. */
const fewestDigits = 4;
/** As many digits as 30 bits hold. */
const mostDigits = 9;
const digitSpace = 2 ** 30;

/**
 * A 53-bit number under which an event id is indexed; equal ids have equal keys, and a
 * search compares the ids themselves. Ids that count up keep their order, which keeps the
 * index's inserts together: a random order costs eight times as much.
 *
 * | id | key |
 * |---|---|
 * | 019b76da-a800-7000-8000-000000000000 | UUIDv7: 42 bits of its milliseconds, which last until 2109, and 11 of the 12 bits after them |
 * | txn-0001234 | 23 bits of the hash of "txn-", then the number at its end in 30 bits |
 * | user-42 | 53 bits of its hash |
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
	let prefix = id.length;
	let number = 0;
	let scale = 1;
	while (prefix > 0 && id.length - prefix < mostDigits) {
		const digit = id.charCodeAt(prefix - 1) - 48;
		if (digit < 0 || digit > 9) break;
		number += digit * scale;
		scale *= 10;
		prefix--;
	}
	return id.length - prefix < fewestDigits
		? hash(id, id.length)
		: (hash(id, prefix) % 2 ** 23) * digitSpace + number;
}

/** Of the first `length` units of a text. */
function hash(text: string, length: number): number {
	let high = 0xdeadbeef ^ length;
	let low = 0x41c6ce57 ^ length;
	for (let index = 0; index < length; index++) {
		const unit = text.charCodeAt(index);
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
