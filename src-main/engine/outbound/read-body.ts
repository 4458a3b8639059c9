import type { IncomingMessage } from "node:http";
import { OutboundError } from "./outbound-error.ts";

/**
 * The whole body; of a longer one than `maxBytes` its start, when it may be cut, or
 * TOO_LARGE. The rest is not read. Rejects when the body breaks off.
 */
export function readBody(
	answer: IncomingMessage,
	maxBytes: number,
	mayCut: boolean,
): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		let length = 0;
		answer.on("data", (part: Buffer) => {
			parts.push(part);
			length += part.length;
			if (length <= maxBytes) return;
			if (mayCut) resolve(Buffer.concat(parts).subarray(0, maxBytes));
			else reject(tooLarge(maxBytes));
			answer.destroy();
		});
		answer.on("end", () => resolve(Buffer.concat(parts)));
		answer.on("error", reject);
		answer.on("close", () => {
			if (!answer.complete) reject(new Error("the answer broke off"));
		});
	});
}

function tooLarge(maxBytes: number): OutboundError {
	return new OutboundError(
		"TOO_LARGE",
		`The answer is longer than ${maxBytes} bytes and was cut off.`,
	);
}
