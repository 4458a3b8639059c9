/** The ids of a list, newest first, as pure steps from one state to the next. */
export type Order = readonly string[];

/**
 * The newest page takes the place of everything down to its last id; what is older stays. Where
 * its last id is not known, there is a gap, and only the page is left.
 *
 * | order     | head | whole | answer    |
 * |-----------|------|-------|-----------|
 * | a b c d   | x a  | no    | x a b c d |
 * | a b c d   | x c  | no    | x c d     |
 * | a b c d   | x y  | no    | x y       |
 * | a b c d   | x a  | yes   | x a       |
 */
export function withHead(order: Order, head: Order, isWhole: boolean): Order {
	const last = head.at(-1);
	if (isWhole || last === undefined) return head;
	const at = order.indexOf(last);
	return at < 0 ? head : unique([...head, ...order.slice(at + 1)]);
}

export function without(order: Order, ids: ReadonlySet<string>): Order {
	return order.some((id) => ids.has(id))
		? order.filter((id) => !ids.has(id))
		: order;
}

/** Puts ids back where they stood in an `earlier` order, each before the next one that is still there. */
export function putBack(order: Order, earlier: Order, ids: Order): Order {
	let result = order;
	const wanted = new Set(ids);
	for (let at = earlier.length - 1; at >= 0; at--) {
		const id = earlier[at];
		if (id === undefined || !wanted.has(id) || result.includes(id)) continue;
		const next = earlier
			.slice(at + 1)
			.find((candidate) => result.includes(candidate));
		const place = next === undefined ? result.length : result.indexOf(next);
		result = [...result.slice(0, place), id, ...result.slice(place)];
	}
	return result;
}

export function unique(ids: Order): Order {
	return [...new Set(ids)];
}
