/** FNV-1a's 64-bit prime is 2^40 + 0x1b3. */
const primeLow = 0x1b3;
const two32 = 2 ** 32;
const separator = 255;

/**
 * The fingerprint that Alertmanager gives these labels, 16 hex digits: FNV-1a of 64 bits
 * over each name and value in the order of the names, each followed by a byte of 255.
 * https://github.com/prometheus/common/blob/main/model/signature.go
 */
export function alertmanagerFingerprint(
	labels: Readonly<Record<string, string>>,
): string {
	// In two halves of 32 bits: whole numbers of 64 bits are ten times slower.
	let high = 0xcbf29ce4;
	let low = 0x84222325;
	const add = (byte: number) => {
		low = (low ^ byte) >>> 0;
		const product = low * primeLow;
		const carry = Math.floor(product / two32);
		high = (high * primeLow + carry + low * 256) % two32;
		low = product % two32;
	};
	const pairs = Object.entries(labels)
		.map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
		.sort(([one], [other]) => one.compare(other));
	for (const [name, value] of pairs) {
		for (const text of [name, value]) {
			for (const byte of text) add(byte);
			add(separator);
		}
	}
	return hex(high) + hex(low);
}

function hex(half: number): string {
	return half.toString(16).padStart(8, "0");
}
