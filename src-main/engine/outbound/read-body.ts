import type { IncomingMessage } from "node:http";
import { OutboundError } from "./outbound-error.ts";

/** The whole body, or TOO_LARGE as soon as it is longer than `maxBytes`. Rejects when it breaks off. */
export function readBody(
	answer: IncomingMessage,
	maxBytes: number,
): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		let length = 0;
		answer.on("data", (part: Buffer) => {
			length += part.length;
			if (length > maxBytes) {
				reject(tooLarge(maxBytes));
				answer.destroy();
				return;
			}
			parts.push(part);
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
