import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Playbook } from "../../../../src-shared/contract/index.ts";
import type { Log } from "../../ports.ts";
import type {
	HttpStep,
	LoadedPlaybook,
	PlaybookCatalogue,
	RunScope,
} from "../definition.ts";
import { genericChecklist } from "./checklist-for.ts";
import { Connections } from "./connections/connections.ts";
import { Expression } from "./expressions/expression.ts";
import { FilePlaybook } from "./file-playbook.ts";
import {
	type FileFault,
	type PlaybookFile,
	readFolder,
} from "./playbook-folder.ts";
import type { PlaybookSource } from "./playbook-source.ts";
import { readPlaybook } from "./reading/read-playbook.ts";
import { fillLate } from "./resolution/resolve-body.ts";

export interface CatalogueOptions {
	/** Null for a catalogue of the user's own playbooks alone. */
	readonly builtInDirectory: string | null;
	/** The user's are in its `playbooks`. */
	readonly dataDirectory: string;
	readonly log: Log;
}

interface Candidate {
	readonly file: PlaybookFile;
	readonly source: PlaybookSource;
	readonly origin: Playbook["origin"];
}

interface Loaded {
	readonly playbooks: ReadonlyMap<string, LoadedPlaybook>;
	readonly faults: readonly FileFault[];
}

/**
 * The playbooks of two folders, read when they are first asked for: an engine starts without
 * them. A broken file is a fault and leaves the others alone.
 */
export class FileCatalogue implements PlaybookCatalogue {
	readonly folder: string;
	readonly #options: CatalogueOptions;
	readonly #connections: Connections;
	#loaded: Loaded | null = null;

	constructor(options: CatalogueOptions) {
		this.#options = options;
		this.folder = join(options.dataDirectory, "playbooks");
		this.#connections = new Connections(this.folder);
	}

	list(): readonly LoadedPlaybook[] {
		return [...this.#load().playbooks.values()];
	}

	find(id: string): LoadedPlaybook | undefined {
		return this.#load().playbooks.get(id);
	}

	faults(): readonly FileFault[] {
		const { file } = this.#connections;
		return [
			...this.#load().faults,
			...this.#connections.faults().map((fault) => ({ file, ...fault })),
		];
	}

	reload(): void {
		this.#loaded = this.#read();
	}

	checklistFor(name: string): Playbook {
		return this.find(name)?.description ?? genericChecklist(name);
	}

	holds(condition: string, scope: RunScope): boolean {
		return new Expression(condition, ["params", "captured", "steps"]).holds({
			...scope,
		});
	}

	fill(step: HttpStep, scope: RunScope): HttpStep {
		return fillLate(step, scope);
	}

	connectionHeaders(name: string): Readonly<Record<string, string>> {
		return this.#connections.headers(name);
	}

	secrets(): readonly string[] {
		return this.#connections.secrets();
	}

	#load(): Loaded {
		this.#loaded ??= this.#read();
		return this.#loaded;
	}

	#read(): Loaded {
		const { builtInDirectory, log } = this.#options;
		const faults: FileFault[] = [];
		const candidates = [
			...(builtInDirectory === null
				? []
				: candidatesOf(builtInDirectory, "built_in", faults)),
			...candidatesOf(this.folder, "user", faults),
		];
		const chosen = withoutClashes(candidates, faults);
		const playbooks = new Map(
			chosen
				.toSorted((left, right) => (left.source.id < right.source.id ? -1 : 1))
				.map(({ file, source, origin }) => [
					source.id,
					new FilePlaybook(source, {
						origin,
						contentHash: createHash("sha256").update(file.text).digest("hex"),
						connections: this.#connections,
					}),
				]),
		);
		for (const fault of faults) log.warn({ ...fault }, "a playbook is refused");
		return { playbooks, faults };
	}
}

function candidatesOf(
	folder: string,
	origin: Playbook["origin"],
	faults: FileFault[],
): Candidate[] {
	const read = readFolder(folder);
	for (const fault of read.faults) faults.push(fault);
	return read.files.flatMap((file) => {
		const playbook = readPlaybook(file.text);
		if ("source" in playbook) {
			return [{ file, source: playbook.source, origin }];
		}
		for (const fault of playbook.faults) {
			faults.push({ file: file.path, ...fault });
		}
		return [];
	});
}

/**
 * One playbook for each id. A user's never takes the place of a built-in one: whoever knows
 * what `clear_cache` does would run something else. Of two users' with one id neither is used.
 */
function withoutClashes(
	candidates: readonly Candidate[],
	faults: FileFault[],
): Candidate[] {
	const byId = Map.groupBy(candidates, ({ source }) => source.id);
	return [...byId].flatMap(([id, same]) => {
		const [first] = same;
		if (first === undefined || same.length === 1) return same;
		const kept = first.origin === "built_in" ? first : null;
		for (const candidate of same) {
			if (candidate === kept) continue;
			const others = same
				.filter((other) => other !== candidate)
				.map(({ file, origin }) =>
					origin === "built_in" ? `${file.path} (built in)` : file.path,
				);
			faults.push({
				file: candidate.file.path,
				line: null,
				message: `the id "${id}" is also that of ${others.join(" and ")}; give this playbook another id.`,
			});
		}
		return kept === null ? [] : [kept];
	});
}
