import { connect } from "node:net";

/** Sends bytes as they are and answers the status line's code and the whole text; for what no HTTP client would send. */
export function rawRequest(
	url: string,
	lines: readonly string[],
	body = "",
): Promise<{ status: number; text: string }> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname);
		let text = "";
		socket.setEncoding("utf8");
		socket.on("data", (chunk) => {
			text += chunk;
		});
		socket.on("error", reject);
		socket.on("close", () =>
			resolve({ status: Number(text.slice(9, 12)), text }),
		);
		socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
	});
}
