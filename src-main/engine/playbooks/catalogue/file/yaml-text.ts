import {
	isAlias,
	isNode,
	LineCounter,
	type Node,
	parseDocument,
	visit,
} from "yaml";
import { Field } from "./field.ts";

export interface LineFault {
	/** 1-based; null for the whole file. */
	readonly line: number | null;
	readonly message: string;
}

/** A YAML file being read, and everything that is wrong with it. */
export class YamlText {
	readonly #lines = new LineCounter();
	readonly #faults: LineFault[] = [];
	readonly root: Field | null;

	/** `hidesValues` for a file with secrets: a parser's message can quote what it stumbled over. */
	constructor(text: string, { hidesValues = false } = {}) {
		this.root = this.#parse(text, hidesValues);
	}

	get faults(): readonly LineFault[] {
		return this.#faults.toSorted(
			(left, right) => (left.line ?? 0) - (right.line ?? 0),
		);
	}

	fault(line: number | null, message: string): void {
		this.#faults.push({ line, message });
	}

	lineOf(node: Node | null | undefined): number | undefined {
		const start = node?.range?.[0];
		return start === undefined ? undefined : this.#lines.linePos(start).line;
	}

	#parse(text: string, hidesValues: boolean): Field | null {
		try {
			const document = parseDocument(text, {
				lineCounter: this.#lines,
				prettyErrors: false,
				version: "1.2",
			});
			for (const error of [...document.errors, ...document.warnings]) {
				const { line } = this.#lines.linePos(error.pos[0]);
				const reason = hidesValues
					? error.code.toLowerCase().replaceAll("_", " ")
					: firstLine(error.message);
				this.fault(line, `This is not YAML: ${reason}`);
			}
			visit(document, {
				Node: (_, node) => {
					if (!isAlias(node) && node.anchor === undefined) return;
					this.fault(
						this.lineOf(node) ?? null,
						"Anchors (&) and aliases (*) are not allowed; write the value out.",
					);
				},
			});
			if (this.#faults.length > 0) return null;
			const root = isNode(document.contents) ? document.contents : null;
			if (root === null) {
				this.fault(1, "The file is empty.");
				return null;
			}
			return new Field(this, root, this.lineOf(root) ?? 1, "");
		} catch (error) {
			// A file that is nested a hundred thousand deep exhausts the parser's stack.
			const reason = hidesValues ? "" : `: ${firstLine(String(error))}`;
			this.fault(1, `This cannot be read as YAML${reason}.`);
			return null;
		}
	}
}

function firstLine(text: string): string {
	return text.split("\n", 1)[0] ?? "";
}
