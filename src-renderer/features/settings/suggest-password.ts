/** Letters and digits that are not mistaken for one another when read aloud or copied by hand. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 4;

/** A password such as `k7wq-m2xd-9fhb-tz4c`: 79 bits that nobody has to invent. */
export function suggestPassword(
	fill: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => {
		crypto.getRandomValues(bytes);
	},
): string {
	const chosen: string[] = [];
	// A byte above the largest multiple would make the first letters likelier.
	const limit = 256 - (256 % letters.length);
	const bytes = new Uint8Array(32);
	while (chosen.length < groups * groupLength) {
		fill(bytes);
		for (const byte of bytes) {
			if (byte < limit) chosen.push(letters.charAt(byte % letters.length));
		}
	}
	return Array.from({ length: groups }, (_, group) =>
		chosen.slice(group * groupLength, (group + 1) * groupLength).join(""),
	).join("-");
}
