/**
 * Sends a file's bytes to the engine and answers the upload's id. XMLHttpRequest, because fetch
 * tells nothing of how much was sent. Rejects with a sentence for the person.
 */
export function uploadFile(
	file: File,
	onSent: (bytes: number) => void,
	signal: AbortSignal,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open("PUT", `/ui/uploads?name=${encodeURIComponent(file.name)}`);
		request.setRequestHeader("content-type", "application/octet-stream");
		request.responseType = "text";
		request.upload.addEventListener("progress", (event) =>
			onSent(event.loaded),
		);
		request.addEventListener("load", () => {
			const uploadId =
				request.status >= 200 && request.status < 300
					? uploadIdOf(request.responseText)
					: null;
			if (uploadId !== null) resolve(uploadId);
			else reject(new Error(refusal(request.status)));
		});
		request.addEventListener("error", () =>
			reject(
				new Error(
					"The file could not be sent: the engine is not reachable. Nothing was imported; try again when the connection is back.",
				),
			),
		);
		request.addEventListener("abort", () =>
			reject(new DOMException("Cancelled.", "AbortError")),
		);
		signal.addEventListener("abort", () => request.abort());
		request.send(file);
	});
}

/** The id in the engine's answer, null for an answer that holds none. */
export function uploadIdOf(text: string): string | null {
	try {
		const answer: unknown = JSON.parse(text);
		return typeof answer === "object" &&
			answer !== null &&
			"uploadId" in answer &&
			typeof answer.uploadId === "string"
			? answer.uploadId
			: null;
	} catch {
		return null;
	}
}

/** What a refused upload means and what to do. */
export function refusal(status: number): string {
	switch (status) {
		case 401:
			return "This browser is not signed in any more. Sign in again, then choose the file again.";
		case 403:
			return "Your role may not import. Ask an owner or an admin for the role of an engineer.";
		case 413:
			return "The file is larger than the engine takes from a browser. Import it with: npm run tocsin -- import FILE";
		case 507:
			return "The engine's disk is full. Free some space, then choose the file again.";
		default:
			return `The engine refused the file (${status}). Nothing was imported.`;
	}
}
