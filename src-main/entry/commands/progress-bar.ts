const width = 30;
const redrawMillis = 100;

/** One line on stderr that redraws itself; silent when nobody watches. */
export class ProgressBar {
	readonly #stream = process.stderr;
	readonly #startedAt = performance.now();
	#drawnAt = Number.NEGATIVE_INFINITY;
	#drawn = false;

	/** `share` is 0 to 1, or null while the size is not known. */
	show(share: number | null, step: string): void {
		if (!this.#stream.isTTY) return;
		const now = performance.now();
		if (now - this.#drawnAt < redrawMillis) return;
		this.#drawnAt = now;
		this.#drawn = true;
		const seconds = Math.floor((now - this.#startedAt) / 1000);
		const line =
			share === null
				? `${step} ... ${seconds} s`
				: `${bar(share)} ${Math.floor(share * 100)} %  ${step}  ${seconds} s`;
		this.#stream.write(`\r\u001b[K${line.slice(0, this.#stream.columns - 1)}`);
	}

	clear(): void {
		if (this.#drawn) this.#stream.write("\r\u001b[K");
		this.#drawn = false;
	}
}

function bar(share: number): string {
	const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
	return `[${"#".repeat(filled)}${".".repeat(width - filled)}]`;
}
