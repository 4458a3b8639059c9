/** The word that a typing mistake probably meant; null when none is near. */
export function nearestWord(
	typed: string,
	words: readonly string[],
): string | null {
	const allowed = typed.length < 4 ? 1 : typed.length < 8 ? 2 : 3;
	let nearest: string | null = null;
	let least = allowed + 1;
	for (const word of words) {
		if (Math.abs(word.length - typed.length) > allowed) continue;
		const distance = editDistance(typed.toLowerCase(), word.toLowerCase());
		if (distance < least) {
			least = distance;
			nearest = word;
		}
	}
	return nearest;
}

/** How many letters must be put in, taken out, changed or swapped with their neighbour. */
function editDistance(left: string, right: string): number {
	const rows: number[][] = [];
	for (let i = 0; i <= left.length; i++) {
		const row: number[] = [i];
		for (let j = 1; j <= right.length; j++) {
			if (i === 0) {
				row.push(j);
				continue;
			}
			const above = rows[i - 1] ?? [];
			const same = left[i - 1] === right[j - 1];
			let best = Math.min(
				(above[j] ?? 0) + 1,
				(row[j - 1] ?? 0) + 1,
				(above[j - 1] ?? 0) + (same ? 0 : 1),
			);
			const swapped =
				i > 1 &&
				j > 1 &&
				left[i - 1] === right[j - 2] &&
				left[i - 2] === right[j - 1];
			if (swapped) best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
			row.push(best);
		}
		rows.push(row);
	}
	return rows[left.length]?.[right.length] ?? 0;
}

/** `did you mean "args"? Known: args, environment.` */
export function suggestion(typed: string, words: readonly string[]): string {
	const nearest = nearestWord(typed, words);
	const question = nearest === null ? "" : `did you mean "${nearest}"? `;
	return `${question}Known: ${words.join(", ")}.`;
}
