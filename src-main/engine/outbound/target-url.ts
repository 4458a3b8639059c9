import { OutboundError } from "./outbound-error.ts";

const longestUrl = 2_000;
/** Spaces and controls; a URL's parser would drop some of them in silence. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const spaceOrControl = /[\u0000-\u0020\u007f]/;

/**
 * Reads the address of a receiver: http or https, without user name and password. Numeric
 * spellings of IPv4 (2130706433, 0x7f.1, 0177.0.0.1) come out as the dotted address they
 * mean. Throws BAD_URL, whose message never repeats the address: it may hold a credential.
 */
export function parseTarget(text: string): URL {
	if (text.length > longestUrl) {
		throw bad(`The address is longer than ${longestUrl} characters.`);
	}
	if (spaceOrControl.test(text)) {
		throw bad("The address holds a space or a control character; remove it.");
	}
	const url = URL.parse(text);
	if (url === null) {
		throw bad("This is no address; write it like https://example.org/hook.");
	}
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		throw bad(
			`Only http and https addresses can be called, not ${url.protocol.slice(0, 20)}`,
		);
	}
	if (url.username !== "" || url.password !== "") {
		throw bad(
			"The address holds a user name or a password; send them in a header instead.",
		);
	}
	if (url.hostname === "" || url.port === "0") {
		throw bad("The address names no host and port that can be called.");
	}
	return url;
}

/** The host as a name or a bare address: IPv6 without brackets, no dot at its end. */
export function hostOf(url: URL): string {
	return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

export function portOf(url: URL): number {
	if (url.port !== "") return Number(url.port);
	return url.protocol === "https:" ? 443 : 80;
}

/**
 * Whether a list of `host` and `host:port` entries names this address; letters in either
 * case. An entry without a port allows every port.
 *
 * | entry | allows |
 * |---|---|
 * | search.example.org | that host on every port |
 * | localhost:9200 | that host on that port |
 * | [::1]:9200 | that address on that port |
 */
export function isAllowedHost(url: URL, allowed: readonly string[]): boolean {
	return allowed.some((entry) => {
		const parsed = URL.parse(`http://${entry}/`);
		if (parsed === null || hostOf(parsed) !== hostOf(url)) return false;
		// A URL drops the port that its scheme implies, so that "host:80" must be read from the text.
		const port = /:(\d+)$/.exec(entry.replace(/^\[.*\]/, ""))?.[1];
		return port === undefined || Number(port) === portOf(url);
	});
}

function bad(message: string): OutboundError {
	return new OutboundError("BAD_URL", message);
}
