/** Offers `blob` to the person as a file. */
export function downloadBlob(blob: Blob, fileName: string): void {
	const url = URL.createObjectURL(blob);
	const anchor = document.createElement("a");
	anchor.href = url;
	anchor.download = fileName;
	anchor.click();
	// The click only starts the download; revoking at once would cancel it in some browsers.
	setTimeout(() => URL.revokeObjectURL(url), 30_000);
}

/** CSV with a byte order mark, without which Excel reads UTF-8 as Latin-1. */
export function csvBlob(text: string): Blob {
	return new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" });
}

export function jsonBlob(value: unknown): Blob {
	return new Blob([JSON.stringify(value, null, 2)], {
		type: "application/json",
	});
}

/** A file name that every file system takes, from any text. */
export function fileNameOf(text: string, extension: string): string {
	const stem = text
		.normalize("NFC")
		.replace(/[^\p{L}\p{N}]+/gu, "-")
		.replace(/^-+|-+$/gu, "");
	return `${[...stem].slice(0, 60).join("") || "chart"}.${extension}`;
}
