/** Unwraps a value that the surrounding code has proved to exist; `reason` says how. */
export function must<T>(value: T | null | undefined, reason: string): T {
	if (value === null || value === undefined) {
		throw new Error(`Expected a value: ${reason}`);
	}
	return value;
}
