import type { SourceFile } from "./source-file.ts";

/** Exports that neither another file of `sources` takes nor their own file uses, as `path: name`. */
export function findUnusedExports(sources: readonly SourceFile[]): string[] {
	const byPath = new Map(sources.map((file) => [file.path, file]));
	const used = new Set<string>();
	const waiting = sources.flatMap(({ taken }) => taken);
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const key = `${next.target}: ${next.name}`;
		if (used.has(key)) continue;
		used.add(key);
		// An index makes what it passes on used only where it is used itself.
		for (const { name, from } of byPath.get(next.target)?.exports ?? []) {
			if (from === null || !answers(name, next.name)) continue;
			waiting.push({
				target: from.target,
				name: from.name === "*" ? next.name : from.name,
			});
		}
	}
	return sources
		.flatMap(({ path, exports, names }) =>
			exports
				.filter(({ name }) => name !== "*")
				.filter(
					({ name, from }) =>
						!used.has(`${path}: ${name}`) &&
						!used.has(`${path}: *`) &&
						!(from === null && (names.get(name) ?? 0) > 1),
				)
				.map(({ name }) => `${path}: ${name}`),
		)
		.sort();
}

function answers(exported: string, wanted: string): boolean {
	return exported === "*" || wanted === "*" || exported === wanted;
}
