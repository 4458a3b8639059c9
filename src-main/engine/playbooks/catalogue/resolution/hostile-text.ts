/**
 * Texts that a person, a program and a server may each read differently. The lists are of
 * Unicode's confusable dashes and of its characters that show nothing or turn the reading
 * direction (UTS #39, UTR #36); Windows turns the full-width ones into ASCII on its own.
 */
const dashes = new Map([
	[0x2010, "hyphen"],
	[0x2011, "non-breaking hyphen"],
	[0x2012, "figure dash"],
	[0x2013, "en dash"],
	[0x2014, "em dash"],
	[0x2015, "horizontal bar"],
	[0x2043, "hyphen bullet"],
	[0x2212, "minus sign"],
	[0xfe58, "small em dash"],
	[0xfe63, "small hyphen-minus"],
	[0xff0d, "full-width hyphen-minus"],
]);

const control = /\p{Cc}/u;
const unseen = /[\p{Cf}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;
const oddSpace = /(?! )\p{Zs}/u;
const dash = /(?!-)\p{Pd}|[\u2043\u2212]/u;
const latin = /\p{Script=Latin}/u;
const likeLatin =
	/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Cherokee}\p{Script=Armenian}]/u;

export interface Strictness {
	/** Prose: dashes, odd spaces and letters of any script are what they look like. */
	readonly isFreeText: boolean;
}

/** Why a value may not stand in a command or an address; null when it may. A first dash is judged elsewhere. */
export function hostileText(
	text: string,
	{ isFreeText }: Strictness,
): string | null {
	const controlled = found(text, control);
	if (controlled !== null) {
		const name = controlNames.get(controlled) ?? "a control character";
		return `holds ${codePoint(controlled)} (${name}), which is not allowed here`;
	}
	const invisible = found(text, unseen);
	if (invisible !== null) {
		return `holds ${codePoint(invisible)}, a character that shows nothing or turns the text around`;
	}
	if (isFreeText) return null;
	const likeDash = found(text, dash);
	if (likeDash !== null) {
		const name = dashes.get(likeDash) ?? "a dash";
		return `holds ${codePoint(likeDash)} (${name}), which looks like "-"; type a plain one`;
	}
	const space = found(text, oddSpace);
	if (space !== null) {
		return `holds ${codePoint(space)}, which looks like a space; type a plain one`;
	}
	for (const character of text) {
		const plain = character.normalize("NFKC");
		if (plain === character.normalize("NFC")) continue;
		return `holds ${codePoint(character.codePointAt(0) ?? 0)} ("${character}"), which looks like "${plain}"`;
	}
	if (latin.test(text) && likeLatin.test(text)) {
		return "mixes Latin letters with letters of another script that look like them";
	}
	return null;
}

const controlNames = new Map([
	[0x00, "NUL"],
	[0x09, "tab"],
	[0x0a, "line feed"],
	[0x0d, "carriage return"],
	[0x1b, "escape"],
	[0x7f, "delete"],
]);

function found(text: string, pattern: RegExp): number | null {
	const match = pattern.exec(text);
	return match === null ? null : (text.codePointAt(match.index) ?? null);
}

function codePoint(value: number): string {
	return `U+${value.toString(16).toUpperCase().padStart(4, "0")}`;
}
