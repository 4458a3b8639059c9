/**
 * Prints what a bench found, in one form for all of them: its figure, the yardstick measured
 * in the same run, their ratio and the target. A missed target makes the process end with 1.
 *
 * @param {{
 *   name: string,
 *   figure: string,
 *   yardstick: string,
 *   ratio: string,
 *   target: string,
 *   holds: boolean,
 * }} result
 */
export function report(result) {
	const { name, figure, yardstick, ratio, target, holds } = result;
	console.log(`${name}: ${figure}`);
	console.log(`  yardstick  ${yardstick}`);
	console.log(`  ratio      ${ratio}`);
	console.log(`  target     ${target}: ${holds ? "holds" : "MISSED"}`);
	if (!holds) process.exitCode = 1;
}

/** The middle value; of an even number of values, the lower of the two in the middle. */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** The value of `--name VALUE` or `--name=VALUE` on the command line, as a number. */
export function numberFlag(name, otherwise) {
	const flag = `--${name}`;
	const words = process.argv.slice(2);
	const at = words.findIndex(
		(word) => word === flag || word.startsWith(`${flag}=`),
	);
	if (at < 0) return otherwise;
	const value = Number(
		words[at] === flag ? words[at + 1] : words[at].slice(flag.length + 1),
	);
	if (!Number.isFinite(value) || value < 0) {
		throw new Error(`${flag} needs a number`);
	}
	return value;
}
