/** `INV_*` matches INV_1: a star stands for any text, everything else for itself. Never slow. */
export function matchesGlob(text: string, pattern: string): boolean {
	const [first = "", ...rest] = pattern.split("*");
	if (rest.length === 0) return text === pattern;
	if (!text.startsWith(first)) return false;
	let at = first.length;
	const last = rest.pop() ?? "";
	for (const part of rest) {
		const found = text.indexOf(part, at);
		if (found === -1) return false;
		at = found + part.length;
	}
	return text.length - last.length >= at && text.endsWith(last);
}
