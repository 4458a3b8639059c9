import type { OutputChunk } from "../../../../src-shared/contract/index.ts";
import type { CommandStore, Transaction } from "../../store/index.ts";
import type { RedactedStream, Redaction } from "../runners/redaction.ts";
import { type ActionRow, sql } from "./action-schema.ts";
import { journal } from "./journal.ts";

/** Of all text of one action, in UTF-8. */
export const mostOutputBytes = 1024 * 1024;
const flushMillis = 200;
const flushBytes = 65_536;

interface Piece {
	readonly stepId: string;
	readonly stream: OutputChunk["stream"];
	text: string;
	readonly at: number;
}

export interface OutputLogPorts {
	readonly store: CommandStore;
	readonly now: () => number;
	readonly redaction: Redaction;
	/** After a batch was stored. */
	readonly stored: () => void;
	/** A batch could not be stored; it is tried again with the next. */
	readonly failed: (error: unknown) => void;
}

/**
 * What the steps of one action print: secrets hidden, in the order it came, stored in
 * batches, up to a cap. Beyond it the steps go on and their output is let go.
 */
export class OutputLog {
	readonly #action: ActionRow;
	readonly #ports: OutputLogPorts;
	readonly #streams = new Map<string, RedactedStream>();
	#pieces: Piece[] = [];
	#pendingBytes = 0;
	#bytes = 0;
	#sequence = 0;
	#isCapped = false;
	#timer: NodeJS.Timeout | null = null;

	constructor(action: ActionRow, ports: OutputLogPorts) {
		this.#action = action;
		this.#ports = ports;
	}

	print(stepId: string, stream: OutputChunk["stream"], text: string): void {
		if (this.#isCapped) return;
		const name = `${stepId} ${stream}`;
		let redacted = this.#streams.get(name);
		if (redacted === undefined) {
			redacted = this.#ports.redaction.stream();
			this.#streams.set(name, redacted);
		}
		// A note is whole: nothing of it is to wait for what comes after it.
		const shown =
			redacted.push(text) + (stream === "note" ? redacted.end() : "");
		this.#keep(stepId, stream, shown);
	}

	/** The step prints nothing more: what was held back is shown. */
	stepEnded(stepId: string): void {
		for (const stream of ["stdout", "stderr"] as const) {
			const redacted = this.#streams.get(`${stepId} ${stream}`);
			if (redacted !== undefined) this.#keep(stepId, stream, redacted.end());
		}
	}

	/** Stores what has gathered, in a transaction of the action's own. What is thrown leaves it gathered. */
	drain(transaction: Transaction): void {
		this.#stopTimer();
		const pieces = this.#pieces;
		if (pieces.length === 0) return;
		const { tenant_id, key: action_key } = this.#action;
		for (const [index, { stepId, stream, text, at }] of pieces.entries()) {
			transaction.writes.run(
				sql.insertInto("playbook_output").values({
					tenant_id,
					action_key,
					sequence: this.#sequence + index + 1,
					step_id: stepId,
					stream,
					text,
					at,
				}),
			);
		}
		if (this.#isCapped && this.#action.is_capped === 0) {
			journal.note(transaction, this.#action, { is_capped: 1 });
		}
		transaction.afterCommit(() => {
			this.#sequence += pieces.length;
			this.#pieces = this.#pieces.slice(pieces.length);
			this.#pendingBytes = 0;
			this.#ports.stored();
		});
	}

	get hasLeft(): boolean {
		return this.#pieces.length > 0;
	}

	/** Tries on until what is left is stored, for an action whose end was stored without it. */
	keepTrying(): void {
		if (this.hasLeft) this.#timer ??= setTimeout(() => this.#flush(), 0);
	}

	/** Stores nothing more by itself. */
	close(): void {
		this.#stopTimer();
	}

	#keep(stepId: string, stream: OutputChunk["stream"], text: string): void {
		if (text === "" || this.#isCapped) return;
		// SQLite's own functions end a text at a NUL.
		const clean = text.toWellFormed().replaceAll("\0", "\u2400");
		const room = mostOutputBytes - this.#bytes;
		const size = Buffer.byteLength(clean);
		this.#add(stepId, stream, size <= room ? clean : cut(clean, room));
		this.#bytes += Math.min(size, room);
		if (size > room) {
			this.#isCapped = true;
			this.#add(
				stepId,
				"note",
				`\nMore than ${mostOutputBytes / 1024 / 1024} MiB was printed; the rest is not kept.\n`,
			);
		}
		this.#pendingBytes += size;
		if (this.#pendingBytes >= flushBytes) this.#flush();
		else {
			this.#timer ??= setTimeout(() => this.#flush(), flushMillis);
		}
	}

	#add(stepId: string, stream: OutputChunk["stream"], text: string): void {
		if (text === "") return;
		const last = this.#pieces.at(-1);
		if (
			last?.stepId === stepId &&
			last.stream === stream &&
			last.text.length + text.length <= flushBytes
		) {
			last.text += text;
			return;
		}
		this.#pieces.push({ stepId, stream, text, at: this.#ports.now() });
	}

	#flush(): void {
		this.#stopTimer();
		try {
			this.#ports.store.work.run((transaction) => this.drain(transaction));
		} catch (error) {
			this.#ports.failed(error);
			this.#timer = setTimeout(() => this.#flush(), 5 * flushMillis);
		}
	}

	#stopTimer(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}
}

/** The longest beginning of a text that takes no more than `bytes` in UTF-8. */
function cut(text: string, bytes: number): string {
	const buffer = Buffer.from(text).subarray(0, bytes);
	return new TextDecoder().decode(buffer, { stream: true });
}
