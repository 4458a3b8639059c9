/**
 * An address that a stranger gave, if a person may open it: https or http, without a name or a
 * password in it; else null.
 */
export function safeLink(text: string | null): string | null {
	if (text === null || text.length > 4_000) return null;
	const url = URL.parse(text.trim());
	if (url === null || url.username !== "" || url.password !== "") return null;
	return url.protocol === "https:" || url.protocol === "http:"
		? url.href
		: null;
}
