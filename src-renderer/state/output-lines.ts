import type { OutputChunk } from "../../src-shared/contract/index.ts";

/** A line of a run's output, or the place where a step began to print. */
export interface OutputLine {
	readonly kind: OutputChunk["stream"] | "step";
	readonly stepId: string;
	/** As it was printed, without its line end. */
	readonly text: string;
	readonly at: number;
}

/** A program that never ends its line is cut into pieces of this many characters. */
const longestLine = 4_000;

/**
 * Makes lines of the pieces that a run printed. Each step and stream continues its own line,
 * whatever another stream printed between. `lines` grows in place; `revision` tells that it did.
 */
export class OutputLines {
	readonly lines: OutputLine[] = [];
	revision = 0;
	/** Where a line is still open, by step and stream. */
	readonly #open = new Map<string, number>();
	#lastStep: string | null = null;

	append(chunks: readonly OutputChunk[]): void {
		for (const chunk of chunks) this.#appendOne(chunk);
		if (chunks.length > 0) this.revision++;
	}

	#appendOne({ stepId, stream, text, at }: OutputChunk): void {
		if (stepId !== this.#lastStep) {
			this.#lastStep = stepId;
			this.#open.clear();
			this.lines.push({ kind: "step", stepId, text: "", at });
		}
		const key = `${stream} ${stepId}`;
		const parts = text.split("\n");
		for (const [index, part] of parts.entries()) {
			const isEnded = index < parts.length - 1;
			if (part !== "" || isEnded)
				this.#write(key, part, { stepId, stream, at });
			// A note is a sentence of Tocsin's own: always a line.
			if (isEnded || stream === "note") this.#open.delete(key);
		}
	}

	#write(
		key: string,
		part: string,
		{ stepId, stream, at }: Pick<OutputChunk, "stepId" | "stream" | "at">,
	): void {
		const index = this.#open.get(key);
		const before = index === undefined ? undefined : this.lines[index];
		let text = overwritten((before?.text ?? "") + part);
		let line = before ?? { kind: stream, stepId, text, at };
		let place = index ?? this.lines.length;
		while (text.length > longestLine) {
			this.lines[place] = { ...line, text: text.slice(0, longestLine) };
			text = text.slice(longestLine);
			line = { kind: stream, stepId, text, at };
			place = this.lines.length;
		}
		this.lines[place] = { ...line, text };
		this.#open.set(key, place);
	}
}

/** A carriage return begins the line anew, as progress bars use it; one before the line end does nothing. */
function overwritten(text: string): string {
	const ended = text.endsWith("\r") ? text.slice(0, -1) : text;
	const at = ended.lastIndexOf("\r");
	return at < 0 ? text : text.slice(at + 1);
}
