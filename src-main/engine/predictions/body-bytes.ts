const encoder = new TextEncoder();

/**
 * JSON written straight into bytes. Nearly everything in a body is short ASCII, and copying
 * that letter by letter is twice as fast as joining strings and encoding them, and leaves no
 * garbage behind.
 */
export class BodyBytes {
	#bytes: Uint8Array<ArrayBuffer>;
	#length = 0;

	constructor(capacity: number) {
		this.#bytes = new Uint8Array(capacity);
	}

	get length(): number {
		return this.#length;
	}

	/** Bytes made with `jsonBytes` or otherwise known to be JSON. */
	raw(part: Uint8Array): void {
		this.#reserve(part.length);
		const bytes = this.#bytes;
		let at = this.#length;
		for (let index = 0; index < part.length; index++) {
			bytes[at++] = part[index] ?? 0;
		}
		this.#length = at;
	}

	/** ASCII text that is JSON as it stands, such as a number. */
	ascii(text: string): void {
		this.#reserve(text.length);
		const bytes = this.#bytes;
		let at = this.#length;
		for (let index = 0; index < text.length; index++) {
			bytes[at++] = text.charCodeAt(index);
		}
		this.#length = at;
	}

	/** A text as a JSON string. */
	string(text: string): void {
		this.#reserve(text.length + 2);
		const bytes = this.#bytes;
		let at = this.#length;
		bytes[at++] = quote;
		for (let index = 0; index < text.length; index++) {
			const unit = text.charCodeAt(index);
			if (unit < 0x20 || unit > 0x7e || unit === quote || unit === backslash) {
				this.raw(jsonBytes(text));
				return;
			}
			bytes[at++] = unit;
		}
		bytes[at++] = quote;
		this.#length = at;
	}

	/** What was written, in an array of exactly its length. Begins anew, in the same memory. */
	take(): Uint8Array<ArrayBuffer> {
		const taken = this.#bytes.slice(0, this.#length);
		this.#length = 0;
		return taken;
	}

	#reserve(more: number): void {
		const needed = this.#length + more;
		if (needed <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
		larger.set(this.#bytes);
		this.#bytes = larger;
	}
}

const quote = 0x22;
const backslash = 0x5c;

/** The JSON of a value as UTF-8. */
function jsonBytes(value: string): Uint8Array {
	return encoder.encode(JSON.stringify(value));
}

/** ASCII or other text as UTF-8, as it stands. */
export function utf8Bytes(text: string): Uint8Array {
	return encoder.encode(text);
}
