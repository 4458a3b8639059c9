import { EngineError } from "../engine/errors.ts";

/** What one API calls the values of a type of the domain. */
export interface Words<
	Value extends string | number,
	Word extends string,
	Synonym extends string = never,
> {
	/** Each word that is written, once. */
	readonly written: readonly Word[];
	/** Each word that is understood: those that are written, and their synonyms. */
	readonly understood: readonly (Word | Synonym)[];
	/** What a value is written as. */
	of(value: Value): Word;
	/** All values that are written as a word. Throws INVALID for a word that is not understood. */
	valuesOf(word: Word | Synonym): readonly Value[];
	/** The value that a word asks for: the first that is written as it. Throws INVALID likewise. */
	valueOf(word: Word | Synonym): Value;
}

/** A word that is written. */
export type WordOf<Of> =
	Of extends Words<string | number, infer Word, string> ? Word : never;

/**
 * Words for every value of a type, in both directions. A value without a word does not
 * compile. `synonyms` are understood as a word and never written.
 *
 * ```ts
 * const sizes = words([1, 2, 3], { 1: "small", 2: "big", 3: "big" }, { large: "big" });
 * sizes.of(3); // "big"
 * sizes.valuesOf("large"); // [2, 3]
 * sizes.valueOf("big"); // 2
 * ```
 */
export function words<
	Value extends string | number,
	const Word extends string,
	const Synonym extends string = never,
>(
	values: readonly Value[],
	table: Readonly<Record<Value, Word>>,
	synonyms?: Readonly<Record<Synonym, NoInfer<Word>>>,
): Words<Value, Word, Synonym> {
	const meant = new Map<string, Value[]>();
	for (const value of values) {
		const known = meant.get(table[value]);
		if (known === undefined) meant.set(table[value], [value]);
		else known.push(value);
	}
	for (const [synonym, word] of Object.entries<string>(synonyms ?? {})) {
		meant.set(synonym, meant.get(word) ?? []);
	}
	const valuesOf = (word: string) => {
		const found = meant.get(word);
		if (found !== undefined) return found;
		throw new EngineError(
			"INVALID",
			`${word} is none of ${[...meant.keys()].join(", ")}.`,
		);
	};
	return {
		written: [...new Set(values.map((value) => table[value]))],
		understood: [...meant.keys()] as (Word | Synonym)[],
		of: (value) => table[value],
		valuesOf,
		valueOf: (word) => valuesOf(word)[0] as Value,
	};
}
