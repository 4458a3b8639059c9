/**
 * Gives each row one of `pool` places. A row that scrolls out lends its elements to the one that
 * scrolls in: changing text costs a fraction of making elements and styling them. Moving elements
 * would cost as much, so while scrolling they keep the order of their places, and return to that
 * of the rows, which is the one read aloud, when it ends.
 */
export function placeRows<Row>(
	rows: readonly Row[],
	first: number,
	pool: number,
	isScrolling: boolean,
): { row: Row; index: number; place: number }[] {
	const placed = rows.map((row, offset) => {
		const index = first + offset;
		return { row, index, place: index % pool };
	});
	return isScrolling ? placed.sort((a, b) => a.place - b.place) : placed;
}
