/** Three significant digits: enough to compare, few enough to read. */
export function valueText(value: number | null): string {
	if (value === null) return "";
	const size = Math.abs(value);
	return size !== 0 && (size < 0.001 || size >= 100_000)
		? value.toExponential(1)
		: value.toLocaleString("en", {
				minimumFractionDigits: size < 10 ? 2 : 0,
				maximumFractionDigits: size < 1 ? 3 : size < 10 ? 2 : 0,
			});
}
