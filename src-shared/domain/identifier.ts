/** Longest id or name that Tocsin keeps, in Unicode code points. */
export const identifierLength = 200;

/**
 * Says why `text` cannot be an id or a name, or returns null when it can: 1 to 200
 * code points, well-formed Unicode (a lone surrogate would not survive UTF-8) and no
 * NUL (SQLite's text functions stop at it).
 */
export function identifierFault(text: string): string | null {
	if (text.length === 0) return "must not be empty";
	if (text.length > identifierLength) {
		let codePoints = 0;
		for (const _ of text) codePoints++;
		if (codePoints > identifierLength) {
			return `must be at most ${identifierLength} characters`;
		}
	}
	if (!text.isWellFormed()) return "must be well-formed Unicode";
	if (text.includes("\u0000")) return "must not contain a NUL character";
	return null;
}
