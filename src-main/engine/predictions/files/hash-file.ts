import { createHash } from "node:crypto";
import { openBytes } from "./byte-source.ts";

/** SHA-256 of the file's bytes as 64 hex digits, streamed. Throws FileError, or the signal's reason. */
export async function hashFile(
	path: string,
	options: { readonly signal?: AbortSignal } = {},
): Promise<string> {
	const source = await openBytes(path, false);
	try {
		const hash = createHash("sha256");
		const buffer = new Uint8Array(1024 * 1024);
		for (;;) {
			options.signal?.throwIfAborted();
			const count = await source.read(buffer, 0);
			if (count === 0) return hash.digest("hex");
			hash.update(buffer.subarray(0, count));
		}
	} finally {
		await source.close();
	}
}
