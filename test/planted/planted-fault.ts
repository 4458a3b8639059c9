/** Small faults that somebody could make in one file, and the tests of which one must notice each. */
export interface FaultyFile {
	/** The end of the file's path: as much of it as no other has, so that folders may move. */
	readonly file: string;
	/** The ends of the paths of test files. */
	readonly tests: readonly string[];
	/** What is wrong then; the text that stands exactly once in the file; what stands there instead; why nothing can notice it, where that is so. */
	readonly faults: readonly (readonly [
		what: string,
		from: string,
		to: string,
		reason?: string,
	])[];
}

/** One of them. */
export interface PlantedFault {
	readonly file: string;
	readonly tests: readonly string[];
	readonly what: string;
	readonly from: string;
	readonly to: string;
	readonly reason: string | undefined;
}

export function eachFault(files: readonly FaultyFile[]): PlantedFault[] {
	return files.flatMap(({ file, tests, faults }) =>
		faults.map(([what, from, to, reason]) => ({
			file,
			tests,
			what,
			from,
			to,
			reason,
		})),
	);
}
