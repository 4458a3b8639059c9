// Ids are UUIDv7 (RFC 9562): they carry the time, and those of one process sort in the
// order they were made, so that an index grows at its end.
import { afterEach, expect, test, vi } from "vitest";
import { uuidv7 } from "../../src-main/entry/uuidv7.ts";

const shape =
	/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => vi.restoreAllMocks());

test("100,000 ids have the shape, differ and sort as they were made", () => {
	const ids = Array.from({ length: 100_000 }, uuidv7);
	expect(ids.every((id) => shape.test(id))).toBe(true);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toEqual([...ids].sort());
});

test("an id carries the time it was made", () => {
	const now = Date.now() + 60_000;
	vi.spyOn(Date, "now").mockReturnValue(now);
	const millis = Number.parseInt(uuidv7().replaceAll("-", "").slice(0, 12), 16);
	expect(millis).toBe(now);
});

test("ids keep their order when the clock goes back", () => {
	const clock = vi.spyOn(Date, "now");
	const later = Date.now() + 120_000;
	clock.mockReturnValue(later);
	const before = uuidv7();
	clock.mockReturnValue(later - 3_600_000);
	const after = Array.from({ length: 5_000 }, uuidv7);
	expect([before, ...after]).toEqual([before, ...after].sort());
});
