/** A PSI or another statistic, short: `0.314`, `< 0.001`, `12.3`. */
export function shortNumber(value: number | null): string {
	if (value === null || !Number.isFinite(value)) return "–";
	const size = Math.abs(value);
	if (size === 0) return "0";
	if (size < 0.001) return value < 0 ? "> −0.001" : "< 0.001";
	if (size >= 100_000 || !Number.isInteger(value)) {
		return size >= 100
			? Math.round(value).toLocaleString("en-US")
			: String(Number(value.toFixed(3)));
	}
	return value.toLocaleString("en-US");
}

/** As `shortNumber`, with three decimals always, so that a column of them lines up. */
export function alignedNumber(value: number | null): string {
	if (value === null || !Number.isFinite(value)) return "–";
	return Math.abs(value) < 100 ? value.toFixed(3) : shortNumber(value);
}

/** A p-value: never "0", which no test can give. */
export function pValueWords(value: number | null): string {
	if (value === null) return "–";
	return value < 0.0001 ? "< 0.0001" : value.toFixed(4);
}

/** `38 %`, `0.4 %`, `< 0.1 %`. */
export function shareWords(value: number | null): string {
	if (value === null || !Number.isFinite(value)) return "–";
	const percent = value * 100;
	if (percent === 0) return "0 %";
	if (percent < 0.1) return "< 0.1 %";
	return `${percent >= 10 ? Math.round(percent) : Number(percent.toFixed(1))} %`;
}

export function countWords(value: number): string {
	return value.toLocaleString("en-US");
}

/** All digits of a number, for hover and copying. */
export function fullNumber(value: number | null): string {
	return value === null ? "not computed" : String(value);
}

/** `1 row`, `2 rows`. */
export function plural(count: number, word: string, many = `${word}s`): string {
	return `${countWords(count)} ${count === 1 ? word : many}`;
}
