/** What a search found in a text. */
export interface Found {
	/** Where each occurrence begins, in order; they may overlap. */
	readonly starts: readonly number[];
	/** The length of the longest end of the text with which another occurrence may begin. */
	readonly begun: number;
}

/**
 * Finds one text in others in a time that grows with their lengths alone (Knuth, Morris
 * and Pratt, 1977), whatever both hold: `indexOf` needs the product of the lengths for
 * texts such as `aaaa`.
 */
export class TextSearch {
	readonly #wanted: string;
	/** For each length of a matched beginning: of the longest shorter one that it ends with. */
	readonly #borders: Uint32Array;

	/** `wanted` is not empty. */
	constructor(wanted: string) {
		this.#wanted = wanted;
		this.#borders = new Uint32Array(wanted.length + 1);
		let border = 0;
		for (let at = 1; at < wanted.length; at++) {
			border = this.#next(border, wanted.charCodeAt(at));
			this.#borders[at + 1] = border;
		}
	}

	in(text: string): Found {
		const wanted = this.#wanted;
		const first = wanted.charAt(0);
		const starts: number[] = [];
		let matched = 0;
		for (let at = 0; at < text.length; at++) {
			if (matched === 0) {
				at = text.indexOf(first, at);
				if (at === -1) break;
			} else if (matched === wanted.length) {
				matched = this.#borders[matched] ?? 0;
			}
			matched = this.#next(matched, text.charCodeAt(at));
			if (matched === wanted.length) starts.push(at + 1 - matched);
		}
		const begun =
			matched === wanted.length ? (this.#borders[matched] ?? 0) : matched;
		return { starts, begun };
	}

	/** How much is matched after one more character. */
	#next(matched: number, character: number): number {
		let length = matched;
		while (length > 0 && this.#wanted.charCodeAt(length) !== character) {
			length = this.#borders[length] ?? 0;
		}
		return this.#wanted.charCodeAt(length) === character ? length + 1 : 0;
	}
}
