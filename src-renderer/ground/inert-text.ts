const escapeCode = 0x1b;
const csi = 0x9b;
const osc = 0x9d;
const bell = 0x07;

/** Characters that turn the reading direction; they could make a command read as another one. */
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const invisible = /[\u200b\u200c\u2060\ufeff\u00ad]/gu;

/**
 * What a program printed, as harmless text: terminal sequences are gone, other control
 * characters stand as their pictures, and what turns the reading direction or cannot be seen
 * stands as its number. Tabs and line ends stay. Linear in the length of the text.
 */
export function inertText(text: string): string {
	return pictured(withoutSequences(text))
		.replaceAll(directions, numbered)
		.replaceAll(invisible, numbered);
}

/** The same for a command: a line end inside it is shown as well. */
export function inertCommand(text: string): string {
	return inertText(text).replaceAll("\n", "␊");
}

function numbered(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** Control characters (C0, DEL, C1) as pictures, but for tab and line feed. */
function pictured(text: string): string {
	return text.replaceAll(/\p{Cc}/gu, (character) => {
		if (character === "\n" || character === "\t") return character;
		const code = character.charCodeAt(0);
		if (code === 0x7f) return "␡";
		return code < 0x20
			? String.fromCharCode(0x2400 + code)
			: numbered(character);
	});
}

/** Leaves out ECMA-48 sequences: CSI, OSC and other strings, and two-character escapes. */
function withoutSequences(text: string): string {
	let kept = "";
	let from = 0;
	let at = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code !== escapeCode && code !== csi && code !== osc) {
			at++;
			continue;
		}
		kept += text.slice(from, at);
		at = endOfSequence(text, at);
		from = at;
	}
	return kept + text.slice(from);
}

function endOfSequence(text: string, start: number): number {
	const first = text.charCodeAt(start);
	const next = text.charCodeAt(start + 1);
	if (first === csi) return endOfControl(text, start + 1);
	if (first === osc) return endOfString(text, start + 1);
	if (Number.isNaN(next)) return start + 1;
	if (next === 0x5b) return endOfControl(text, start + 2);
	// DCS, SOS, OSC, PM and APC run until a terminator.
	if ([0x50, 0x58, 0x5d, 0x5e, 0x5f].includes(next)) {
		return endOfString(text, start + 2);
	}
	let at = start + 1;
	while (isBetween(text.charCodeAt(at), 0x20, 0x2f)) at++;
	return isBetween(text.charCodeAt(at), 0x30, 0x7e) ? at + 1 : at;
}

/** Parameters and intermediates, then one final character. */
function endOfControl(text: string, from: number): number {
	let at = from;
	while (isBetween(text.charCodeAt(at), 0x20, 0x3f)) at++;
	return isBetween(text.charCodeAt(at), 0x40, 0x7e) ? at + 1 : at;
}

/** Until BEL or ST; a string without an end is only its introducer, so that it hides nothing. */
function endOfString(text: string, from: number): number {
	for (let at = from; at < text.length && at - from < 4_096; at++) {
		const code = text.charCodeAt(at);
		if (code === bell || code === 0x9c) return at + 1;
		if (code === escapeCode) {
			return text.charCodeAt(at + 1) === 0x5c ? at + 2 : at;
		}
		if (code === 0x0a) break;
	}
	return from;
}

function isBetween(code: number, low: number, high: number): boolean {
	return code >= low && code <= high;
}
