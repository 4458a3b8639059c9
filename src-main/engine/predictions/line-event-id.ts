/**
 * The event id of a row that has none: made from the file's content and the row's line, so
 * that importing the file again finds its rows. It has the form of a UUIDv7 whose "time"
 * is taken from the hash and counts up with the line, which keeps `eventIdKey` distinct
 * and in the order of the file.
 *
 * | sha256 | line | id |
 * |---|---|---|
 * | 00…00 | 1 | 00000000-0000-7080-8000-000000000000 |
 * | 00…00 | 33 | 00000000-0001-7080-8000-000000000000 |
 */
export function lineEventId(sha256: string, line: number): string {
	// 46 bits of the hash leave room for 2^46 more groups of 32 lines.
	const base = Number.parseInt(sha256.slice(0, 12), 16) % 2 ** 46;
	const time = (base + Math.floor(line / 32)).toString(16).padStart(12, "0");
	const low = ((line % 32) << 7).toString(16).padStart(3, "0");
	return `${time.slice(0, 8)}-${time.slice(8)}-7${low}-8${sha256.slice(12, 15)}-${sha256.slice(15, 27)}`;
}
