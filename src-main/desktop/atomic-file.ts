import {
	closeSync,
	fsyncSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Replaces a file so that a crash leaves the old text or the new one, never half. Synchronous,
 * because the last write happens while the app is closing.
 */
export function replaceFile(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	const draft = `${file}.${process.pid}.draft`;
	try {
		const descriptor = openSync(draft, "w", 0o600);
		try {
			writeFileSync(descriptor, text);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}
		renameSync(draft, file);
	} catch (error) {
		rmSync(draft, { force: true });
		throw error;
	}
}
