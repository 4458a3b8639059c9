import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import {
	countWords,
	fullNumber,
	pValueWords,
	shareWords,
	shortNumber,
} from "../../components/charts/number-words.ts";
import styles from "./evidence.module.css";

interface Figure {
	readonly name: string;
	readonly words: string;
	/** Every digit, on hover. */
	readonly full: string;
}

/** Every statistic of a column, short, with all digits on hover. */
export function ColumnFigures({ column }: { readonly column: ColumnEvidence }) {
	return (
		<dl className={styles.figures}>
			{figuresOf(column).map((figure) => (
				<div key={figure.name}>
					<dt>{figure.name}</dt>
					<dd title={figure.full}>{figure.words}</dd>
				</div>
			))}
		</dl>
	);
}

function figuresOf(column: ColumnEvidence): readonly Figure[] {
	const { ks, psi, wasserstein, chiSquare, quality } = column;
	return [
		count("Baseline rows", column.baselineN),
		count("Current rows", column.currentN),
		number("PSI", psi.value),
		number("PSI by chance, 95 %", psi.critical95),
		p("PSI p", psi.pValue),
		...(ks === null
			? []
			: [
					number("KS D", ks.statistic),
					number("D at", ks.location),
					p("KS p, ties counted", ks.pValueTies),
					p(`KS p, ${ks.method}`, ks.pValue),
				]),
		p("Adjusted p", column.adjustedPValue),
		...(wasserstein === null
			? []
			: [
					number("Wasserstein", wasserstein.distance),
					number("Wasserstein / σ", wasserstein.normalized),
				]),
		number("Jensen-Shannon", column.jensenShannon),
		number("Hellinger", column.hellinger),
		number("Total variation", column.totalVariation),
		...(chiSquare === null
			? []
			: [
					number(`χ², ${chiSquare.dof} dof`, chiSquare.statistic),
					p("χ² p", chiSquare.pValue),
				]),
		...(quality.outOfRangeShare === null
			? []
			: [share("Out of range", quality.outOfRangeShare)]),
		word("Significant", column.significant ? "yes" : "no"),
		word("Large enough", column.matters ? "yes" : "no"),
	];
}

function number(name: string, value: number | null): Figure {
	return { name, words: shortNumber(value), full: fullNumber(value) };
}

function p(name: string, value: number | null): Figure {
	return { name, words: pValueWords(value), full: fullNumber(value) };
}

function share(name: string, value: number): Figure {
	return { name, words: shareWords(value), full: fullNumber(value) };
}

function count(name: string, value: number): Figure {
	return { name, words: countWords(value), full: fullNumber(value) };
}

function word(name: string, words: string): Figure {
	return { name, words, full: words };
}
