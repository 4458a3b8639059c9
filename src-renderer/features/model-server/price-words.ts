/** Whole millionths of a dollar of what a person typed, such as `0.15` or `$2`; null for what is no such amount. */
export function microDollarsOf(text: string): number | null {
	const found = /^\$?\s*(\d{1,6})(?:[.,](\d{1,6}))?$/.exec(text.trim());
	if (found === null) return null;
	const [, whole = "", part = ""] = found;
	return Number(whole) * 1_000_000 + Number(part.padEnd(6, "0"));
}

/** Exactly, without zeros that say nothing: `$0.15`, `$2`. */
export function dollarWords(microDollars: number): string {
	const whole = Math.floor(microDollars / 1_000_000);
	const part = String(microDollars % 1_000_000)
		.padStart(6, "0")
		.replace(/0+$/, "");
	const cents = part === "" ? "" : `.${part.padEnd(2, "0")}`;
	return `$${whole.toLocaleString("en-US")}${cents}`;
}
