/**
 * Runs `load` when asked, once at a time and at most every `pause` milliseconds; asked meanwhile,
 * it runs once more afterwards, however often it was asked. So a flood of changes costs a bounded
 * number of calls, and the last of them is always seen.
 */
export function oneAtATime(
	pause: number,
	load: () => Promise<void>,
): { ask(): void; close(): void } {
	let timer: ReturnType<typeof setTimeout> | null = null;
	let isBusy = false;
	let isWanted = false;
	let isClosed = false;
	let lastAt = Number.NEGATIVE_INFINITY;

	function ask(): void {
		if (isClosed) return;
		isWanted = true;
		if (isBusy || timer !== null) return;
		const wait = lastAt + pause - Date.now();
		if (wait <= 0) run();
		else timer = setTimeout(run, wait);
	}

	function run(): void {
		timer = null;
		isBusy = true;
		isWanted = false;
		lastAt = Date.now();
		void load().finally(() => {
			isBusy = false;
			if (isWanted) ask();
		});
	}

	return {
		ask,
		close() {
			isClosed = true;
			if (timer !== null) clearTimeout(timer);
		},
	};
}
