const longest = 200;

/**
 * Text from outside, fit for a notification: one line without control or direction-changing
 * characters, at most 200 characters, and without the signs that Linux notification servers
 * read as markup (a link or a remote image in an incident's title must stay text).
 */
export function noticeText(text: string): string {
	const plain = text
		.toWellFormed()
		.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
		.replace(/</g, "\u2039")
		.replace(/>/g, "\u203a")
		.replace(/&/g, "\uff06")
		.trim();
	const characters = Array.from(plain);
	return characters.length <= longest
		? plain
		: `${characters.slice(0, longest - 1).join("")}\u2026`;
}
